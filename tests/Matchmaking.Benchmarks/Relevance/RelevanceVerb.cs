using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Lucene.Net.Analysis.Cjk;
using Lucene.Net.Analysis.Standard;
using Lucene.Net.Util;
using Matchmaking.Matches;
using Matchmaking.Search.Analysis;

namespace Matchmaking.Benchmarks.Relevance;

/// <summary>How good is the ranking? Our matching beside plain Lucene on a judged collection, by default the demo's.</summary>
internal static class RelevanceVerb
{
    private const int Resamples = 2000;

    public static async Task<int> RunAsync(string[] args)
    {
        var options = Options.Of(args);
        var demo = Path.Combine(Repository.Root, "data-seeds", "demo");
        using var collection = options.TryGetValue("data", out var data) ? await Collection.OfAnswersAsync(data) : await Collection.LoadAsync(
            options.TryGetValue("patents", out var patents) ? [patents] : [Path.Combine(demo, "patents-1.csv"), Path.Combine(demo, "patents-2.xlsx")],
            options.GetValueOrDefault("needs", Path.Combine(demo, "needs.xlsx")),
            options.GetValueOrDefault("judgements", Path.Combine(demo, "judgements.tsv")),
            options.GetValueOrDefault("associations"));
        var version = LuceneVersion.LUCENE_48;
        IRanker[] rankers =
        [
            .. new[] { false, true }.SelectMany(text => new IRanker[]
            {
                new LuceneRanker("CJKAnalyzer", new CJKAnalyzer(version), text, collection.Patents),
                new LuceneRanker("StandardAnalyzer", new StandardAnalyzer(version), text, collection.Patents),
                new LuceneRanker("SmartChineseAnalyzer", new SmartChineseAnalyzer(version), text, collection.Patents),
            }),
            new OurRanker(collection, "ours", MatchWeights.Shipped),
        ];
        Console.WriteLine($"{collection.Needs.Count} judged needs, {collection.Patents.Count} patents; means, and half the width of a 95 % bootstrap interval");
        Console.WriteLine($"{"",-46} {"nDCG@10",-16} {"P@5",-16} {"MRR",-16} {"recall@5",-16} {"recall@100",-16}");
        foreach (var ranker in rankers)
        {
            var metrics = MeasureAll(ranker, collection);
            Console.WriteLine(Row(ranker.Name, metrics));
            if (ranker is OurRanker)
            {
                PrintSpeed(ranker, collection);
                Ablation.Print(collection, Row);
                Calibration.Print(collection);
                Exposure.Print(collection);
                var run = Run.Of(collection.Needs, metrics);
                if (options.TryGetValue("against", out var before))
                    run.CompareWith(Run.Read(before), Console.Out);
                if (options.TryGetValue("save", out var file))
                    run.Write(file);
                Console.WriteLine(JsonSerializer.Serialize(new
                {
                    ndcg10 = Mean(metrics, m => m.Ndcg10),
                    p5 = Mean(metrics, m => m.P5),
                    mrr = Mean(metrics, m => m.Mrr),
                    recall5 = Mean(metrics, m => m.Recall5),
                    recall100 = Mean(metrics, m => m.Recall100),
                    needs = metrics.Count,
                }));
            }
        }
        return 0;
    }

    // The second time, when all is compiled and what is read once was read; one thread, needs analysed anew.
    private static void PrintSpeed(IRanker ranker, Collection collection)
    {
        var start = Stopwatch.GetTimestamp();
        foreach (var need in collection.Needs)
            ranker.Score(need);
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {(double)collection.Needs.Count * collection.Patents.Count / seconds:N0} pairs scored a second by one thread"));
    }

    /// <summary>What each need's list is worth.</summary>
    public static List<Metrics> MeasureAll(IRanker ranker, Collection collection) =>
        collection.Needs.ConvertAll(need => Measure(ranker.Score(need), collection.Judgements[need.Id]));

    /// <summary>A line of the table.</summary>
    public static string Row(string name, List<Metrics> metrics) => string.Create(CultureInfo.InvariantCulture,
        $"{name,-46} {Cell(metrics, m => m.Ndcg10)} {Cell(metrics, m => m.P5)} {Cell(metrics, m => m.Mrr)} {Cell(metrics, m => m.Recall5)} {Cell(metrics, m => m.Recall100)}");

    /// <summary>What the scores of one need's patents are worth.</summary>
    public static Metrics Measure(Dictionary<Guid, double> scores, Dictionary<Guid, int> grades)
    {
        // Ties end in the key, which has nothing to do with the grade.
        List<Guid> judged = [.. grades.Keys.OrderByDescending(key => scores.GetValueOrDefault(key)).ThenBy(key => key)];
        List<Guid> all = [.. scores.OrderByDescending(s => s.Value).ThenBy(s => s.Key).Take(100).Select(s => s.Key)];
        return Metrics.Of(judged, all, grades);
    }

    private static string Cell(List<Metrics> metrics, Func<Metrics, double> of) =>
        string.Create(CultureInfo.InvariantCulture, $"{Mean(metrics, of):0.000} ± {HalfWidth(metrics, of):0.000}  ");

    private static double Mean(IEnumerable<Metrics> metrics, Func<Metrics, double> of) => metrics.Select(of).Where(v => !double.IsNaN(v)).DefaultIfEmpty().Average();

    private static double HalfWidth(List<Metrics> metrics, Func<Metrics, double> of)
    {
        var random = new Random(1);
        var means = Enumerable.Range(0, Resamples).Select(_ => Mean(Enumerable.Range(0, metrics.Count).Select(_ => metrics[random.Next(metrics.Count)]), of)).Order().ToList();
        return (means[(int)(Resamples * 0.975)] - means[(int)(Resamples * 0.025)]) / 2;
    }
}
