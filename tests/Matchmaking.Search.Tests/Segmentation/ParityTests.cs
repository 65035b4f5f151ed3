using Lucene.Net.Util;
using Matchmaking.Search.Analysis;

namespace Matchmaking.Search.Tests.Segmentation;

/// <summary>Token for token what Lucene 8.7's own SmartChineseAnalyzer gives.</summary>
public class ParityTests
{
    private readonly SmartChineseAnalyzer analyzer = new(LuceneVersion.LUCENE_48);

    [SkippableFact]
    public void All_shared_golden_sentences()
    {
        string golden = Repository.PathTo("..", "shared", "lexicon", "golden.tsv");
        Skip.IfNot(File.Exists(golden), $"SKIPPED: {golden} is not there, so parity on the golden sentences is not shown.");

        int lines = 0;
        foreach (string line in File.ReadLines(golden))
        {
            int tab = line.IndexOf('\t', StringComparison.Ordinal);
            Assert.Equal(line[(tab + 1)..], Tokens.Print(analyzer, line[..tab]));
            lines++;
        }
        Assert.Equal(1997, lines);
    }

    /// <summary>The expected tokens were taken from Lucene's own jar.</summary>
    [Fact]
    public void All_own_sentences()
    {
        int lines = 0;
        foreach (string line in File.ReadLines(Repository.PathTo(
            "tests", "Matchmaking.Search.Tests", "Segmentation", "own-sentences.tsv")))
        {
            string[] cells = line.Split('\t');
            Assert.Equal(Escapes.Read(cells[1]), Tokens.Print(analyzer, Escapes.Read(cells[0])));
            lines++;
        }
        Assert.True(lines >= 300, $"only {lines} sentences");
    }
}
