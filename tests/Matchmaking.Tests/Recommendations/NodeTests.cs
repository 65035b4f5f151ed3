using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Matchmaking.Tests.Running;
using Npgsql;
using Xunit;

namespace Matchmaking.Tests.Recommendations;

/// <summary>Several processes on one PostgreSQL: who follows on one hears what was written on another, and each change is matched by one of them.</summary>
public sealed class NodeTests
{
    [SkippableFact]
    public async Task Two_nodes_share_the_work_and_a_follower_on_either_hears_everything()
    {
        Skip.If(PostgreSqlServer.Absent is not null, PostgreSqlServer.Absent);
        var connection = await PostgreSqlServer.CreateDatabaseAsync();
        await using var one = await StartAsync(connection, "one", 1);
        await using var two = await StartAsync(connection, "two", 2);
        var needId = (await one.AskAsync("mutation { createNeed(input: { title: \"硅碳负极\", description: \"硅碳负极膨胀小\" }) { need { id } } }"))["data"]!["createNeed"]!["need"]!["id"]!.GetValue<string>();
        var heard = new[] { one, two }.Select(service => HearAsync(service, needId, 6)).ToList();
        for (var i = 0; i < 6; i++)
        {
            var answer = await (i % 2 == 0 ? one : two).AskAsync(
                "mutation($n: String!, $t: String!) { publishPatent(input: { publicationNumber: $n, title: $t, legalStatus: GRANTED }) { errors { ... on Error { message } } } }", new { n = $"CN10288990{i}B", t = $"膨胀小的硅碳负极材料{i}" });
            Assert.Null(answer["data"]!["publishPatent"]!["errors"]);
        }
        var lists = await Task.WhenAll(heard);
        Assert.Equal(6, lists[0].Distinct().Count());
        Assert.Equal(lists[0], lists[1]);
        var status = (await two.AskAsync("{ matching { position head lag lagSeconds inbox nodes { name changes recommendations } } }"))["data"]!["matching"]!;
        Assert.Equal((7, 7, 0, 6), ((int)status["position"]!, (int)status["head"]!, (int)status["lag"]!, (int)status["inbox"]!));
        Assert.Equal(["one", "two"], status["nodes"]!.AsArray().Select(n => (string)n!["name"]!));
        Assert.Equal(7, status["nodes"]!.AsArray().Sum(n => (int)n!["changes"]!));
        Assert.Equal(6, status["nodes"]!.AsArray().Sum(n => (int)n!["recommendations"]!));
    }

    [SkippableFact]
    public async Task Whoever_writes_tells_all_who_listen_with_the_commit()
    {
        Skip.If(PostgreSqlServer.Absent is not null, PostgreSqlServer.Absent);
        var connection = await PostgreSqlServer.CreateDatabaseAsync();
        await using var service = await StartAsync(connection, "one", 1);
        await using var listener = new NpgsqlConnection(connection);
        await listener.OpenAsync();
        var told = new List<string>();
        listener.Notification += (_, notification) => told.Add(notification.Payload);
        await using (var listen = new NpgsqlCommand("LISTEN matchmaking", listener))
            await listen.ExecuteNonQueryAsync();
        await service.AskAsync("mutation { createNeed(input: { title: \"硅碳负极\", description: \"硅碳负极膨胀小\" }) { need { id } } }");
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!told.Contains("matching"))
            await listener.WaitAsync(patience.Token);
        Assert.Equal("feed_head", told[0]);
    }

    private static Task<RunningService> StartAsync(string connection, string node, int seed) => RunningService.StartAsync(new ServiceStart
    {
        Seed = seed,
        Args = ["--Matchmaking:Provider", "PostgreSql", "--ConnectionStrings:Matchmaking", connection, "--Matchmaking:Recommendations:Threshold", "5", "--Matchmaking:Recommendations:PerDay", "100", "--Matchmaking:Node", node],
    });

    private static async Task<List<string>> HearAsync(RunningService service, string needId, int count)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql")
        {
            Content = JsonContent.Create(new { query = "subscription($of: ID, $after: String) { recommendationAdded(needId: $of, after: $after) { id } }", variables = new { of = needId, after = Api.Cursors.Write("Recommendation:", 0L) } }),
        };
        request.Headers.Accept.ParseAdd("text/event-stream");
        using var response = await service.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(patience.Token));
        var heard = new List<string>();
        while (heard.Count < count && await lines.ReadLineAsync(patience.Token) is { } line)
        {
            if (line.StartsWith("data: ", StringComparison.Ordinal))
                heard.Add(JsonNode.Parse(line["data: ".Length..])!["data"]!["recommendationAdded"]!["id"]!.GetValue<string>());
        }
        return heard;
    }
}
