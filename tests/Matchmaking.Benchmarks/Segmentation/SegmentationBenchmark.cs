using System.Diagnostics;
using System.Globalization;
using Lucene.Net.Analysis;
using Lucene.Net.Analysis.TokenAttributes;
using Lucene.Net.Util;
using Matchmaking.Search.Analysis;
using Matchmaking.Search.Segmentation;

namespace Matchmaking.Benchmarks;

/// <summary>Characters a second on one core, ours beside Lucene's own jar, on the same text in the same run.</summary>
internal static class SegmentationBenchmark
{
    private const int Seconds = 6;
    private const string JarsVariable = "MATCHMAKING_LUCENE_JARS";

    public static int Run()
    {
        string text = BenchmarkText.Read();
        Print($"{text.Length:N0} characters of technical Chinese, one thread, best of {Seconds} s each");

        var clock = Stopwatch.StartNew();
        var lexicon = Lexicon.Default;
        Print($"dictionary ready after {clock.Elapsed.TotalMilliseconds:F0} ms");

        var segmenter = new Segmenter(lexicon);
        long words = Measure("Segmenter", text, () =>
        {
            long count = 0;
            foreach (var _ in segmenter.Segment(text))
                count++;
            return count;
        });
        using var smart = new SmartChineseAnalyzer(LuceneVersion.LUCENE_48);
        long tokens = Measure("SmartChineseAnalyzer", text, () => Count(smart, text));
        return Lucene(text, words, tokens);
    }

    private static long Measure(string name, string text, Func<long> round)
    {
        double best = 0;
        long count = 0;
        long allocated = 0;
        var total = Stopwatch.StartNew();
        while (total.Elapsed.TotalSeconds < Seconds)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            long start = Stopwatch.GetTimestamp();
            count = round();
            best = Math.Max(best, text.Length / Stopwatch.GetElapsedTime(start).TotalSeconds);
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }
        Print($"{name,-34}{best / 1e6,8:F2} M characters/s  {(double)allocated / text.Length:F4} bytes allocated per character  {count:N0} tokens");
        return count;
    }

    private static long Count(Analyzer analyzer, string text)
    {
        using var stream = analyzer.GetTokenStream("text", text);
        var term = stream.GetAttribute<ICharTermAttribute>();
        long count = 0;
        stream.Reset();
        while (stream.IncrementToken())
            count += term.Length > 0 ? 1 : 0;
        stream.End();
        return count;
    }

    private static int Lucene(string text, long words, long tokens)
    {
        // Debian's folder for jars, unless another is named.
        string folder = Environment.GetEnvironmentVariable(JarsVariable) ?? "/usr/share/java";
        string[] names = ["lucene-core", "lucene-analyzers-common", "lucene-analyzers-smartcn"];
        string[] jars = [.. names.Select(name => Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, $"{name}*.jar").Order(StringComparer.Ordinal).FirstOrDefault() ?? ""
            : "")];
        if (jars.Contains(""))
        {
            Print($"Lucene's jars aren't in {folder} (liblucene8-java has them; {JarsVariable} names another folder): nothing to compare with.");
            return 0;
        }

        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, text);
            string source = Repository.PathTo("tests", "Matchmaking.Benchmarks", "Segmentation", "LuceneSegmentation.java");
            var start = new ProcessStartInfo("java")
            {
                RedirectStandardOutput = true,
                ArgumentList =
                {
                    "-cp", string.Join(Path.PathSeparator, jars), source, file, (2 * Seconds).ToString(CultureInfo.InvariantCulture),
                },
            };
            using var java = Process.Start(start) ?? throw new InvalidOperationException("java did not start.");
            string[] figures = java.StandardOutput.ReadToEnd().Split(' ', '\n');
            java.WaitForExit();
            if (java.ExitCode != 0)
                return 1;
            Print($"{"Lucene HMMChineseTokenizer",-34}{Number(figures[0]) / 1e6,8:F2} M characters/s  {Number(figures[2]):N0} tokens");
            Print($"{"Lucene SmartChineseAnalyzer",-34}{Number(figures[1]) / 1e6,8:F2} M characters/s  {Number(figures[3]):N0} tokens");
            bool same = Number(figures[2]) == words && Number(figures[3]) == tokens;
            Print(same ? "same number of tokens in both" : "NOT THE SAME number of tokens");
            return same ? 0 : 1;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Print($"There is no java to run Lucene with: nothing to compare with.");
            return 0;
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static double Number(string figure) => double.Parse(figure, CultureInfo.InvariantCulture);

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    private static void Print(string line) => Console.WriteLine(line);
}
