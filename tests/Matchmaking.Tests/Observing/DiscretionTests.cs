using System.Net;
using System.Net.Http.Json;
using System.Text;
using Matchmaking.Tests.Crashing;
using Matchmaking.Tests.Crashing.Drill;
using Matchmaking.Tests.Operations;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Matchmaking.Tests.Observing;

/// <summary>The built program with all its eyes open: what an operator gets to see, and that nobody's words stand in it.</summary>
public sealed class DiscretionTests
{
    private const string Need = "我厂的麒麟蛟龙散热难题";
    private const string Person = "欧阳测试员";
    private const string Latin = "zqxsecretneed";

    [Fact]
    public async Task No_log_span_or_figure_holds_what_somebody_wrote()
    {
        using var place = new TemporaryPlace();
        await using var collector = await FakeCollector.StartAsync();
        var data = Path.Combine(place.Path, "data");
        await using var service = await ServingProgram.StartAsync(data, new Dictionary<string, string>
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Url,
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["Logging__Console__FormatterName"] = "json",
            ["Logging__LogLevel__Default"] = "Trace",
            ["Logging__LogLevel__Microsoft"] = "Information",
            ["Logging__LogLevel__Microsoft.AspNetCore.Hosting.Diagnostics"] = "Information",
            ["Matchmaking__GraphQL__SlowOperation"] = "0.000001",
        });
        await AskAllAsync(service);
        var secrets = await UseSecretsAsync(service);
        await BreakAsync(service, data);
        var metrics = await service.Http.GetStringAsync(new Uri("/metrics", UriKind.Relative));
        Assert.Equal(0, await service.StopAsync());
        var logs = service.Program.Written;
        string[] all = [logs, metrics, collector.Taken("traces"), collector.Taken("metrics")];

        // All eyes were open …
        Assert.Contains("Slow operation", logs, StringComparison.Ordinal);
        Assert.Contains("ErrorId", logs, StringComparison.Ordinal);
        Assert.Contains("SqliteException", logs, StringComparison.Ordinal);
        Assert.Contains("marked-request", logs, StringComparison.Ordinal);
        Assert.Contains("graphql_server_operation_duration_seconds", metrics, StringComparison.Ordinal);
        Assert.Contains("graphql.operation.type", all[2], StringComparison.Ordinal);
        Assert.Contains("query SecretTry", all[2], StringComparison.Ordinal);
        Assert.Contains("db.query.text", all[2], StringComparison.Ordinal);
        Assert.Contains("matchmaking.search.duration", all[3], StringComparison.Ordinal);
        // … and saw nobody's words.
        foreach (var told in all)
        {
            foreach (var mark in (string[])[.. secrets, Need, "麒麟蛟龙", Person, Latin, Uri.EscapeDataString("麒麟"), @"\u9E92\u9E9F", @"\u9e92\u9e9f"])
                Assert.DoesNotContain(mark, told, StringComparison.OrdinalIgnoreCase);
        }
    }

    private static async Task AskAllAsync(ServingProgram service)
    {
        foreach (var operation in SampleOperation.All)
            await service.AskAsync(operation.Document);
        var text = new { text = $"{Need} {Latin}" };
        await service.AskAsync("query SecretTry($text: String!) { tryNeed(description: $text) { score } searchPatents(query: $text) { totalCount } }", text);
        await service.AskAsync($"{{ searchPatents(query: \"{Need} {Latin}\") {{ totalCount didYouMean }} }}");
        await service.AskAsync($"{{ searchPatents(query: \"+ ( \\\"{Need} {Latin}\") {{ totalCount }} }}");
        await service.AskAsync($"{{ patents(where: {{ title: {{ contains: \"{Need}\" }}, inventors: {{ some: {{ eq: \"{Person}\" }} }} }}) {{ totalCount }} }}");
        await service.AskAsync($"{{ patents(where: {{ title: {{ contains: \"{Latin}\" }} }}) {{ totalCount }} nonsense(\"{Need}\" }}");
        await service.AskAsync($"{{ node(id: \"{Latin}{Person}\") {{ id }} }}");
        await service.AskAsync("query($first: Int) { patents(first: $first) { totalCount } }", new { first = Need });
        await service.AskAsync("mutation($input: CreateNeedInput!) { createNeed(input: $input) { need { id } } }", new { input = new { title = Need, description = $"{Need} {Latin}" } });
        using var byGet = await service.Http.GetAsync(new Uri("/graphql?query=" + Uri.EscapeDataString($"{{ searchPatents(query: \"{Need} {Latin}\") {{ totalCount }} }}"), UriKind.Relative));
        using var broken = new StringContent($"{{\"query\": \"{Need} {Latin}\", ", Encoding.UTF8, "application/json");
        using var refused = await service.Http.PostAsync(new Uri("/graphql", UriKind.Relative), broken);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
    }

    /// <summary>What only its owner may know, in use: the link of a feed and one that ends mails.</summary>
    private static async Task<string[]> UseSecretsAsync(ServingProgram service)
    {
        var need = (await service.DataAsync("mutation { createNeed(input: { title: \"x\", description: \"x\" }) { need { id } } }"))["createNeed"]!["need"]!["id"]!.GetValue<string>();
        var feed = await service.DataAsync("mutation($id: ID!) { createNeedFeed(input: { needId: $id }) { registration { url } } }", new { id = need });
        var link = new Uri(feed["createNeedFeed"]!["registration"]!["url"]!.GetValue<string>());
        Assert.Contains("<feed", await service.Http.GetStringAsync(link), StringComparison.Ordinal);
        using var ended = await service.Http.GetAsync(new Uri("/digests/unsubscribe/zqxsecrettoken", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, ended.StatusCode);
        return [link.Segments[^1], "zqxsecrettoken"];
    }

    /// <summary>A fault of ours, with what somebody wrote in the statement that fails.</summary>
    private static async Task BreakAsync(ServingProgram service, string data)
    {
        await using (var database = new SqliteConnection($"Data Source={Path.Combine(data, "matchmaking.db")};Pooling=False"))
        {
            await database.OpenAsync();
            await using var command = database.CreateCommand();
            command.CommandText = "ALTER TABLE enterprises RENAME TO gone";
            await command.ExecuteNonQueryAsync();
        }
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql");
        request.Headers.Add("X-Request-Id", "marked-request");
        request.Content = JsonContent.Create(new { query = "query($id: ID!) { hidden: enterprise(id: $id) { name } }", variables = new { id = "RW50ZXJwcmlzZTowMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMA==" } });
        using var response = await service.Http.SendAsync(request);
        Assert.Equal("marked-request", Assert.Single(response.Headers.GetValues("X-Request-Id")));
        Assert.Contains("Unexpected Execution Error", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
