using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Matchmaking.Access;
using Matchmaking.Tests.Running;
using Matchmaking.Tests.Transport.Streams;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Matchmaking.Tests.Access;

/// <summary>Who asks too much is told so, with the time to wait; and what browsers may and may not do with the service.</summary>
public sealed class LimitTests
{
    [Theory]
    [InlineData("RequestsPerAddress", null)]
    [InlineData("RequestsPerCaller", null)]
    [InlineData("RequestsPerCaller", "agency")]
    public async Task Too_many_requests_are_429_with_the_time_to_wait(string limit, string? caller)
    {
        await using var service = await StartAsync($"{limit}=1");
        var statuses = new List<int>();
        for (var i = 0; i < 30; i++)
        {
            using var response = await service.Http.SendAsync(Ask("{ me { name } }", caller is null ? null : Issue(service, caller)));
            statuses.Add((int)response.StatusCode);
            if (response.StatusCode != HttpStatusCode.TooManyRequests)
                continue;
            Assert.InRange(response.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
            Assert.Equal("TOO_MANY_REQUESTS", (string)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["errors"]![0]!["extensions"]!["code"]!);
        }
        Assert.Equal(Enumerable.Repeat(200, 10), statuses.Take(10));
        Assert.Contains(429, statuses);
        if (caller is null)
            return;
        // Another caller from the same place isn't the one who asked.
        using var other = await service.Http.SendAsync(Ask("{ me { name } }", Issue(service, "somebody else")));
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
    }

    [Fact]
    public async Task Much_at_once_is_bounded_by_its_cost_on_each_transport()
    {
        await using var service = await StartAsync("CostPerCaller=10");
        const string dear = "{ a: patents(first: 50) { totalCount } }";
        var token = Issue(service, "agency");
        var statuses = new List<int>();
        for (var i = 0; i < 20; i++)
        {
            using var response = await service.Http.SendAsync(Ask(dear, token));
            statuses.Add((int)response.StatusCode);
        }
        Assert.Equal(200, statuses[0]);
        Assert.Contains(429, statuses);
        using var socket = await RawSocket.OpenAsync(new UriBuilder(new Uri(service.Http.BaseAddress!, "/graphql")) { Scheme = "ws" }.Uri);
        await socket.SendAsync(new JsonObject { ["type"] = "connection_init", ["payload"] = new JsonObject { ["headers"] = new JsonObject { ["authorization"] = "Bearer " + token } } }.ToJsonString());
        Assert.Equal("connection_ack", await socket.HearAsync());
        await socket.SubscribeAsync("1", dear);
        Assert.Equal("error:1", await socket.HearAsync());
    }

    [Fact]
    public async Task A_caller_follows_no_more_than_it_may()
    {
        await using var service = await StartAsync("SubscriptionsPerCaller=2");
        using var socket = await RawSocket.OpenAsync(new UriBuilder(new Uri(service.Http.BaseAddress!, "/graphql")) { Scheme = "ws" }.Uri);
        await socket.SendAsync(new JsonObject { ["type"] = "connection_init", ["payload"] = new JsonObject { ["Authorization"] = Issue(service, "agency") } }.ToJsonString());
        Assert.Equal("connection_ack", await socket.HearAsync());
        foreach (var id in (string[])["1", "2", "3"])
            await socket.SubscribeAsync(id, "subscription { recommendationAdded { cursor } }");
        var refused = await socket.HearAsync();
        Assert.StartsWith("error:", refused, StringComparison.Ordinal);
        // A place that is left is free again.
        foreach (var id in ((string[])["1", "2", "3"]).Where(id => refused != "error:" + id))
            await socket.CompleteAsync(id);
        await socket.SubscribeAsync("4", "{ me { name } }");
        Assert.Equal(("next:4", "complete:4"), (await socket.HearAsync(), await socket.HearAsync()));
    }

    [Fact]
    public async Task Who_shows_many_bad_tokens_has_to_wait()
    {
        await using var service = await StartAsync("FailedLogins=5");
        var statuses = new List<int>();
        for (var i = 0; i < 10; i++)
        {
            using var response = await service.Http.SendAsync(Ask("{ me { name } }", "x.y." + i));
            statuses.Add((int)response.StatusCode);
        }
        Assert.Equal([401, 401, 401, 401, 401, 429, 429, 429, 429, 429], statuses);
        using var good = await service.Http.SendAsync(Ask("{ me { name } }", Issue(service, "agency")));
        Assert.Equal(HttpStatusCode.TooManyRequests, good.StatusCode);
        using var none = await service.Http.SendAsync(Ask("{ me { name } }", null));
        Assert.Equal(HttpStatusCode.OK, none.StatusCode);
    }

    [Fact]
    public async Task Pages_of_other_origins_may_ask_only_where_they_are_named()
    {
        await using var closed = await RunningService.StartAsync(new ServiceStart { TrustsThisMachine = false });
        await using var open = await RunningService.StartAsync(new ServiceStart { TrustsThisMachine = false, Args = ["--Matchmaking:Access:Origins=https://portal.example https://other.example"] });
        foreach (var (service, origin, allowed) in ((RunningService, string, bool)[])[(closed, "https://portal.example", false), (open, "https://portal.example", true), (open, "https://portal.example.evil.example", false), (open, "null", false)])
        {
            using var preflight = new HttpRequestMessage(HttpMethod.Options, "/graphql");
            preflight.Headers.Add("Origin", origin);
            preflight.Headers.Add("Access-Control-Request-Method", "POST");
            preflight.Headers.Add("Access-Control-Request-Headers", "authorization,content-type");
            using var answer = await service.Http.SendAsync(preflight);
            Assert.Equal(allowed ? origin : null, answer.Headers.TryGetValues("Access-Control-Allow-Origin", out var values) ? values.Single() : null);
            Assert.False(answer.Headers.Contains("Access-Control-Allow-Credentials"));
            if (origin == "null")
                continue;
            if (allowed)
            {
                using var socket = await RawSocket.OpenAsync(new UriBuilder(new Uri(service.Http.BaseAddress!, "/graphql")) { Scheme = "ws" }.Uri, origin: origin);
            }
            else
            {
                await Assert.ThrowsAsync<System.Net.WebSockets.WebSocketException>(() => RawSocket.OpenAsync(new UriBuilder(new Uri(service.Http.BaseAddress!, "/graphql")) { Scheme = "ws" }.Uri, origin: origin));
            }
        }
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data; boundary=x")]
    public async Task What_a_foreign_page_can_send_without_asking_changes_nothing(string type)
    {
        // As it trusts this machine, a page could act for whoever sits at it: that's the case that counts.
        await using var service = await RunningService.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = new StringContent("{\"query\":\"mutation { createNeed(input: { title: \\\"x\\\", description: \\\"y\\\" }) { need { id } } }\"}") };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        using var refused = await service.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, refused.StatusCode);
        using var get = await service.Http.GetAsync("/graphql?query=mutation{createNeed(input:{title:\"x\",description:\"y\"}){need{id}}}");
        Assert.Equal(HttpStatusCode.MethodNotAllowed, get.StatusCode);
        // A name of somebody else's that leads here isn't this machine's own.
        using var rebound = Ask("{ me { name } }", null);
        rebound.Headers.Host = "rebound.example";
        using var answer = await service.Http.SendAsync(rebound);
        Assert.Equal("anonymous", (string)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["data"]!["me"]!["name"]!);
        Assert.Equal(0, (int)(await service.AskAsync("{ needs { totalCount } }"))["data"]!["needs"]!["totalCount"]!);
    }

    [Fact]
    public async Task Answers_bear_the_headers_that_browsers_heed()
    {
        await using var service = await RunningService.StartAsync(new ServiceStart { TrustsThisMachine = false });
        foreach (var path in (string[])["/graphql?query={me{name}}", "/graphql?sdl", "/health/live", "/nothing"])
        {
            using var response = await service.Http.GetAsync(path);
            Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.Equal("DENY", response.Headers.GetValues("X-Frame-Options").Single());
            Assert.Equal("no-referrer", response.Headers.GetValues("Referrer-Policy").Single());
            Assert.False(response.Headers.Contains("Server"));
        }
    }

    private static Task<RunningService> StartAsync(string limit) => RunningService.StartAsync(new ServiceStart { TrustsThisMachine = false, Args = ["--Matchmaking:Access:Limits:" + limit] });

    private static string Issue(RunningService service, string name) => service.Services.GetRequiredService<Tokens>().Issue(Role.Agency, name, null, null, null, TimeSpan.FromDays(1));

    private static HttpRequestMessage Ask(string query, string? token)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = JsonContent.Create(new { query }) };
        if (token is not null)
            request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token);
        return request;
    }
}
