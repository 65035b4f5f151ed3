using System.Text.Json.Nodes;
using Matchmaking.Matches;
using Matchmaking.Tests.Running;
using Xunit;

namespace Matchmaking.Tests.Matches;

/// <summary>What is written is matched at once; needs never move the scores of others.</summary>
public sealed class FollowingTests
{
    private const string Matches = "{ needs(where: { title: { startsWith: \"寻求膨胀小\" } }) { nodes { matches(first: 50) { totalCount nodes { rank score patent { id title } } } } } }";

    [Fact]
    public async Task Needs_come_and_go_without_moving_any_score()
    {
        await using var service = await DemoData.StartAsync();
        var before = (await service.AskAsync(Matches)).ToJsonString();
        var made = await service.AskAsync("mutation { createNeed(input: { title: \"硅碳负极\", description: \"硅碳负极膨胀小、首效高，需要量产技术\" }) { need { id } errors { __typename } } }");
        Assert.Equal(before, (await service.AskAsync(Matches)).ToJsonString());
        var closed = await service.AskAsync("mutation($id: ID!) { closeNeed(input: { id: $id }) { need { status } } }", new { id = made["data"]!["createNeed"]!["need"]!["id"]!.GetValue<string>() });
        Assert.Equal("CLOSED", closed["data"]!["closeNeed"]!["need"]!["status"]!.GetValue<string>());
        Assert.Equal(before, (await service.AskAsync(Matches)).ToJsonString());
    }

    [Fact]
    public async Task A_patent_is_matched_as_soon_as_it_is_published_and_no_more_once_it_is_withdrawn()
    {
        await using var service = await DemoData.StartAsync();
        var made = await service.AskAsync("""
            mutation { publishPatent(input: { applicationNumber: "CN202319999901.2", title: "膨胀小、首效高的硅碳负极量产方法", abstract: "一种硅碳负极材料的量产方法，膨胀小，首次效率高。", legalStatus: GRANTED }) {
              patent { id matches(first: 1) { nodes { score need { title } } } } errors { ... on Error { message } } } }
            """);
        var patent = made["data"]!["publishPatent"]!["patent"]!;
        var (id, best) = (patent["id"]!.GetValue<string>(), patent["matches"]!["nodes"]![0]!);
        Assert.StartsWith("寻求膨胀小", best["need"]!["title"]!.GetValue<string>(), StringComparison.Ordinal);
        var found = (await PatentsAsync(service)).Single(m => m["patent"]!["id"]!.GetValue<string>() == id);
        Assert.Equal(1, found["rank"]!.GetValue<int>());
        Assert.Equal(best["score"]!.GetValue<double>(), found["score"]!.GetValue<double>());
        await service.AskAsync("mutation($id: ID!) { withdrawPatent(input: { id: $id }) { patent { legalStatus } } }", new { id });
        Assert.DoesNotContain(await PatentsAsync(service), m => m["patent"]!["id"]!.GetValue<string>() == id);
        var gone = await service.AskAsync("query($id: ID!) { patent(id: $id) { legalStatus matches { totalCount } } }", new { id });
        Assert.Equal("{\"legalStatus\":\"WITHDRAWN\",\"matches\":{\"totalCount\":0}}", gone["data"]!["patent"]!.ToJsonString());
    }

    [Fact]
    public async Task A_title_alone_promises_less_than_one_with_an_abstract_and_says_so()
    {
        await using var service = await DemoData.StartAsync("--Matchmaking:Recommendations:PerDay", "1000");
        var made = await service.AskAsync("""
            mutation { publishPatent(input: { applicationNumber: "CN202319999901.2", title: "硅碳负极量产方法", legalStatus: GRANTED }) { patent { id } errors { ... on Error { message } } } }
            """);
        var patent = made["data"]!["publishPatent"]!["patent"]!["id"]!.GetValue<string>();
        var titled = await ScoreAsync(service, patent);
        Assert.InRange(titled.Score, 30, 59);
        Assert.Contains("仅凭标题判断", titled.Summary, StringComparison.Ordinal);
        Assert.Equal(0, await ToldAsync(service, patent));
        await service.AskAsync("mutation($id: ID!) { updatePatent(input: { id: $id, abstract: \"一种硅碳负极材料的量产方法，膨胀小，首次效率高。\" }) { patent { id } } }", new { id = patent });
        var described = await ScoreAsync(service, patent);
        Assert.InRange(described.Score, 80, 100);
        Assert.DoesNotContain("仅凭标题判断", described.Summary, StringComparison.Ordinal);
        Assert.Equal(1, await ToldAsync(service, patent));
        // A list is in the order of the points, whatever they rest on; further patents of one holder come a little later.
        var listed = (await PatentsAsync(service)).ConvertAll(m => m["score"]!.GetValue<double>());
        Assert.All(listed.Zip(listed.Skip(1)), pair => Assert.InRange(pair.Second, 0, pair.First + Spreading.MostOfHolder + Spreading.MostOfTwin));
    }

    // What the pair has, from either side and by itself.
    private static async Task<(double Score, string Summary)> ScoreAsync(RunningService service, string patent)
    {
        var found = (await PatentsAsync(service)).Single(m => m["patent"]!["id"]!.GetValue<string>() == patent)["score"]!.GetValue<double>();
        var asked = await service.AskAsync("""
            query($p: ID!) { patent(id: $p) { matches(first: 1) { nodes { score need { id title } } } } }
            """, new { p = patent });
        var best = asked["data"]!["patent"]!["matches"]!["nodes"]![0]!;
        Assert.Equal(found, best["score"]!.GetValue<double>());
        var pair = await service.AskAsync("query($n: ID!, $p: ID!) { match(needId: $n, patentId: $p) { score explanation { summary } } }", new { n = best["need"]!["id"]!.GetValue<string>(), p = patent });
        Assert.Equal(found, pair["data"]!["match"]!["score"]!.GetValue<double>());
        return (found, pair["data"]!["match"]!["explanation"]!["summary"]!.GetValue<string>());
    }

    private static async Task<int> ToldAsync(RunningService service, string patent)
    {
        await service.MatchedAsync();
        var need = (await service.AskAsync(Matches.Replace("matches(first: 50)", "id matches(first: 50)", StringComparison.Ordinal)))["data"]!["needs"]!["nodes"]![0]!["id"]!.GetValue<string>();
        var answer = await service.AskAsync("query($n: ID!) { recommendations(needId: $n, first: 50) { nodes { match { patent { id } } } } }", new { n = need });
        Assert.Null(answer["errors"]);
        var told = answer["data"]!["recommendations"]!["nodes"]!.AsArray();
        return told.Count(r => r!["match"]!["patent"]!["id"]!.GetValue<string>() == patent);
    }

    private static async Task<List<JsonNode>> PatentsAsync(RunningService service) =>
        [.. (await service.AskAsync(Matches))["data"]!["needs"]!["nodes"]![0]!["matches"]!["nodes"]!.AsArray().Select(m => m!)];
}
