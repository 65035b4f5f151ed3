using Lucene.Net.Analysis;
using Lucene.Net.Analysis.TokenAttributes;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Search.Similarities;
using Lucene.Net.Store;
using Lucene.Net.Util;
using Matchmaking.Matches;
using Matchmaking.Needs;
using Matchmaking.Patents;

namespace Matchmaking.Benchmarks.Relevance;

/// <summary>Something that gives each patent of a collection a score for a need.</summary>
internal interface IRanker
{
    string Name { get; }

    /// <summary>The patents that share anything with the need, with their scores.</summary>
    Dictionary<Guid, double> Score(Need need);
}

/// <summary>The service's own matching.</summary>
internal sealed class OurRanker(Collection collection, string name, MatchWeights weights) : IRanker
{
    public string Name => name;

    public Dictionary<Guid, double> Score(Need need)
    {
        using var patents = collection.Indexes.Patents.Acquire();
        return patents.Rank(Scoring.Query(need, weights), null, int.MaxValue).Hits.ToDictionary(hit => hit.Key, hit => hit.Score);
    }
}

/// <summary>Plain Lucene: one field of title, abstract and keywords, BM25 with k1 1.2 and b 0.75, the need as alternatives.</summary>
internal sealed class LuceneRanker : IRanker
{
    private const string Field = "text";

    private readonly Analyzer _analyzer;
    private readonly bool _withText;
    private readonly IndexSearcher _searcher;
    private readonly Guid[] _keys;

    public LuceneRanker(string name, Analyzer analyzer, bool withText, List<Patent> patents)
    {
        Name = $"Lucene BM25, {name}, {(withText ? "title + text" : "title")}";
        _analyzer = analyzer;
        _withText = withText;
        _keys = [.. patents.Select(p => p.Id)];
        var directory = new RAMDirectory();
        using (var writer = new IndexWriter(directory, new IndexWriterConfig(LuceneVersion.LUCENE_48, analyzer) { Similarity = new BM25Similarity() }))
        {
            foreach (var patent in patents)
                writer.AddDocument([new Lucene.Net.Documents.TextField(Field, string.Join('\n', [patent.Title, patent.Abstract ?? "", .. patent.Keywords]), Lucene.Net.Documents.Field.Store.NO)]);
            writer.ForceMerge(1);
        }
        _searcher = new IndexSearcher(DirectoryReader.Open(directory)) { Similarity = new BM25Similarity() };
    }

    public string Name { get; }

    public Dictionary<Guid, double> Score(Need need)
    {
        var query = new BooleanQuery();
        BooleanQuery.MaxClauseCount = int.MaxValue;
        using var tokens = _analyzer.GetTokenStream(Field, _withText ? need.Title + "\n" + need.Description : need.Title);
        var term = tokens.AddAttribute<ICharTermAttribute>();
        tokens.Reset();
        while (tokens.IncrementToken())
            query.Add(new TermQuery(new Term(Field, term.ToString())), Occur.SHOULD);
        tokens.End();
        return _searcher.Search(query, _keys.Length).ScoreDocs.ToDictionary(doc => _keys[doc.Doc], doc => (double)doc.Score);
    }
}
