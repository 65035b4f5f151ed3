using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Matchmaking.Tests.Crashing.Drill;
using Matchmaking.Tests.Running;
using Npgsql;
using Xunit;

namespace Matchmaking.Tests.Crashing;

/// <summary>The database goes away and comes back, the clock is set back: it is said, it mends itself, and who follows misses nothing.</summary>
[Collection(Processes.Name)]
public sealed class OutageTests
{
    private const string Publish = "mutation($n: String!, $t: String!) { publishPatent(input: { publicationNumber: $n, title: $t, legalStatus: GRANTED }) { errors { ... on Error { message } } } }";

    [SkippableFact]
    public async Task While_the_database_is_unplugged_it_is_not_ready_and_afterwards_tells_all_that_came_meanwhile()
    {
        Skip.If(PostgreSqlServer.Absent is not null, PostgreSqlServer.Absent);
        var direct = new NpgsqlConnectionStringBuilder(await PostgreSqlServer.CreateDatabaseAsync());
        await using var plug = new PullablePlug(direct.Host!, direct.Port);
        var wired = new NpgsqlConnectionStringBuilder(direct.ToString()) { Host = "127.0.0.1", Port = plug.Port, Timeout = 5 };
        await using var cut = await StartAsync(wired.ToString(), "cut", 1);
        await using var whole = await StartAsync(direct.ToString(), "whole", 2);
        Assert.Null((await whole.AskAsync("mutation { createNeed(input: { title: \"硅碳负极\", description: \"硅碳负极膨胀小\" }) { errors { ... on Error { message } } } }"))["data"]!["createNeed"]!["errors"]);
        var heard = HearAsync(cut, 4);
        await PublishAsync(whole, 0);

        plug.Pull();
        await ServingProgram.UntilAsync(async () => await ReadyAsync(cut) is (503, var problem) && problem.Contains("problem", StringComparison.Ordinal), "the lack of a database is said", TimeSpan.FromMinutes(1));
        // The other goes on, whoever had the turn when the wire was pulled.
        await PublishAsync(whole, 1);
        await PublishAsync(whole, 2);
        await ServingProgram.UntilAsync(async () => (int)(await whole.AskAsync("{ matching { inbox } }"))["data"]!["matching"]!["inbox"]! == 3, "the other matches", TimeSpan.FromMinutes(2));
        Assert.Equal(200, (await ReadyAsync(whole)).Status);

        plug.PutIn();
        await ServingProgram.UntilAsync(async () => (await ReadyAsync(cut)).Status == 200, "it is ready again by itself", TimeSpan.FromMinutes(2));
        await PublishAsync(cut, 3);
        // In the order of the inbox, where what waited for the same turn stands best first.
        var told = await HearAsync(whole, 4);
        Assert.Equal(["硅碳负极0", "硅碳负极1", "硅碳负极2", "硅碳负极3"], told.Order(StringComparer.Ordinal));
        Assert.Equal(told, await heard);
    }

    [Fact]
    public async Task A_clock_set_back_is_said_and_delays_or_repeats_nothing()
    {
        await using var service = await RunningService.StartAsync(new ServiceStart { Args = ["--Matchmaking:Recommendations:Threshold", "5"] });
        Assert.Null((await service.AskAsync("mutation { createNeed(input: { title: \"硅碳负极\", description: \"硅碳负极膨胀小\" }) { errors { ... on Error { message } } } }"))["data"]!["createNeed"]!["errors"]);
        var heard = HearAsync(service, 4);
        for (var i = 0; i < 2; i++)
            await PublishAsync(service, i);
        await service.MatchedAsync();
        Assert.DoesNotContain("warning", (await ReadyAsync(service)).Text, StringComparison.Ordinal);
        service.Clock.Now = RunningService.Start.AddDays(-2);
        for (var i = 2; i < 4; i++)
            await PublishAsync(service, i);
        Assert.Equal(["硅碳负极0", "硅碳负极1", "硅碳负极2", "硅碳负极3"], await heard);
        var (status, text) = await ReadyAsync(service);
        Assert.Equal(200, status);
        Assert.Contains("clock was set back", text, StringComparison.Ordinal);
        service.Clock.Now = RunningService.Start.AddDays(1);
        await service.MatchedAsync();
        Assert.DoesNotContain("warning", (await ReadyAsync(service)).Text, StringComparison.Ordinal);
        Assert.Equal(4, (int)(await service.AskAsync("{ matching { inbox } }"))["data"]!["matching"]!["inbox"]!);
    }

    private static Task<RunningService> StartAsync(string connection, string node, int seed) => RunningService.StartAsync(new ServiceStart
    {
        Seed = seed,
        Args = ["--Matchmaking:Provider", "PostgreSql", "--ConnectionStrings:Matchmaking", connection, "--Matchmaking:Recommendations:Threshold", "5", "--Matchmaking:Node", node, "--Logging:LogLevel:Default=None"],
    });

    private static async Task PublishAsync(RunningService service, int i)
    {
        var answer = await service.AskAsync(Publish, new { n = $"CN10288991{i}B", t = $"硅碳负极{i}" });
        Assert.Null(answer["data"]?["publishPatent"]!["errors"]);
        Assert.Null(answer["errors"]);
    }

    private static async Task<(int Status, string Text)> ReadyAsync(RunningService service)
    {
        using var response = await service.Http.GetAsync(new Uri("/health/ready", UriKind.Relative));
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    /// <summary>Follows from the inbox's beginning, and comes again where it is cut off; the titles in order.</summary>
    private static async Task<List<string>> HearAsync(RunningService service, int count)
    {
        var (heard, cursor) = (new List<string>(), Api.Cursors.Write("Recommendation:", 0L));
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(4));
        while (heard.Count < count)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql")
            {
                Content = JsonContent.Create(new { query = "subscription($after: String) { recommendationAdded(after: $after) { cursor match { patent { title } } } }", variables = new { after = cursor } }),
            };
            request.Headers.Accept.ParseAdd("text/event-stream");
            using var response = await service.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
            using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(patience.Token));
            while (heard.Count < count && await lines.ReadLineAsync(patience.Token) is { } line)
            {
                // An event that couldn't be read while the database was away isn't dealt with: its cursor isn't kept, and it comes again.
                if (!line.StartsWith("data: ", StringComparison.Ordinal))
                    continue;
                if (JsonNode.Parse(line["data: ".Length..])!["data"]?["recommendationAdded"] is not { } told || told["match"] is not { } match)
                    break;
                cursor = told["cursor"]!.GetValue<string>();
                heard.Add(match["patent"]!["title"]!.GetValue<string>());
            }
        }
        return heard;
    }
}
