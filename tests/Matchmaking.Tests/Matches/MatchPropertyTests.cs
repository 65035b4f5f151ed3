using System.Text.Json.Nodes;
using CsCheck;
using Matchmaking.Needs;
using Matchmaking.Tests.Running;
using Xunit;

namespace Matchmaking.Tests.Matches;

/// <summary>One score for a pair, whichever way one asks; parts that add up; nothing dead.</summary>
public sealed class MatchPropertyTests(DemoService demo) : IClassFixture<DemoService>
{
    private readonly RunningService _service = demo.Service;

    [Fact]
    public async Task Every_way_of_asking_gives_the_same_score_and_its_parts_add_up()
    {
        var needs = await AllAsync("needs", "id title description industryCode status keywords ipcHints");
        var patents = await AllAsync("patents", "id legalStatus");
        var pairs = Gen.Select(Gen.Int[0, needs.Count - 1], Gen.Int[0, patents.Count - 1]);
        await pairs.SampleAsync(async pair =>
        {
            var (need, patent) = (needs[pair.Item1], patents[pair.Item2]);
            var answer = await _service.AskAsync("""
                query($n: ID!, $p: ID!) {
                  match(needId: $n, patentId: $p) { score explanation { components { points } } }
                  need(id: $n) { matches(first: 20) { nodes { score patent { id legalStatus } explanation { components { points } } } } }
                  patent(id: $p) { matches(first: 20) { nodes { score need { id status } explanation { components { points } } } } }
                }
                """, new { n = Text(need, "id"), p = Text(patent, "id") });
            Assert.Null(answer["errors"]);
            var data = answer["data"]!;
            var all = Nodes(data["need"]!).Concat(Nodes(data["patent"]!)).Append(data["match"]!).ToList();
            Assert.All(all, m => Assert.Equal(Score(m), m["explanation"]!["components"]!.AsArray().Sum(c => c!["points"]!.GetValue<double>()), 0.01));
            Assert.All(Nodes(data["need"]!), m => Assert.Matches("^(GRANTED|PENDING|UNKNOWN)$", Text(m["patent"]!, "legalStatus")));
            Assert.All(Nodes(data["patent"]!), m => Assert.Equal("OPEN", Text(m["need"]!, "status")));
            foreach (var m in Nodes(data["need"]!).Where(m => Text(m["patent"]!, "id") == Text(patent, "id")).Concat(Nodes(data["patent"]!).Where(m => Text(m["need"]!, "id") == Text(need, "id"))))
                Assert.Equal(Score(data["match"]!), Score(m));
            // The same pair from the other side, for the best few in either list.
            foreach (var m in Nodes(data["need"]!).Take(3))
                Assert.Equal(Score(m), await PairAsync(Text(need, "id"), Text(m["patent"]!, "id")));
            foreach (var m in Nodes(data["patent"]!).Take(3))
                Assert.Equal(Score(m), await PairAsync(Text(m["need"]!, "id"), Text(patent, "id")));
            // Tried as a text, where the text is all there is.
            if (need["keywords"]!.AsArray().Count + need["ipcHints"]!.AsArray().Count == 0)
            {
                var tried = await _service.AskAsync("query($t: String, $d: String!, $i: String) { tryNeed(title: $t, description: $d, industryCode: $i, first: 20) { score patent { id } } }",
                    new { t = Text(need, "title"), d = Text(need, "description"), i = need["industryCode"]?.GetValue<string>() });
                Assert.Equal(
                    Nodes(data["need"]!).Select(m => (Text(m["patent"]!, "id"), Score(m))),
                    tried["data"]!["tryNeed"]!.AsArray().Select(m => (Text(m!["patent"]!, "id"), Score(m))));
            }
        }, iter: 15, threads: 1);
    }

    [Fact]
    public async Task A_dead_patent_has_no_matches_and_is_in_none()
    {
        var dead = await AllAsync("patents", "legalStatus matches { totalCount }", "where: { legalStatus: { in: [LAPSED, EXPIRED, INVALIDATED, WITHDRAWN, REJECTED] } }");
        Assert.NotEmpty(dead);
        Assert.All(dead, p => Assert.Equal(0, p["matches"]!["totalCount"]!.GetValue<int>()));
    }

