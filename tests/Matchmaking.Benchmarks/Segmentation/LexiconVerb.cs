using System.Globalization;
using Matchmaking.Search.Segmentation;

namespace Matchmaking.Benchmarks;

/// <summary>Rebuilds the segmenter's embedded dictionary from data-seeds/lexicon.</summary>
internal static class LexiconVerb
{
    public static int Run()
    {
        using var words = new StreamReader(Repository.PathTo("data-seeds", "lexicon", "words.tsv"));
        using var bigrams = new StreamReader(Repository.PathTo("data-seeds", "lexicon", "bigrams.tsv"));
        byte[] layout = LexiconBuilder.Build(words, bigrams);
        byte[] packed = LexiconBuilder.Compress(layout);
        File.WriteAllBytes(Repository.PathTo("src", "Matchmaking.Search", "Segmentation", "lexicon.br"), packed);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"lexicon.br: {layout.Length:N0} bytes packed to {packed.Length:N0}; build and commit it."));
        return 0;
    }
}
