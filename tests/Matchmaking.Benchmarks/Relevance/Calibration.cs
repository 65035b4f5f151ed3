using System.Globalization;
using Matchmaking.Matches;

namespace Matchmaking.Benchmarks.Relevance;

/// <summary>Do points mean what they say: of the judged patents with about so many, how many have grade 2 or 3?</summary>
internal static class Calibration
{
    public static void Print(Collection collection)
    {
        using var patents = collection.Indexes.Patents.Acquire();
        var judged = new List<(double Points, bool Useful)>();
        foreach (var need in collection.Needs)
        {
            var query = Scoring.Query(need);
            var grades = collection.Judgements[need.Id].ToList();
            var scores = patents.Score(query, [.. grades.Select(g => g.Key)]);
            judged.AddRange(grades.Select((grade, i) => (Scoring.Points(patents, query, scores[i]), grade.Value >= 2)));
        }
        Console.WriteLine("points: judged patents, mean points, share of grade 2 or 3");
        foreach (var band in judged.GroupBy(j => Math.Min(9, (int)(j.Points / 10))).OrderBy(b => b.Key))
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"  {band.Key * 10,3}–{(band.Key * 10) + 10,-3} {band.Count(),6} {band.Average(j => j.Points),7:0.0} {100 * band.Average(j => j.Useful ? 1.0 : 0),7:0.0} %"));
        }
    }
}
