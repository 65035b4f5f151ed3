using System.Globalization;
using Matchmaking.Matches;
using Matchmaking.Patents;

namespace Matchmaking.Benchmarks.Relevance;

/// <summary>Which score is worth telling? For each threshold how many are told and how many of the judged among them are of use.</summary>
internal static class ThresholdVerb
{
    private const int PerNeed = 5;

    public static async Task<int> RunAsync()
    {
        var demo = Path.Combine(Repository.Root, "data-seeds", "demo");
        using var collection = await Collection.LoadAsync(
            [Path.Combine(demo, "patents-1.csv"), Path.Combine(demo, "patents-2.xlsx")], Path.Combine(demo, "needs.xlsx"), Path.Combine(demo, "judgements.tsv"));
        using var patents = collection.Indexes.Patents.Acquire();
        var living = PatentDocument.Living(DateOnly.FromDateTime(DateTime.UtcNow));
        var told = collection.Needs.ConvertAll(need =>
        {
            var query = Scoring.Query(need);
            return (Grades: collection.Judgements[need.Id], Hits: Matcher.Listed(patents, query, living, Matcher.Reach).OrderByDescending(h => h.Points).ToList());
        });
        var useful = told.Sum(n => n.Grades.Values.Count(g => g >= 2));
        Console.WriteLine($"{told.Count} judged needs, {useful} patents of grade 2 or 3; 'first {PerNeed}' counts the best {PerNeed} of a need only");
        Console.WriteLine($"{"threshold",9} {"told",6} {"judged",7} {"grade>=2",9} {"of judged",10} {"of told",8} {"recall",7} | first {PerNeed}: {"told",5} {"grade>=2",9} {"of judged",10} {"of told",8} {"recall",7} {"needs told",11}");
        for (var threshold = 20; threshold <= 80; threshold += 5)
        {
            var all = told.ConvertAll(n => n.Hits.Where(h => h.Points >= threshold).Select(h => n.Grades.TryGetValue(h.Key, out var g) ? g : -1).ToList());
            var first = all.ConvertAll(n => n.Take(PerNeed).ToList());
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{threshold,9} {Row(all, useful)} |        {Row(first, useful)} {all.Count(n => n.Count > 0),11}"));
        }
        return 0;
    }

    private static string Row(List<List<int>> grades, int useful)
    {
        var all = grades.SelectMany(g => g).ToList();
        var (judged, good) = (all.Count(g => g >= 0), all.Count(g => g >= 2));
        return string.Create(CultureInfo.InvariantCulture, $"{all.Count,6} {judged,7} {good,9} {(double)good / Math.Max(1, judged),10:0.000} {(double)good / Math.Max(1, all.Count),8:0.000} {(double)good / useful,7:0.000}");
    }
}
