using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Matchmaking.Benchmarks;

/// <summary>Technical Chinese to measure on: the demo's texts where they are, the tests' own sentences, and made-up ones.</summary>
/// <remarks>
/// The made-up sentences are walks through the bigram table, each next word drawn by its frequency: short texts repeated
/// would be learned by heart by the processor and flatter both sides.
/// </remarks>
internal static partial class BenchmarkText
{
    private const int Length = 400_000;

    public static string Read()
    {
        var text = new StringBuilder();
        string demo = Repository.PathTo("data-seeds", "demo");
        if (Directory.Exists(demo))
        {
            foreach (string file in Directory.EnumerateFiles(demo, "*.csv").Order(StringComparer.Ordinal))
                text.Append(File.ReadAllText(file)).Append('\n');
        }
        foreach (string line in File.ReadLines(Repository.PathTo(
            "tests", "Matchmaking.Search.Tests", "Segmentation", "own-sentences.tsv")))
        {
            string sentence = line[..line.IndexOf('\t', StringComparison.Ordinal)];
            // The long run-ons there test limits; they aren't what people write.
            if (sentence.Length is > 0 and < 400 && !Escape().IsMatch(sentence))
                text.Append(sentence).Append('\n');
        }
        MakeUp(text);
        return text.ToString();
    }

    private static void MakeUp(StringBuilder text)
    {
        var followers = new Dictionary<string, List<(string Word, int UpTo)>>(StringComparer.Ordinal);
        foreach (string line in File.ReadLines(Repository.PathTo("data-seeds", "lexicon", "bigrams.tsv")))
        {
            string[] cells = line.Split('\t');
            if (!followers.TryGetValue(cells[0], out var list))
                followers.Add(cells[0], list = []);
            list.Add((cells[1], (list.Count > 0 ? list[^1].UpTo : 0) + int.Parse(cells[2], CultureInfo.InvariantCulture)));
        }

        var random = new Random(1);
        string word = "始##始";
        while (text.Length < Length)
        {
            if (!followers.TryGetValue(word, out var list))
            {
                text.Append('\n');
                word = "始##始";
                continue;
            }
            int drawn = random.Next(list[^1].UpTo);
            word = list.Find(follower => follower.UpTo > drawn).Word;
            text.Append(word switch
            {
                "末##末" => "。\n",
                "未##数" => random.Next(10_000).ToString(CultureInfo.InvariantCulture),
                "未##串" => "SiC",
                _ => word.Contains('#', StringComparison.Ordinal) ? "王" : word,
            });
        }
    }

    [GeneratedRegex(@"\\u[0-9a-f]{4}", RegexOptions.CultureInvariant)]
    private static partial Regex Escape();
}
