using Lucene.Net.Analysis;
using Matchmaking.Search.Analysis;

namespace Matchmaking.Indexing;

/// <summary>How texts become terms: one way for what is stored, the same with synonyms for what is asked.</summary>
/// <remarks>Synonyms are added on one side only, else a word would count once for each of its names.</remarks>
internal static class Analyzers
{
    public static readonly Analyzer Stored = new TechnicalTextAnalyzer(TechnicalLexicon.Default, expandsSynonyms: false);

    public static readonly Analyzer Asked = new TechnicalTextAnalyzer();
}
