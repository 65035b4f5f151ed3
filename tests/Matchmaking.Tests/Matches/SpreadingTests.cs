using System.Text.Json.Nodes;
using CsCheck;
using Matchmaking.Matches;
using Matchmaking.Tests.Running;
using Xunit;

namespace Matchmaking.Tests.Matches;

/// <summary>No holder and no twin fills a list where others are about as good; pages, places and scores stay those of one list.</summary>
public sealed class SpreadingTests(DemoService demo) : IClassFixture<DemoService>
{
    [Fact]
    public void Whose_patents_fill_the_list_is_passed_by_others_about_as_good_and_by_none_much_worse()
    {
        (Guid, double, long?, long?)[] ranked =
        [
            (Key(1), 90, 1, 11), (Key(2), 90, 1, 11), (Key(3), 89.9, 1, 12), (Key(4), 89.2, 2, 21), (Key(5), 70, null, null), (Key(6), 60, 3, 31),
        ];
        // The second is the first one's twin and eight and a half points later, the third its holder's third.
        Assert.Equal([(1, 90), (4, 89.2), (3, 88.9), (2, 81.5), (5, 70), (6, 60)], Listed(ranked));
    }

    [Fact]
    public void Nobody_falls_further_than_the_bounds_and_who_has_one_patent_never_does() => Gen.Select(Gen.Double[0, 100], Gen.Int[-1, 5], Gen.Long[0, 2]).List[0, 60].Sample(drawn =>
    {
        var ranked = drawn.Select((d, i) => (Key(i), d.Item1, Holder: d.Item2 < 0 ? null : (long?)d.Item2, Twin: d.Item2 < 0 ? null : (d.Item2 * 10) + (long?)d.Item3)).OrderByDescending(d => d.Item2).ThenBy(d => d.Item1).ToList();
        var listed = Spreading.Of(ranked);
        Assert.Equal(ranked.Select(r => (r.Item1, r.Item2)).Order(), listed.Select(l => (l.Key, l.Points)).Order());
        Assert.All(listed, l => Assert.InRange(l.Points - l.Order, 0, Spreading.MostOfHolder + Spreading.MostOfTwin));
        Assert.All(ranked.GroupBy(r => r.Holder).Where(g => g.Key is null || g.Count() == 1).SelectMany(g => g), r => Assert.Contains(listed, l => l.Key == r.Item1 && l.Order == l.Points));
        Assert.Equal(listed.OrderByDescending(l => l.Order).ThenBy(l => l.Key), listed);
    });

    [Fact]
    public async Task Pages_put_together_are_the_list_and_its_scores_are_those_of_the_pairs()
    {
        var needs = (await demo.Service.AskAsync("{ needs(first: 12) { nodes { id } } }"))["data"]!["needs"]!["nodes"]!.AsArray().Select(n => n!["id"]!.GetValue<string>());
        var fell = 0;
        foreach (var need in needs)
        {
            var whole = await PageAsync(need, 49, null);
            var (parts, after) = (new List<JsonNode>(), (string?)null);
            do
            {
                var page = await PageAsync(need, 7, after);
                parts.AddRange(page);
                after = page.Count < 7 ? null : page[^1]["cursor"]!.GetValue<string>();
            }
            while (after is not null && parts.Count < 49);
            Assert.Equal(whole.Select(e => e.ToJsonString()), parts.Take(49).Select(e => e.ToJsonString()));
            Assert.Equal(Enumerable.Range(1, whole.Count), whole.Select(e => e["node"]!["rank"]!.GetValue<int>()));
            var scores = whole.ConvertAll(e => e["node"]!["score"]!.GetValue<double>());
            fell += scores.Zip(scores.Skip(1)).Count(pair => pair.First < pair.Second);
            Assert.All(scores.Select((score, i) => scores.Skip(i + 1).DefaultIfEmpty(0).Max() - score), fall => Assert.InRange(fall, double.NegativeInfinity, Spreading.MostOfHolder + Spreading.MostOfTwin));
        }
        // Else the demo shows nothing of it.
        Assert.InRange(fell, 1, int.MaxValue);
    }

    private async Task<List<JsonNode>> PageAsync(string need, int first, string? after) =>
        [.. (await demo.Service.AskAsync("query($id: ID!, $first: Int, $after: String) { need(id: $id) { matches(first: $first, after: $after) { edges { cursor node { rank score patent { id } } } } } }", new { id = need, first, after }))["data"]!["need"]!["matches"]!["edges"]!.AsArray().Select(e => e!)];

    private static IEnumerable<(int, double)> Listed((Guid, double, long?, long?)[] ranked) => Spreading.Of(ranked).Select(l => ((int)l.Key.ToByteArray()[0], Math.Round(l.Order, 6)));

    private static Guid Key(int number) => new(number, 0, 0, new byte[8]);
}
