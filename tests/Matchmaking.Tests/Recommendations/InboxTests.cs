using System.Text.Json.Nodes;
using Matchmaking.Tests.Running;
using Matchmaking.Tests.Store;
using Xunit;

namespace Matchmaking.Tests.Recommendations;

public sealed class SqliteInboxTests() : InboxTests(new SqliteDatabase());

public sealed class PostgreSqlInboxTests() : InboxTests(new PostgreSqlDatabase());

/// <summary>What is new is told once and in order, no more a day than is wanted, and taken back where it holds no more.</summary>
public abstract class InboxTests(TestDatabase database)
{
    [SkippableFact]
    public async Task A_need_is_told_its_share_of_a_day_best_first_and_the_rest_on_later_days()
    {
        await using var service = await ServeAsync("--Matchmaking:Recommendations:PerDay", "2");
        for (var i = 0; i < 5; i++)
            await PublishAsync(service, i);
        await CreateNeedAsync(service);
        await service.MatchedAsync();
        var first = await InboxAsync(service);
        Assert.Equal(2, first.Count);
        // A look that finds nothing new tells nothing again.
        await service.MatchedAsync();
        Assert.Equal(2, (await InboxAsync(service)).Count);
        service.Clock.Now = service.Clock.Now.AddDays(1);
        await service.MatchedAsync();
        service.Clock.Now = service.Clock.Now.AddDays(1);
        await service.MatchedAsync();
        var all = await InboxAsync(service);
        Assert.Equal(first.Select(Id), all.Take(2).Select(Id));
        Assert.Equal(5, all.Select(Patent).Distinct().Count());
        Assert.Equal(all.Select(r => Score(r)).OrderDescending(), all.Select(r => Score(r)));
        Assert.Equal(5, all.Count);
    }

    [SkippableFact]
    public async Task Only_what_matters_tells_again_and_what_holds_no_more_is_taken_back_unless_it_was_seen()
    {
        await using var service = await ServeAsync();
        var patents = new List<string>();
        for (var i = 0; i < 2; i++)
            patents.Add(await PublishAsync(service, i));
        await CreateNeedAsync(service);
        await service.MatchedAsync();
        var told = await InboxAsync(service);
        Assert.Equal(2, told.Count);
        Assert.All(told, r => Assert.Equal("NEW_NEED", r["reason"]!.GetValue<string>()));
        var seen = told.Single(r => Patent(r) == patents[0]);
        Assert.Equal("SEEN", (await AnswerAsync(service, Id(seen), "verdict: SEEN"))["recommendation"]!["state"]!.GetValue<string>());

        await ChangeAsync(service, patents[0], "inventors: [\"李四\"]");
        Assert.Equal(told.Select(Id), (await InboxAsync(service)).Select(Id));
        await ChangeAsync(service, patents[0], "askingPrice: 5");
        var again = await InboxAsync(service);
        Assert.Equal(3, again.Count);
        Assert.Equal(("PATENT_CHANGED", patents[0]), (again[2]["reason"]!.GetValue<string>(), Patent(again[2])));

        foreach (var patent in patents)
            Assert.Null((await service.AskAsync("mutation($id: ID!) { withdrawPatent(input: { id: $id }) { errors { __typename } } }", new { id = patent }))["data"]!["withdrawPatent"]!["errors"]);
        await service.MatchedAsync();
        Assert.Equal([Id(seen)], (await InboxAsync(service)).Select(Id));
        var refused = await AnswerAsync(service, Id(again[2]), "verdict: INTERESTED");
        Assert.Equal("WRONG_STATE", refused["errors"]![0]!["code"]!.GetValue<string>());
    }

