using System.Diagnostics;
using System.Globalization;
using Matchmaking.Indexing;
using Matchmaking.Matches;
using Matchmaking.Needs;
using Matchmaking.Patents;
using Matchmaking.Recommendations;
using Matchmaking.Search;
using Matchmaking.Search.Ranking;

namespace Matchmaking.Benchmarks.Reverse;

/// <summary>How many new patents a second are matched against how many stored needs, on one core, beside scoring every need.</summary>
internal static class ReverseVerb
{
    public static async Task<int> RunAsync(string[] options)
    {
        var needCount = Number(options, "--needs", 100_000);
        var stockCount = Number(options, "--stock", 20_000);
        var patentCount = Number(options, "--patents", 5_000);
        var sample = Math.Max(1, Number(options, "--sample", 40));
        var seed = Number(options, "--seed", 1);
        var threshold = Number(options, "--threshold", (int)RecommendationSettings.Default.Threshold);
        var directory = Directory.CreateTempSubdirectory("reverse").FullName;
        try
        {
            var invented = await InventedStock.LoadAsync(seed);
            var stock = Enumerable.Range(0, stockCount).Select(_ => invented.Patent()).ToList();
            var needs = Enumerable.Range(0, needCount).Select(_ => invented.Need(stock)).ToList();
            using var indexes = Indexes.Open(directory, long.MaxValue);
            Say($"{needCount} needs, {stockCount} patents in the index, threshold {threshold}, seed {seed}");
            Timed("index", () => Fill(indexes.Patents, stock));
            // The newest of the stock: the index has them by the time they are matched.
            var patents = stock.TakeLast(patentCount).ToList();
            return Match(indexes.Patents, needs, patents, sample, threshold) ? 0 : 1;
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static bool Match(TextIndex index, List<Need> needs, List<Patent> patents, int sample, double threshold)
    {
        using var snapshot = index.Acquire();
        var book = new NeedBook(threshold, index.Schema);
        var before = Memory();
        Timed("needs read and cut into terms", () => needs.ForEach(book.Put));
        var bare = Memory();
        Timed("needs weighed", () => book.Served(snapshot, Terms(snapshot, patents[0]), patents[0].IsDescribed()));
        Say($"  memory: {(bare - before) / 1048576.0:F0} MiB for the needs' terms, {(Memory() - bare) / 1048576.0:F0} MiB for what finds them");

        // Twice: the first round is what comes right after a commit, when nothing is known of the new statistics, and pays for compiling.
        for (var round = 1; round <= 2; round++)
        {
            var (analysed, matched, found) = (0L, 0L, 0);
            var cpu = Process.GetCurrentProcess().TotalProcessorTime;
            foreach (var patent in patents)
            {
                var start = Stopwatch.GetTimestamp();
                var terms = Terms(snapshot, patent);
                var cut = Stopwatch.GetTimestamp();
                found += book.Served(snapshot, terms, patent.IsDescribed()).Count;
                matched += Stopwatch.GetTimestamp() - cut;
                analysed += cut - start;
            }
            Say($"  round {round}: {Rate(patents.Count, matched)} patents a second matched, {Rate(patents.Count, matched + analysed)} with cutting their texts into terms ({patents.Count / (Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalSeconds:F1} by the processor's time, where others are at work beside); {(double)found / patents.Count:F2} needs found for each");
        }
        Change(index, book, patents);
        using var changed = index.Acquire();
        return BruteForce(changed, book, needs, patents.Take(sample).ToList(), threshold);
    }

    /// <summary>What it costs when so much of the stock has changed that all needs ask anew: once in as many changes.</summary>
    private static void Change(TextIndex index, NeedBook book, List<Patent> patents)
    {
        using var before = index.Acquire();
        var some = patents.Take(3 + before.Statistics.Documents / 1024).ToList();
        foreach (var patent in some)
            index.Put(PatentDocument.Of(patent, null, []));
        index.Commit(before.Position + 1);
        using var after = index.Acquire();
        var terms = Terms(after, patents[0]);
        Timed($"needs asked anew after {some.Count} of {after.Statistics.Documents} patents changed", () => book.Served(after, terms, patents[0].IsDescribed()));
    }

    private static bool BruteForce(IndexSnapshot snapshot, NeedBook book, List<Need> needs, List<Patent> patents, double threshold)
    {
        var terms = patents.ConvertAll(p => Terms(snapshot, p));
        var expected = patents.ConvertAll(_ => new SortedDictionary<Guid, double>());
        var spent = 0L;
        // In parts, so that the peer needn't hold all needs bound to the statistics at once; only scoring is timed.
        foreach (var part in needs.Chunk(2000))
        {
            var queries = part.Select(n => (n.Id, Query: Scoring.Query(n))).ToList();
            foreach (var (_, query) in queries)
                snapshot.ScoreOnly(query, terms[0]);
            var start = Stopwatch.GetTimestamp();
            for (var i = 0; i < patents.Count; i++)
            {
                foreach (var (id, query) in queries)
                {
                    if (Scoring.Points(snapshot, query, snapshot.ScoreOnly(query, terms[i]), patents[i].IsDescribed()) is var points && points >= threshold)
                        expected[i][id] = points;
                }
            }
            spent += Stopwatch.GetTimestamp() - start;
        }
        var same = patents.Index().All(p => expected[p.Index].SequenceEqual(book.Served(snapshot, terms[p.Index], p.Item.IsDescribed()).Select(s => KeyValuePair.Create(s.Entry.Need.Id, s.Points))));
        Say($"  brute force over {patents.Count} of them: {Rate(patents.Count, spent)} a second; {expected.Sum(e => e.Count)} pairs, answers {(same ? "equal to the last bit" : "DIFFERENT")}");
        return same;
    }

    private static void Fill(TextIndex index, List<Patent> stock)
    {
        foreach (var patent in stock)
            index.Put(PatentDocument.Of(patent, null, []));
        index.Commit(stock.Count);
    }

    private static DocumentTerms Terms(IndexSnapshot snapshot, Patent patent) => DocumentTerms.From(snapshot.Schema, Analyzers.Stored, PatentDocument.Of(patent, null, []));

    private static string Rate(int count, long ticks) => (count / Stopwatch.GetElapsedTime(0, ticks).TotalSeconds).ToString("F1", CultureInfo.InvariantCulture);

    private static long Memory() => GC.GetTotalMemory(forceFullCollection: true);

    private static void Timed(string what, Action work)
    {
        var start = Stopwatch.GetTimestamp();
        work();
        Say($"  {what}: {Stopwatch.GetElapsedTime(start).TotalSeconds:F1} s");
    }

    private static void Say(FormattableString line) => Console.WriteLine(FormattableString.Invariant(line));

    private static int Number(string[] options, string name, int otherwise)
    {
        var at = Array.IndexOf(options, name);
        return at >= 0 && at + 1 < options.Length ? int.Parse(options[at + 1], CultureInfo.InvariantCulture) : otherwise;
    }
}
