using Matchmaking.Tests.Running;
using Matchmaking.Tests.Store;
using Xunit;

namespace Matchmaking.Tests.Recommendations;

public sealed class SqliteTakingBackTests() : TakingBackTests(new SqliteDatabase());

public sealed class PostgreSqlTakingBackTests() : TakingBackTests(new PostgreSqlDatabase());

/// <summary>What ends, by somebody's hand or by the day, takes back what nobody has seen, and what waited for its day.</summary>
public abstract class TakingBackTests(TestDatabase database)
{
    [SkippableTheory]
    [InlineData("closed")]
    [InlineData("deadline")]
    [InlineData("lapsed")]
    [InlineData("term")]
    public async Task What_has_ended_takes_back_what_was_not_seen(string by)
    {
        Skip.If(database.Absent is not null, database.Absent);
        var directory = Directory.CreateTempSubdirectory("matchmaking").FullName;
        var (provider, connection) = await database.CreateAsync(directory);
        await using var service = await RunningService.StartAsync(new ServiceStart
        {
            Directory = directory,
            Args = ["--Matchmaking:Provider", provider.ToString(), "--ConnectionStrings:Matchmaking", connection, "--Matchmaking:Recommendations:Threshold", "5", "--Matchmaking:Recommendations:PerDay", "2"],
        });
        var patents = new List<string>();
        for (var i = 0; i < 3; i++)
        {
            // The term of an invention is twenty years.
            patents.Add((string)(await service.AskAsync(
                "mutation($n: String!, $t: String!) { publishPatent(input: { kind: INVENTION, publicationNumber: $n, title: $t, legalStatus: GRANTED, filedOn: \"2006-11-25\" }) { patent { id } } }",
                new { n = $"CN10288992{i}B", t = $"硅碳负极材料{i}" }))["data"]!["publishPatent"]!["patent"]!["id"]!);
        }
        var need = (string)(await service.AskAsync("mutation { createNeed(input: { title: \"硅碳负极\", description: \"硅碳负极\", deadline: \"2026-11-25\" }) { need { id } } }"))["data"]!["createNeed"]!["need"]!["id"]!;
        await service.MatchedAsync();
        Assert.Equal((2, 1), await CountAsync(service));
        var seen = (string)(await service.AskAsync("{ recommendations(first: 1) { nodes { id } } }"))["data"]!["recommendations"]!["nodes"]![0]!["id"]!;
        Assert.NotNull((await service.AskAsync("mutation($id: ID!) { answerRecommendation(input: { recommendationId: $id, verdict: SEEN }) { recommendation { id } } }", new { id = seen }))["data"]!["answerRecommendation"]!["recommendation"]);

        switch (by)
        {
            case "closed":
                await service.AskAsync("mutation($id: ID!) { closeNeed(input: { id: $id }) { need { id } } }", new { id = need });
                break;
            case "lapsed":
                foreach (var id in patents)
                    await service.AskAsync("mutation($id: ID!) { updatePatent(input: { id: $id, legalStatus: LAPSED }) { patent { id } } }", new { id });
                break;
            default:
                // Both days are the last ones, in China; they pass by themselves.
                service.Clock.Now = new DateTimeOffset(2026, 11, 25, 17, 0, 0, TimeSpan.Zero);
                break;
        }
        await service.MatchedAsync();
        Assert.Equal((1, 0), await CountAsync(service));
    }

    private static async Task<(int Inbox, int Waiting)> CountAsync(RunningService service)
    {
        var data = (await service.AskAsync("{ recommendations(first: 1) { totalCount } matching { waiting } }"))["data"]!;
        return ((int)data["recommendations"]!["totalCount"]!, (int)data["matching"]!["waiting"]!);
    }
}
