using Lucene.Net.Analysis;
using Lucene.Net.Analysis.Core;
using Lucene.Net.Analysis.En;
using Lucene.Net.Analysis.Util;
using Lucene.Net.Util;

namespace Matchmaking.Search.Analysis;

/// <summary>Lucene's SmartChineseAnalyzer: words by dictionary and likelihood, Porter stems, punctuation dropped.</summary>
/// <remarks>The constructors are those of Lucene.Net.Analysis.SmartCn, so that package can take its place.</remarks>
public sealed class SmartChineseAnalyzer : Analyzer
{
    private readonly LuceneVersion matchVersion;
    private readonly CharArraySet stopWords;

    /// <summary>An analyzer that drops punctuation.</summary>
    public SmartChineseAnalyzer(LuceneVersion matchVersion)
        : this(matchVersion, true)
    {
    }

    /// <summary>An analyzer that drops punctuation only when <paramref name="useDefaultStopWords"/> says so.</summary>
    public SmartChineseAnalyzer(LuceneVersion matchVersion, bool useDefaultStopWords)
        : this(matchVersion, useDefaultStopWords ? DefaultStopSet : null)
    {
    }

    /// <summary>An analyzer that drops <paramref name="stopWords"/>, after stemming; null or empty drops nothing.</summary>
    public SmartChineseAnalyzer(LuceneVersion matchVersion, CharArraySet? stopWords)
    {
        this.matchVersion = matchVersion;
        this.stopWords = stopWords ?? CharArraySet.Empty;
    }

    /// <summary>The punctuation that is dropped by default; it can't be changed.</summary>
    public static CharArraySet DefaultStopSet { get; } = new CharArraySet(
        LuceneVersion.LUCENE_48,
        ",.`-_=?'|\"(){}[]<>*#&^$@!~:;+/\\《》—－，。、：；！·？“”）（【】［］●\u3000".Select(mark => mark.ToString()),
        ignoreCase: false).AsReadOnly();

    /// <inheritdoc/>
    protected override TokenStreamComponents CreateComponents(string fieldName, TextReader reader)
    {
        var tokenizer = new HmmChineseTokenizer(reader);
        TokenStream result = new PorterStemFilter(tokenizer);
        if (stopWords.Count > 0)
            result = new StopFilter(matchVersion, result, stopWords);
        return new TokenStreamComponents(tokenizer, result);
    }
}
