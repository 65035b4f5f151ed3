using System.Globalization;
using Matchmaking.Matches;
using Matchmaking.Patents;

namespace Matchmaking.Benchmarks.Relevance;

/// <summary>Is the stock shown fairly: which share of it stands in the first twenty of any need, how unevenly, and how many holders and titles the first ten show.</summary>
internal static class Exposure
{
    private const int First = 20;
    private const int Seen = 10;

    public static void Print(Collection collection)
    {
        using var patents = collection.Indexes.Patents.Acquire();
        var shown = collection.Patents.ToDictionary(p => p.Id, _ => 0);
        var byId = collection.Patents.ToDictionary(p => p.Id);
        var (byScore, spread) = (new Tally(byId), new Tally(byId));
        foreach (var need in collection.Needs)
        {
            var listed = Matcher.Listed(patents, Scoring.Query(need), null, int.MaxValue);
            foreach (var hit in listed.Take(First))
                shown[hit.Key]++;
            spread.Add([.. listed.Take(Seen).Select(l => l.Key)], listed.ToDictionary(l => l.Key, l => l.Order), collection.Judgements[need.Id]);
            byScore.Add([.. listed.OrderByDescending(l => l.Points).ThenBy(l => l.Key).Take(Seen).Select(l => l.Key)], listed.ToDictionary(l => l.Key, l => l.Points), collection.Judgements[need.Id]);
        }
        var counts = shown.Values.Order().ToList();
        var total = Math.Max(1, counts.Sum());
        var gini = counts.Select((count, i) => ((2.0 * (i + 1)) - counts.Count - 1) * count).Sum() / (counts.Count * (double)total);
        var places = Math.Min(counts.Count, total);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"exposure: {counts.Count(c => c > 0)} of {counts.Count} patents stand in the first {First} of a need ({100.0 * counts.Count(c => c > 0) / places:0} % of what {total} places could show), Gini {gini:0.000}, the most shown {counts[^1]} times"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"the first {Seen} by score: {byScore}; as they are listed: {spread}"));
    }

    /// <summary>What the first of many lists show.</summary>
    private sealed class Tally(Dictionary<Guid, Patent> patents)
    {
        private readonly List<(double Holders, double Titles, double Ndcg10)> _lists = [];

        public void Add(List<Guid> first, Dictionary<Guid, double> order, Dictionary<Guid, int> judged)
        {
            // Scores below zero, as the last of a list may have, mean no match to the metric: only the order counts here.
            var least = order.Count == 0 ? 0 : order.Values.Min();
            _lists.Add((
                first.Select(p => patents[p].HolderId).Where(h => h is not null).Distinct().Count(),
                first.Select(p => PatentTitle.Normalized(patents[p].Title)).Distinct(StringComparer.Ordinal).Count(),
                RelevanceVerb.Measure(order.ToDictionary(o => o.Key, o => o.Value - least + 1), judged).Ndcg10));
        }

        public override string ToString() => string.Create(CultureInfo.InvariantCulture,
            $"{_lists.Average(l => l.Holders):0.00} holders, {_lists.Average(l => l.Titles):0.00} titles, nDCG@10 {_lists.Average(l => l.Ndcg10):0.0000}");
    }
}
