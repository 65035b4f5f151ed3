using System.Globalization;
using Matchmaking.Matches;

namespace Matchmaking.Benchmarks.Relevance;

/// <summary>Do points mean what they say: of the judged patents with about so many, how many have grade 2 or 3?</summary>
internal static class Calibration
{
    private const int Folds = 5;

    public static void Print(Collection collection)
    {
        using var patents = collection.Indexes.Patents.Acquire();
        var judged = new List<Judged>();
        var byId = collection.Patents.ToDictionary(p => p.Id);
        var figures = new List<(FigureVerdict Verdict, bool Useful)>();
        foreach (var (i, need) in collection.Needs.Index())
        {
            var query = Scoring.Query(need);
            var grades = collection.Judgements[need.Id].ToList();
            var scores = patents.Score(query, [.. grades.Select(g => g.Key)]);
            var deviation = patents.Deviation(query);
            figures.AddRange(grades.SelectMany(grade => Requirements.Check(need, byId[grade.Key], patents.Schema.Associations).SelectMany(r => r.Figures).Select(f => (f.Verdict, grade.Value >= 2))));
            judged.AddRange(grades.Select((grade, j) => new Judged(i % Folds, byId[grade.Key].IsDescribed(), deviation, scores[j], grade.Value >= 2)));
        }
        foreach (var verdict in figures.GroupBy(f => f.Verdict).OrderBy(g => g.Key))
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"figures of judged pairs: {verdict.Count()} {verdict.Key}, {100.0 * verdict.Count(f => f.Useful) / verdict.Count():0} % of them in pairs of grade 2 or 3"));
        foreach (var kind in judged.GroupBy(j => j.IsDescribed).OrderBy(k => k.Key))
        {
            List<Judged> all = [.. kind];
            Print($"points, {(kind.Key ? "patents with an abstract or claims" : "patents of which only the title is known")}",
                all.Select(j => (Scoring.Points(j.Deviation, j.Score, j.IsDescribed), j.IsUseful)));
            // What a scale that was fitted to other needs would have said.
            var scales = Enumerable.Range(0, Folds).Select(fold => Fit(all.FindAll(j => j.Fold != fold))).ToList();
            Print("the same by scales fitted to the other four fifths of the needs", all.Select(j => (scales[j.Fold].Points(j.Deviation, j.Score), j.IsUseful)));
            var scale = Fit(all);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  fitted to these judgements alone: even {scale.Even:0.0}, steepness {scale.Steepness:0.0}"));
        }
    }

    private static void Print(string title, IEnumerable<(double Points, bool IsUseful)> judged)
    {
        Console.WriteLine($"{title}: judged patents, mean points, share of grade 2 or 3");
        foreach (var band in judged.GroupBy(j => Math.Min(9, (int)(j.Points / 10))).OrderBy(b => b.Key))
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"  {band.Key * 10,3}–{(band.Key * 10) + 10,-3} {band.Count(),6} {band.Average(j => j.Points),7:0.0} {100 * band.Average(j => j.IsUseful ? 1.0 : 0),7:0.0} %"));
        }
    }

    // The least log-loss on a coarse grid. Judges call a few of use whatever the score, and more of them would bend the scale where it matters:
    // so many of a hundred are set apart.
    private static PointScale Fit(List<Judged> judged)
    {
        var (best, least) = (new PointScale(1, 1), double.MaxValue);
        for (var even = 2.0; even < 60; even *= 1.05)
        {
            for (var steepness = 0.6; steepness < 6; steepness += 0.2)
            {
                var scale = new PointScale(even, steepness);
                var shares = judged.ConvertAll(j => (Share: scale.Points(j.Deviation, j.Score) / 100, j.IsUseful));
                foreach (var anyway in (double[])[0.01, 0.02, 0.03, 0.04, 0.05])
                {
                    var loss = shares.Sum(j =>
                    {
                        var p = Math.Min(anyway + ((1 - anyway) * j.Share), 1 - 1e-4);
                        return -Math.Log(j.IsUseful ? p : 1 - p);
                    });
                    if (loss < least)
                        (best, least) = (scale, loss);
                }
            }
        }
        return best;
    }

    private readonly record struct Judged(int Fold, bool IsDescribed, double Deviation, double Score, bool IsUseful);
}