    [SkippableFact]
    public async Task The_same_answer_twice_changes_nothing_and_one_may_change_ones_mind()
    {
        await using var service = await ServeAsync();
        await PublishAsync(service, 0);
        await CreateNeedAsync(service);
        await service.MatchedAsync();
        var id = Id((await InboxAsync(service)).Single());
        Assert.Equal("reason", (await AnswerAsync(service, id, "verdict: DECLINED"))["errors"]![0]!["field"]!.GetValue<string>());
        var declined = await AnswerAsync(service, id, "verdict: DECLINED, reason: TOO_EARLY");
        service.Clock.Now = service.Clock.Now.AddMinutes(1);
        Assert.Equal(declined.ToJsonString(), (await AnswerAsync(service, id, "verdict: DECLINED, reason: TOO_EARLY")).ToJsonString());
        Assert.Equal("DECLINED", (await AnswerAsync(service, id, "verdict: SEEN"))["recommendation"]!["state"]!.GetValue<string>());
        var changed = (await AnswerAsync(service, id, "verdict: INTERESTED"))["recommendation"]!;
        Assert.Equal(("INTERESTED", null), (changed["state"]!.GetValue<string>(), changed["feedback"]!["reason"]));
    }

    private async Task<RunningService> ServeAsync(params string[] args)
    {
        Skip.If(database.Absent is not null, database.Absent);
        var directory = Directory.CreateTempSubdirectory("matchmaking").FullName;
        var (provider, connection) = await database.CreateAsync(directory);
        return await RunningService.StartAsync(new ServiceStart
        {
            Directory = directory,
            Args = ["--Matchmaking:Provider", provider.ToString(), "--ConnectionStrings:Matchmaking", connection, "--Matchmaking:Recommendations:Threshold", "5", .. args],
        });
    }

    private static async Task<string> PublishAsync(RunningService service, int i)
    {
        string[] extras = ["", "，适用于动力电池", "，适用于储能电站的大型电池包", "，用喷雾干燥和高温烧结两步制成颗粒", "，先球磨后包覆再在惰性气氛中煅烧并筛分除磁得到成品"];
        var answer = await service.AskAsync("mutation($n: String!, $t: String!, $a: String!) { publishPatent(input: { publicationNumber: $n, title: $t, abstract: $a, legalStatus: GRANTED }) { patent { id } errors { ... on Error { message } } } }",
            new { n = $"CN10288989{i}B", t = $"膨胀小的硅碳负极材料{i}", a = "一种硅碳负极材料，膨胀小，首次效率高" + extras[i] });
        return answer["data"]!["publishPatent"]!["patent"]!["id"]!.GetValue<string>();
    }

    private static async Task CreateNeedAsync(RunningService service) => Assert.Null((await service.AskAsync(
        "mutation { createNeed(input: { title: \"硅碳负极\", description: \"硅碳负极膨胀小、首次效率高的材料\" }) { errors { ... on Error { message } } } }"))["data"]!["createNeed"]!["errors"]);

    private static async Task ChangeAsync(RunningService service, string patent, string change)
    {
        Assert.Null((await service.AskAsync($"mutation($id: ID!) {{ updatePatent(input: {{ id: $id, {change} }}) {{ errors {{ ... on Error {{ message }} }} }} }}", new { id = patent }))["data"]!["updatePatent"]!["errors"]);
        await service.MatchedAsync();
    }

    private static async Task<JsonNode> AnswerAsync(RunningService service, string id, string answer) => (await service.AskAsync(
        $"mutation($id: ID!) {{ answerRecommendation(input: {{ recommendationId: $id, {answer} }}) {{ recommendation {{ state updatedAt feedback {{ reason givenAt }} }} errors {{ ... on Error {{ code }} ... on InvalidInputError {{ field }} }} }} }}",
        new { id }))["data"]!["answerRecommendation"]!;

    private static async Task<List<JsonNode>> InboxAsync(RunningService service) =>
        [.. (await service.AskAsync("{ recommendations(first: 50) { nodes { id reason state score match { patent { id } } } } }"))["data"]!["recommendations"]!["nodes"]!.AsArray().Select(r => r!)];

    private static string Id(JsonNode recommendation) => recommendation["id"]!.GetValue<string>();

    private static string Patent(JsonNode recommendation) => recommendation["match"]!["patent"]!["id"]!.GetValue<string>();

    private static double Score(JsonNode recommendation) => recommendation["score"]!.GetValue<double>();
}
