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
        var ratios = new List<(double Ratio, bool Useful)>();
        var byId = collection.Patents.ToDictionary(p => p.Id);
        var figures = new List<(FigureVerdict Verdict, bool Useful)>();
        foreach (var need in collection.Needs)
        {
            var query = Scoring.Query(need);
            var grades = collection.Judgements[need.Id].ToList();
            var scores = patents.Score(query, [.. grades.Select(g => g.Key)]);
            var deviation = patents.Deviation(query);
            ratios.AddRange(grades.Select((grade, i) => (scores[i] / Math.Max(1e-9, deviation), grade.Value >= 2)));
            figures.AddRange(grades.SelectMany(grade => Requirements.Check(need, byId[grade.Key], patents.Schema.Associations).SelectMany(r => r.Figures).Select(f => (f.Verdict, grade.Value >= 2))));
            judged.AddRange(grades.Select((grade, i) => (Scoring.Points(patents, query, scores[i]), grade.Value >= 2)));
        }
        foreach (var verdict in figures.GroupBy(f => f.Verdict).OrderBy(g => g.Key))
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"figures of judged pairs: {verdict.Count()} {verdict.Key}, {100.0 * verdict.Count(f => f.Useful) / verdict.Count():0} % of them in pairs of grade 2 or 3"));
        Console.WriteLine("points: judged patents, mean points, share of grade 2 or 3");
        foreach (var band in judged.GroupBy(j => Math.Min(9, (int)(j.Points / 10))).OrderBy(b => b.Key))
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"  {band.Key * 10,3}–{(band.Key * 10) + 10,-3} {band.Count(),6} {band.Average(j => j.Points),7:0.0} {100 * band.Average(j => j.Useful ? 1.0 : 0),7:0.0} %"));
        }
        var (even, steepness) = Fit(ratios);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  fitted to these judgements alone: even {even:0.0}, steepness {steepness:0.0}"));
    }

    // The least log-loss on a coarse grid.
    private static (double Even, double Steepness) Fit(List<(double Ratio, bool Useful)> ratios)
    {
        var (best, least) = ((Even: 1.0, Steepness: 1.0), double.MaxValue);
        for (var even = 2.0; even < 60; even *= 1.05)
        {
            for (var steepness = 0.6; steepness < 6; steepness += 0.2)
            {
                var loss = ratios.Sum(r =>
                {
                    var p = Math.Clamp(Scoring.Points(1, r.Ratio, MatchWeights.Shipped with { Even = even, Steepness = steepness }) / 100, 1e-4, 1 - 1e-4);
                    return -Math.Log(r.Useful ? p : 1 - p);
                });
                if (loss < least)
                    (best, least) = ((even, steepness), loss);
            }
        }
        return best;
    }
}
