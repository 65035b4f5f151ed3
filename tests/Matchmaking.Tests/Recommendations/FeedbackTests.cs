using System.Text.Json.Nodes;
using Matchmaking.Tests.Deliveries;
using Matchmaking.Tests.Running;
using Matchmaking.Tests.Store;
using Xunit;

namespace Matchmaking.Tests.Recommendations;

public sealed class SqliteFeedbackTests() : FeedbackTests(new SqliteDatabase());

public sealed class PostgreSqlFeedbackTests() : FeedbackTests(new PostgreSqlDatabase());

/// <summary>What is answered changes what is recommended next, and says so; a family is told once; a day has its share.</summary>
public abstract class FeedbackTests(TestDatabase database)
{
    private const string Adjustment = "adjustment { points components { name points detail } } siblings";

    [SkippableFact]
    public async Task What_was_liked_comes_first_and_what_wasnt_comes_last_or_not_at_all()
    {
        await using var service = await Told.ServeAsync(database, "--Matchmaking:Recommendations:PerDay", "2");
        await service.NeedAsync();
        // None of the classes is one that the need lies close to, so that they add nothing to a score.
        var liked = await service.PublishAsync(0, more: ", ipcCodes: [\"A47G 19/00\"]");
        await service.MatchedAsync();
        var disliked = await service.PublishAsync(1, more: ", ipcCodes: [\"G06F 1/00\"]");
        await service.MatchedAsync();
        var inbox = await service.InboxAsync();
        Assert.Equal([liked, disliked], inbox.Select(Patent));
        // Two more wait for tomorrow: the better of them by its score is of the class that isn't liked.
        var worse = await service.PublishAsync(3, more: ", ipcCodes: [\"A47G 21/00\"]");
        var better = await service.PublishAsync(2, more: ", ipcCodes: [\"G06F 3/00\"]");
        await service.MatchedAsync();
        Assert.Equal(2, (await service.InboxAsync()).Count);
        await AnswerAsync(service, inbox[0], "verdict: INTERESTED");
        await AnswerAsync(service, inbox[1], "verdict: DECLINED, reason: NOT_RELEVANT");
        service.Clock.Now = service.Clock.Now.AddDays(1);
        await service.MatchedAsync();
        var next = (await service.InboxAsync(Adjustment)).Skip(2).ToList();
        Assert.Equal([worse, better], next.Select(Patent));
        var components = next[0]["adjustment"]!["components"]!.AsArray();
        // The holder is the same of all: liked, and not.
        Assert.Equal(["interested", "notRelevant"], components.Select(c => (string)c!["name"]!));
        Assert.Equal(Math.Round(components.Sum(c => (double)c!["points"]!), 2), (double)next[0]["adjustment"]!["points"]!);
        Assert.InRange((double)next[0]["adjustment"]!["points"]!, 4.5, 5);
        Assert.InRange((double)next[1]["adjustment"]!["points"]!, -7.1, -6.5);
        // The score is what it was without answers, and that of match, as no patent has come since.
        Assert.Equal(await ScoreAsync(better), (double)next[1]["score"]!);
        // By its score alone the other would have come first; that of the first was told in a smaller stock, so today's are compared.
        Assert.True(await ScoreAsync(worse) < await ScoreAsync(better));
        // What wasn't relevant isn't, however it changes.
        await service.DoAsync("updatePatent", $"id: \"{disliked}\", askingPrice: 5", "patent { id }");
        await service.MatchedAsync();
        Assert.Equal(4, (await service.InboxAsync()).Count);

        async Task<double> ScoreAsync(string patent)
        {
            var match = await service.AskAsync("query($n: ID!, $p: ID!) { match(needId: $n, patentId: $p) { score } }", new { n = (string)next[1]["match"]!["need"]!["id"]!, p = patent });
            return (double)match["data"]!["match"]!["score"]!;
        }
    }

    [SkippableFact]
    public async Task What_cost_too_much_comes_again_when_it_is_cheaper_and_what_came_too_early_when_it_is_ready()
    {
        await using var service = await Told.ServeAsync(database);
        await service.NeedAsync();
        var dear = await service.PublishAsync(0, more: ", askingPrice: 1000000, readiness: 6");
        var early = await service.PublishAsync(1, more: ", readiness: 3, askingPrice: 5");
        await service.MatchedAsync();
        var inbox = await service.InboxAsync();
        await AnswerAsync(service, inbox.Single(r => Patent(r) == dear), "verdict: DECLINED, reason: PRICE");
        await AnswerAsync(service, inbox.Single(r => Patent(r) == early), "verdict: DECLINED, reason: TOO_EARLY");
        foreach (var (patent, change, told) in ((string, string, int)[])
            [(dear, "readiness: 7", 2), (dear, "askingPrice: 2000000", 2), (dear, "askingPrice: 400000", 3), (early, "askingPrice: 4", 3), (early, "readiness: 5", 4)])
        {
            await service.DoAsync("updatePatent", $"id: \"{patent}\", {change}", "patent { id }");
            await service.MatchedAsync();
            Assert.Equal(told, (await service.InboxAsync()).Count);
        }
        Assert.Equal([dear, early], (await service.InboxAsync()).Skip(2).Select(Patent));
    }