    [Fact]
    public async Task Pages_add_up_to_the_list()
    {
        const string Query = "query($a: String, $n: Int) { needs(where: { title: { startsWith: \"想给果园机器人\" } }) { nodes { matches(first: $n, after: $a) { pageInfo { hasNextPage endCursor } nodes { rank score patent { id } } } } } }";
        var whole = (await _service.AskAsync(Query, new { n = 50 }))["data"]!["needs"]!["nodes"]![0]!;
        var (paged, after) = (new List<JsonNode>(), (string?)null);
        while (paged.Count < 50)
        {
            var page = (await _service.AskAsync(Query, new { a = after, n = 7 }))["data"]!["needs"]!["nodes"]![0]!;
            paged.AddRange(Nodes(page));
            Assert.True(page["matches"]!["pageInfo"]!["hasNextPage"]!.GetValue<bool>());
            after = page["matches"]!["pageInfo"]!["endCursor"]!.GetValue<string>();
        }
        Assert.Equal(Nodes(whole).Select(m => m.ToJsonString()), paged.Take(50).Select(m => m.ToJsonString()));
    }

    [Fact]
    public async Task Of_more_needs_than_a_list_reaches_the_best_are_found_without_reading_them_all()
    {
        await using var service = await RunningService.StartAsync();
        string[] others = ["果园采摘机器人导航", "印染废水脱色", "冷链物流温度监测", "竹材防霉处理", "陶瓷釉料配方", "鱼塘增氧控制", "玻璃幕墙清洗", "茶叶烘焙除尘"];
        await using (var store = service.Stores.Open("test"))
        {
            for (var i = 0; i < 1300; i++)
            {
                var title = i % 500 == 250 ? $"硅碳负极材料膨胀小的制备{i}" : $"{others[i % others.Length]}{i}";
                store.Needs.Add(new Need { Id = store.NewKey(), Status = NeedStatus.Open, Title = title, Description = title + "，成本低", CreatedAt = store.Now, UpdatedAt = store.Now });
            }
            await store.CommitAsync();
        }
        Assert.Null((await service.AskAsync("mutation { publishPatent(input: { publicationNumber: \"CN102889890B\", title: \"一种膨胀小的硅碳负极材料及其制备方法\", legalStatus: GRANTED }) { errors { ... on Error { message } } } }"))["data"]!["publishPatent"]!["errors"]);
        await service.MatchedAsync();
        var answer = await service.AskAsync("{ patents { nodes { id matches(first: 4) { totalCount nodes { score need { id title } } } } } }");
        var patent = answer["data"]!["patents"]!["nodes"]![0]!;
        var best = Nodes(patent).ToList();
        Assert.Equal(["硅碳负极材料膨胀小的制备1250", "硅碳负极材料膨胀小的制备250", "硅碳负极材料膨胀小的制备750"], best.Take(3).Select(m => Text(m["need"]!, "title")).Order(StringComparer.Ordinal));
        Assert.InRange(patent["matches"]!["totalCount"]!.GetValue<int>(), 3, 1000);
        var pair = await service.AskAsync("query($n: ID!, $p: ID!) { match(needId: $n, patentId: $p) { score } }", new { n = Text(best[0]["need"]!, "id"), p = Text(patent, "id") });
        Assert.Equal(Score(best[0]), Score(pair["data"]!["match"]!));
    }

    private async Task<double> PairAsync(string need, string patent) =>
        Score((await _service.AskAsync("query($n: ID!, $p: ID!) { match(needId: $n, patentId: $p) { score } }", new { n = need, p = patent }))["data"]!["match"]!);

    private async Task<List<JsonNode>> AllAsync(string list, string fields, string filter = "")
    {
        var (all, after) = (new List<JsonNode>(), (string?)null);
        while (true)
        {
            var page = (await _service.AskAsync($"query($a: String) {{ {list}({filter} first: 50, after: $a) {{ pageInfo {{ hasNextPage endCursor }} nodes {{ {fields} }} }} }}", new { a = after }))["data"]![list]!;
            all.AddRange(page["nodes"]!.AsArray()!);
            if (!page["pageInfo"]!["hasNextPage"]!.GetValue<bool>())
                return all;
            after = page["pageInfo"]!["endCursor"]!.GetValue<string>();
        }
    }

    private static IEnumerable<JsonNode> Nodes(JsonNode parent) => parent["matches"]!["nodes"]!.AsArray()!;

    private static double Score(JsonNode match) => match["score"]!.GetValue<double>();

    private static string Text(JsonNode node, string field) => node[field]!.GetValue<string>();
}
