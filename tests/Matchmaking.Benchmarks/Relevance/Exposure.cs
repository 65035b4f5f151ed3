using System.Globalization;
using Matchmaking.Matches;

namespace Matchmaking.Benchmarks.Relevance;

/// <summary>Is the stock shown fairly: which share of it stands in the first twenty of any need, and how unevenly.</summary>
internal static class Exposure
{
    private const int First = 20;

    public static void Print(Collection collection)
    {
        using var patents = collection.Indexes.Patents.Acquire();
        var shown = collection.Patents.ToDictionary(p => p.Id, _ => 0);
        foreach (var need in collection.Needs)
        {
            foreach (var hit in patents.Rank(Scoring.Query(need), null, First).Hits)
                shown[hit.Key]++;
        }
        var counts = shown.Values.Order().ToList();
        var total = Math.Max(1, counts.Sum());
        var gini = counts.Select((count, i) => ((2.0 * (i + 1)) - counts.Count - 1) * count).Sum() / (counts.Count * (double)total);
        var places = Math.Min(counts.Count, total);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"exposure: {counts.Count(c => c > 0)} of {counts.Count} patents stand in the first {First} of a need ({100.0 * counts.Count(c => c > 0) / places:0} % of what {total} places could show), Gini {gini:0.000}, the most shown {counts[^1]} times"));
    }
}