    [SkippableFact]
    public async Task A_need_that_is_met_hears_no_more_until_it_changes()
    {
        await using var service = await Told.ServeAsync(database, "--Matchmaking:Recommendations:PerDay", "2");
        var need = await service.NeedAsync();
        for (var i = 0; i < 3; i++)
        {
            await service.PublishAsync(i);
            await service.MatchedAsync();
        }
        var inbox = await service.InboxAsync();
        await AnswerAsync(service, inbox[0], "verdict: DECLINED, reason: ALREADY_SOLVED");
        // What nobody has looked at is gone at once, and what waits doesn't come.
        Assert.Equal([Id(inbox[0])], (await service.InboxAsync()).Select(Id));
        service.Clock.Now = service.Clock.Now.AddDays(1);
        await service.PublishAsync(3);
        await service.MatchedAsync();
        Assert.Single(await service.InboxAsync());
        await service.DoAsync("updateNeed", $"id: \"{need}\", title: \"硅碳负极二期\"", "need { id }");
        await service.MatchedAsync();
        Assert.Equal(3, (await service.InboxAsync()).Count);
    }

    [SkippableFact]
    public async Task Of_a_family_one_is_told_and_says_for_how_many_and_when_it_ends_the_next_is()
    {
        await using var service = await Told.ServeAsync(database);
        await service.NeedAsync();
        const string family = ", filedOn: \"2021-05-06\", inventors: [\"张三\", \"李四\"]";
        var invention = await service.PublishAsync(0, "一种硅碳负极材料及其制备方法", family);
        await service.MatchedAsync();
        var model = await service.PublishAsync(1, "一种硅碳负极材料", family);
        var divisional = await service.PublishAsync(2, "硅碳负极材料及其制备方法", ", inventors: [\"李四\", \"张三\"]");
        var other = await service.PublishAsync(3, "一种硅碳负极材料", ", filedOn: \"2021-05-06\", inventors: [\"王五\"]");
        await service.MatchedAsync();
        var inbox = await service.InboxAsync(Adjustment);
        Assert.Equal([(invention, 2), (other, 0)], inbox.Select(r => (Patent(r), (int)r["siblings"]!)));
        await service.DoAsync("withdrawPatent", $"id: \"{invention}\"", "patent { id }");
        await service.MatchedAsync();
        inbox = await service.InboxAsync(Adjustment);
        // The two weren't kin by themselves: of one family each with the one that is gone.
        Assert.Equal(new[] { (model, 0), (divisional, 0), (other, 0) }.Order(), inbox.Select(r => (Patent(r), (int)r["siblings"]!)).Order());
        // Renamed into a family, what was told stays told.
        await service.DoAsync("updatePatent", $"id: \"{model}\", title: \"硅碳负极材料及其制备方法\"", "patent { id }");
        await service.MatchedAsync();
        inbox = await service.InboxAsync(Adjustment);
        Assert.Equal(2, inbox.Select(Patent).Count(p => p == model || p == divisional));
    }

    [SkippableFact]
    public async Task A_day_is_a_chinese_day_and_has_its_share()
    {
        await using var service = await Told.ServeAsync(database, "--Matchmaking:Recommendations:PerDay", "1");
        // 23:59:59 in China.
        service.Clock.Now = new DateTimeOffset(2026, 11, 24, 15, 59, 59, TimeSpan.Zero);
        await service.NeedAsync();
        for (var i = 0; i < 3; i++)
            await service.PublishAsync(i);
        await service.MatchedAsync();
        Assert.Single(await service.InboxAsync());
        service.Clock.Now = service.Clock.Now.AddMilliseconds(999);
        await service.MatchedAsync();
        Assert.Single(await service.InboxAsync());
        service.Clock.Now = service.Clock.Now.AddMilliseconds(1);
        await service.MatchedAsync();
        Assert.Equal(2, (await service.InboxAsync()).Count);
        // Midnight by UTC is the morning of the same day.
        service.Clock.Now = new DateTimeOffset(2026, 11, 25, 0, 0, 1, TimeSpan.Zero);
        await service.MatchedAsync();
        Assert.Equal(2, (await service.InboxAsync()).Count);
        service.Clock.Now = new DateTimeOffset(2026, 11, 25, 16, 0, 0, TimeSpan.Zero);
        await service.MatchedAsync();
        var all = await service.InboxAsync();
        Assert.Equal(3, all.Count);
        Assert.True((double)all[1]["score"]! >= (double)all[2]["score"]!);
    }

    private static async Task AnswerAsync(RunningService service, JsonNode recommendation, string answer) =>
        await service.DoAsync("answerRecommendation", $"recommendationId: \"{Id(recommendation)}\", {answer}", "recommendation { state }");

    private static string Id(JsonNode recommendation) => (string)recommendation["id"]!;

    private static string Patent(JsonNode recommendation) => (string)recommendation["match"]!["patent"]!["id"]!;
}
