using System.Net.Http.Json;
using System.Runtime.CompilerServices;
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

    [SkippableFact]
    public async Task Who_follows_hears_everything_once_and_in_order_however_often_it_comes_and_goes()
    {
        await using var service = await ServeAsync();
        for (var i = 0; i < 2; i++)
            await PublishAsync(service, i);
        await CreateNeedAsync(service);
        await service.MatchedAsync();
        var needId = (await service.AskAsync("{ needs { nodes { id } } }"))["data"]!["needs"]!["nodes"]![0]!["id"]!.GetValue<string>();
        var before = await InboxAsync(service);
        // From the first on: what was there is replayed, what comes is heard, a breath after each.
        var heard = new List<JsonNode>();
        var publishing = Task.Run(async () =>
        {
            for (var i = 2; i < 5; i++)
                await PublishAsync(service, i);
        });
        for (string? cursor = before[0]["cursor"]!.GetValue<string>(); heard.Count < 4;)
        {
            // Two at a time, and gone again; one connection may close with events on their way.
            await foreach (var each in FollowAsync(service, "subscription($of: ID, $after: String) { recommendationAdded(needId: $of, after: $after) { id cursor score state match { patent { id title } need { id } } } }", new { of = needId, after = cursor }))
            {
                heard.Add(each["data"]!["recommendationAdded"]!);
                cursor = heard[^1]["cursor"]!.GetValue<string>();
                if (heard.Count % 2 == 0)
                    break;
            }
        }
        await publishing;
        await service.MatchedAsync();
        var all = await InboxAsync(service);
        Assert.Equal(5, all.Count);
        Assert.Equal(all.Skip(1).Select(Id), heard.Select(Id));
        Assert.All(heard, r => Assert.Equal(needId, r["match"]!["need"]!["id"]!.GetValue<string>()));
    }

    [SkippableFact]
    public async Task Each_hears_what_is_meant_for_it_and_from_now_on_where_it_names_no_cursor()
    {
        await using var service = await ServeAsync();
        await PublishAsync(service, 0);
        await CreateNeedAsync(service);
        await service.MatchedAsync();
        var other = (await service.AskAsync("mutation { createNeed(input: { title: \"水泥窑余热\", description: \"水泥窑余热发电\" }) { need { id } } }"))["data"]!["createNeed"]!["need"]!["id"]!.GetValue<string>();
        await service.MatchedAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        const string document = "subscription($of: ID, $after: String) { recommendationAdded(needId: $of, after: $after) { id match { patent { title } need { id } } } }";
        await using var all = FollowAsync(service, document, new { }).GetAsyncEnumerator(patience.Token);
        await using var cement = FollowAsync(service, document, new { of = other, after = (await InboxAsync(service))[^1]["cursor"]!.GetValue<string>() }).GetAsyncEnumerator(patience.Token);
        var (first, second) = (all.MoveNextAsync().AsTask(), cement.MoveNextAsync().AsTask());
        // When it is there can't be seen from outside: what came before isn't told, what comes after is.
        for (var i = 1; i < 5 && !first.IsCompleted; i++)
        {
            await PublishAsync(service, i);
            await service.MatchedAsync();
            await Task.WhenAny(first, Task.Delay(TimeSpan.FromSeconds(2), patience.Token));
        }
        Assert.True(await first);
        Assert.NotEqual("膨胀小的硅碳负极材料0", all.Current["data"]!["recommendationAdded"]!["match"]!["patent"]!["title"]!.GetValue<string>());
        Assert.False(second.IsCompleted);
        Assert.Null((await service.AskAsync("mutation { publishPatent(input: { publicationNumber: \"CN109999999B\", title: \"水泥窑余热发电装置\", legalStatus: GRANTED }) { errors { ... on Error { message } } } }"))["data"]!["publishPatent"]!["errors"]);
        Assert.True(await second);
        Assert.Equal(other, cement.Current["data"]!["recommendationAdded"]!["match"]!["need"]!["id"]!.GetValue<string>());
    }

    [SkippableTheory]
    [InlineData("recommendationAdded(after: \"x\") { id }", "HC0078")]
    [InlineData("recommendationAdded(after: \"BEYOND\") { id }", "HC0078")]
    [InlineData("recommendationAdded(needId: \"x\") { id }", null)]
    [InlineData("recommendationAdded(needId: \"NOBODY\") { id }", null)]
    [InlineData("needMatched(institutionId: \"NOBODY\") { id }", null)]
    public async Task What_cant_be_followed_is_said_at_once(string field, string? code)
    {
        await using var service = await ServeAsync();
        field = field.Replace("BEYOND", Api.Cursors.Write("Recommendation:", 7L), StringComparison.Ordinal)
            .Replace("NOBODY", Api.Ids.Encode(field.StartsWith('n') ? "Institution" : "Need", Guid.NewGuid()), StringComparison.Ordinal);
        await foreach (var each in FollowAsync(service, $"subscription {{ {field} }}", new { }))
        {
            var error = Assert.Single(each["errors"]!.AsArray())!;
            Assert.True(code is null || code == error["extensions"]!["code"]!.GetValue<string>(), error.ToJsonString());
            Assert.DoesNotContain("Unexpected", error["message"]!.GetValue<string>(), StringComparison.Ordinal);
            return;
        }
        Assert.Fail("Nothing was said.");
    }

    /// <summary>The events of a subscription over server-sent events, until the caller goes.</summary>
    private static async IAsyncEnumerable<JsonNode> FollowAsync(RunningService service, string query, object variables, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = JsonContent.Create(new { query, variables }) };
        request.Headers.Accept.ParseAdd("text/event-stream");
        using var response = await service.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(cancellation));
        while (await lines.ReadLineAsync(cancellation) is { } line)
        {
            if (line.StartsWith("data: ", StringComparison.Ordinal))
                yield return JsonNode.Parse(line["data: ".Length..])!;
        }
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
        [.. (await service.AskAsync("{ recommendations(first: 50) { nodes { id cursor reason state score match { patent { id } } } } }"))["data"]!["recommendations"]!["nodes"]!.AsArray().Select(r => r!)];

    private static string Id(JsonNode recommendation) => recommendation["id"]!.GetValue<string>();

    private static string Patent(JsonNode recommendation) => recommendation["match"]!["patent"]!["id"]!.GetValue<string>();

    private static double Score(JsonNode recommendation) => recommendation["score"]!.GetValue<double>();
}
