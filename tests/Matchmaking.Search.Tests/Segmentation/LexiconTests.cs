using Matchmaking.Search.Segmentation;

namespace Matchmaking.Search.Tests.Segmentation;

public class LexiconTests
{
    [Fact]
    public void The_embedded_dictionary_is_the_one_built_from_data_seeds()
    {
        using var words = new StreamReader(Repository.PathTo("data-seeds", "lexicon", "words.tsv"));
        using var bigrams = new StreamReader(Repository.PathTo("data-seeds", "lexicon", "bigrams.tsv"));

        // Compared unpacked: another version of Brotli may pack the same bytes otherwise.
        Assert.True(
            LexiconReader.Unpack().AsSpan().SequenceEqual(LexiconBuilder.Build(words, bigrams)),
            "data-seeds/lexicon has changed: run the benchmarks' lexicon verb and commit lexicon.br.");
    }

    [Theory]
    [InlineData("词\t1\n词\t2", "", "words, line 2")]
    [InlineData("词", "", "words, line 1")]
    [InlineData("词\t-1", "", "\"-1\" is not a frequency")]
    [InlineData("词\t1", "词\t典\t1", "bigrams, line 1")]
    [InlineData("词\t1", "词\t词\t1\n词\t词\t1", "bigrams, line 2")]
    public void A_broken_table_is_refused_with_the_line(string words, string bigrams, string message)
    {
        var error = Assert.Throws<InvalidDataException>(
            () => LexiconBuilder.Build(new StringReader(words), new StringReader(bigrams)));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }
}
