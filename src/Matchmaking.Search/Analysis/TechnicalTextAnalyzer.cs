using Lucene.Net.Analysis;

namespace Matchmaking.Search.Analysis;

/// <summary>The analyzer of technical text: spellings folded, words unstemmed, symbols and technical words whole beside their parts.</summary>
/// <remarks>Parts and synonyms stand at the position of the whole, and the type attribute tells them from it.</remarks>
public sealed class TechnicalTextAnalyzer : Analyzer
{
    private readonly TechnicalLexicon lexicon;
    private readonly bool expandsSynonyms;

    /// <summary>An analyzer by the lexicon that comes with this library, with synonyms.</summary>
    public TechnicalTextAnalyzer()
        : this(TechnicalLexicon.Default)
    {
    }

    /// <summary>An analyzer by <paramref name="lexicon"/>.</summary>
    public TechnicalTextAnalyzer(TechnicalLexicon lexicon, bool expandsSynonyms = true)
    {
        this.lexicon = lexicon;
        this.expandsSynonyms = expandsSynonyms;
    }

    /// <inheritdoc/>
    protected override TokenStreamComponents CreateComponents(string fieldName, TextReader reader) =>
        new(new TechnicalTokenizer(reader, lexicon, expandsSynonyms));
}
