using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Xunit;

namespace Matchmaking.Tests.Transport.Streams;

/// <summary>Server-sent events in distinct connections: status, headers, events, ids that resume.</summary>
public sealed class EventTests
{
    private const string Events = "text/event-stream";

    [Theory]
    [InlineData("GET", "{ hello }", "data: {\"data\":{\"hello\":\"世界\"}}")]
    [InlineData("POST", "{ hello }", "data: {\"data\":{\"hello\":\"世界\"}}")]
    [InlineData("GET", "subscription { numbers(after: \\\"4\\\", to: 5) }", "id: 5|data: {\"data\":{\"numbers\":\"5 \"}}")]
    [InlineData("POST", "subscription { numbers(after: \\\"4\\\", to: 5) }", "id: 5|data: {\"data\":{\"numbers\":\"5 \"}}")]
    public async Task One_event_and_complete(string method, string query, string expected)
    {
        await using var service = await NumbersService.StartAsync();
        using var http = new HttpClient();
        using var response = await http.SendAsync(Ask(service, query, method));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/event-stream; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        Assert.True(response.Headers.CacheControl!.NoStore);
        Assert.Equal($":\n\nevent: next\n{expected.Replace('|', '\n')}\n\nevent: complete\ndata:\n\n", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task What_is_wrong_with_a_document_is_an_event()
    {
        await using var service = await NumbersService.StartAsync();
        using var http = new HttpClient();
        using var response = await http.SendAsync(Ask(service, "{ nothing }"));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Matches("^:\n\nevent: next\ndata: {\"errors\":.*nothing.*}\n\nevent: complete\ndata:\n\n$", await response.Content.ReadAsStringAsync());
        using var broken = await http.SendAsync(Ask(service, "subscription { breaks }"));
        Assert.Matches("^:\n\nevent: next\ndata: .*\n\nevent: next\ndata: {\"errors\":.*Unexpected Execution Error.*}\n\nevent: complete\ndata:\n\n$", await broken.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("{\"query\": ", Events, 400)]
    [InlineData("{}", Events, 400)]
    [InlineData("{\"query\":\"subscription { numbers }\"}", "application/json", 400)]
    [InlineData("{\"query\":\"subscription { numbers }\"}", "application/graphql-response+json", 400)]
    public async Task What_cant_be_taken_has_a_status_and_is_json(string body, string accept, int status)
    {
        await using var service = await NumbersService.StartAsync();
        using var http = new HttpClient();
        var request = new HttpRequestMessage(HttpMethod.Post, service.Http) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Accept.ParseAdd(accept);
        using var response = await http.SendAsync(request);
        Assert.Equal(status, (int)response.StatusCode);
        Assert.NotNull(JsonNode.Parse(await response.Content.ReadAsStringAsync())!["errors"]);
    }

    // As urql and Apollo ask: whatever the operation is, all types are named.
    [Theory]
    [InlineData("{ hello }", "application/graphql-response+json")]
    [InlineData("subscription { numbers(to: 1) }", Events)]
    public async Task Of_all_types_a_subscription_gets_events_and_the_rest_json(string query, string type)
    {
        await using var service = await NumbersService.StartAsync();
        using var http = new HttpClient();
        using var response = await http.SendAsync(Ask(service, query, accept: "application/graphql-response+json, application/graphql+json, application/json, text/event-stream, multipart/mixed"));
        Assert.Equal(type, response.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task An_event_that_a_fault_keeps_back_is_tried_again_and_told_once()
    {
        await using var service = await NumbersService.StartAsync();
        using var http = new HttpClient();
        using var response = await http.SendAsync(Ask(service, "subscription { faulty(times: 2) }"));
        var events = string.Concat(Enumerable.Range(1, 3).Select(n => $"event: next\nid: {n}\ndata: {{\"data\":{{\"faulty\":\"{n} \"}}}}\n\n"));
        Assert.Equal($":\n\n{events}event: complete\ndata:\n\n", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task An_event_that_stays_faulty_is_the_last_and_has_no_id_so_that_it_comes_again()
    {
        await using var service = await NumbersService.StartAsync(options => options.Streams.EventPatience = TimeSpan.FromMilliseconds(300));
        using var http = new HttpClient();
        using var response = await http.SendAsync(Ask(service, "subscription { faulty(times: 2) }"));
        Assert.Matches("^:\n\nevent: next\nid: 1\ndata: [^\n]*\n\nevent: next\ndata: [^\n]*Unexpected Execution Error[^\n]*\n\nevent: complete\ndata:\n\n$", await response.Content.ReadAsStringAsync());
        using var again = await http.SendAsync(Ask(service, "subscription { faulty(times: 2) }", lastEventId: "1"));
        Assert.Matches("^:\n\nevent: next\nid: 2\ndata: {\"data\".*\n\nevent: next\nid: 3\n", await again.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Last_event_id_goes_on_without_gap_or_repeat()
    {
        await using var service = await NumbersService.StartAsync();
        using var http = new HttpClient();
        var seen = new List<string>();
        string? last = null;
        for (var round = 0; round < 20; round++)
        {
            using var response = await http.SendAsync(Ask(service, NumbersService.Endless, lastEventId: last), HttpCompletionOption.ResponseHeadersRead);
            using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
            for (var taken = 0; taken <= round % 4;)
            {
                if (await reader.ReadLineAsync() is { } line && line.StartsWith("id: ", StringComparison.Ordinal))
                {
                    seen.Add(last = line[4..]);
                    taken++;
                }
            }
        }
        Assert.Equal(Enumerable.Range(1, seen.Count).Select(n => $"{n}"), seen);
        await service.NothingRunsAsync();
    }

    [Fact]
    public async Task Headers_come_at_once_and_comments_keep_it_alive()
    {
        await using var service = await NumbersService.StartAsync(options => (options.Streams.KeepAlive, options.Streams.MaxConnections) = (TimeSpan.FromMilliseconds(100), 1));
        using var http = new HttpClient();
        using (var response = await http.SendAsync(Ask(service, "subscription { silent }"), HttpCompletionOption.ResponseHeadersRead))
        {
            using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
            for (var i = 0; i < 4; i++)
            {
                Assert.Equal(":", await reader.ReadLineAsync());
                Assert.Equal("", await reader.ReadLineAsync());
            }
            using var second = await http.SendAsync(Ask(service, "subscription { silent }"));
            Assert.Equal(HttpStatusCode.ServiceUnavailable, second.StatusCode);
            Assert.Equal("5", second.Headers.RetryAfter!.ToString());
        }
        await service.NothingRunsAsync();
    }

    [Fact]
    public async Task A_server_that_stops_ends_the_stream_without_complete()
    {
        await using var service = await NumbersService.StartAsync();
        using var http = new HttpClient();
        using var response = await http.SendAsync(Ask(service, "subscription { silent }"), HttpCompletionOption.ResponseHeadersRead);
        var reading = response.Content.ReadAsStringAsync();
        await service.StopAsync();
        Assert.Equal(":\n\n", await reading);
        await service.NothingRunsAsync();
    }

    [Fact]
    public async Task A_reader_who_reads_nothing_stops_the_source_and_is_cut_off()
    {
        await using var service = await NumbersService.StartAsync(options => options.Streams.SendTimeout = TimeSpan.FromMilliseconds(500));
        using var http = new HttpClient();
        using var response = await http.SendAsync(Ask(service, "subscription { numbers(size: 65536) }"), HttpCompletionOption.ResponseHeadersRead);
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync());
        while (await lines.ReadLineAsync() is { } line && line != "id: 1")
        {
            // The source is open when its first event has come.
        }
        await service.NothingRunsAsync();
        Assert.InRange(service.Pulled, 1, 400);
    }

    private static HttpRequestMessage Ask(NumbersService service, string query, string method = "POST", string accept = Events, string? lastEventId = null)
    {
        query = query.Replace("\\\"", "\"", StringComparison.Ordinal);
        var request = method == "GET"
            ? new HttpRequestMessage(HttpMethod.Get, $"{service.Http}?query={Uri.EscapeDataString(query)}")
            : new HttpRequestMessage(HttpMethod.Post, service.Http) { Content = new StringContent(new JsonObject { ["query"] = query }.ToJsonString(), Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("Accept", accept);
        if (lastEventId is not null)
            request.Headers.Add("Last-Event-ID", lastEventId);
        return request;
    }
}
