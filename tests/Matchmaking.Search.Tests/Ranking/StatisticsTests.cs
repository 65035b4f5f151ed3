using Lucene.Net.Store;
using Matchmaking.Search.Indexing;
using Matchmaking.Search.Ranking;

namespace Matchmaking.Search.Tests.Ranking;

public sealed class StatisticsTests
{
    private static readonly WeightedTerm s_battery = new(IndexTerm.Word("电池"), 2, []);

    [Fact]
    public void A_score_is_what_the_formula_says()
    {
        using var index = Samples.Build(new RAMDirectory(), [
            Samples.Document(1, "锂 电池", "电池 电池 薄膜").AddSymbol("ipc", "H01M"),
            Samples.Document(2, "水泥 钢 钢 钢", "水泥"),
            Samples.Document(3, "电池"),
        ]);
        using var snapshot = index.Acquire();

        // title: weight 3, b 0.4, lengths 2, 4, 1; abstract: weight 1, b 0.75, lengths 3, 1 over the two documents that have one.
        Assert.Equal(7.0 / 3, snapshot.Statistics.AverageLength("title"));
        Assert.Equal(2.0, snapshot.Statistics.AverageLength("abstract"));
        Assert.Equal(1.0, snapshot.Statistics.AverageLength("claims"));
        var idf = Math.Log(1 + ((3 - 2 + 0.5) / (2 + 0.5)));
        var title = 3 * 1 / (1 - 0.4 + (0.4 * 2 / (7.0 / 3)));
        var text = 1 * 2 / (1 - 0.75 + (0.75 * 3 / 2.0));
        var word = 2 * idf * 2.2 * (title + text) / (1.2 + title + text);
        var symbol = 1.5 * Math.Log(1 + ((3 - 1 + 0.5) / 1.5)) * 2.2 * 0.7 / (1.2 + 0.7);

        var query = new WeightedQuery([s_battery, new(IndexTerm.Symbol("ipc", "H01M"), 1.5, [])]);
        var scores = snapshot.Score(query, Samples.Key(1))!;
        Assert.Equal(word + symbol, scores.Score, 1e-12);
        Assert.Equal(word * text / (title + text), scores.Terms[0].Fields[1].Score, 1e-12);
        Assert.Equal(("abstract", 2), (scores.Terms[0].Fields[1].Field, scores.Terms[0].Fields[1].Occurrences));
        Assert.Null(snapshot.Score(query, Samples.Key(9)));
        Assert.Equal(0, snapshot.Score(query, Samples.Key(2))!.Score);
    }

    [Fact]
    public void Deleted_documents_are_counted_nowhere()
    {
        using var index = Samples.Build(new RAMDirectory(), Enumerable.Range(0, 300).Select(n => Samples.Document(n, n % 3 == 0 ? "电池" : "电池 钢")));
        foreach (var n in new[] { 0, 7, 8, 299 })
        {
            index.Remove(Samples.Key(n));
        }

        index.Commit(2);
        using var snapshot = index.Acquire();
        Assert.Equal(296, snapshot.Statistics.Documents);
        Assert.Equal(296, snapshot.Statistics.DocumentFrequency(IndexTerm.Word("电池")));
        Assert.Equal(197, snapshot.Statistics.DocumentFrequency(IndexTerm.Word("钢")));
        Assert.Equal((99 + (197 * 2)) / 296.0, snapshot.Statistics.AverageLength("title"));
    }

    [Fact]
    public void A_very_long_text_scores_the_same_by_its_terms()
    {
        var document = Samples.Document(1, "电池", string.Concat(Enumerable.Repeat("钢 电池 水泥 ", 1500)));
        using var index = Samples.Build(new RAMDirectory(), [document, Samples.Document(2, "锂")]);
        using var snapshot = index.Acquire();
        var query = new WeightedQuery([s_battery]);
        var byTerms = snapshot.ScoreOnly(query, DocumentTerms.From(Samples.Schema, Samples.Analyzer, document));
        Assert.Equal(snapshot.Rank(query, null, 1).Hits[0].Score, byTerms);
        Assert.True(byTerms > 0);
    }

    [Fact]
    public void Only_the_most_telling_terms_are_scored_when_there_are_too_many()
    {
        using var index = Samples.Build(new RAMDirectory(), [Samples.Document(1, "电池 锂"), Samples.Document(2, "电池 钢"), Samples.Document(3, "电池 钢")]);
        using var snapshot = index.Acquire();
        WeightedQuery Query(int most, params string[] words) => new(words.Select(word => new WeightedTerm(IndexTerm.Word(word), 1, [])), most);
        string Scored(int most) => string.Concat(snapshot.Score(Query(most, "电池", "锂", "无此词"), Samples.Key(1))!.Terms.Select(t => t.Term.Term.Text));
        Assert.Equal("电池锂", Scored(2));
        Assert.Equal("锂", Scored(1));
        Assert.Equal(snapshot.IdealScore(Query(9, "锂")), snapshot.IdealScore(Query(1, "电池", "锂", "无此词")));
        Assert.True(snapshot.IdealScore(Query(9, "锂", "无此词"), countUnseen: true) > 2 * snapshot.IdealScore(Query(9, "锂", "无此词")));
    }

    [Fact]
    public void A_term_weighs_its_parts_and_its_occurrences_with_bounds()
    {
        var query = WeightedQuery.From(Samples.Analyzer, new("title", "锂 电池", 3), new("text", "电池 电池 钢", 1), new("none", null));
        Assert.Equal(["电池", "钢", "锂"], query.Terms.Select(term => term.Term.Text));
        Assert.Equal(3 + (2 * 2.2 / 3.2), query.Terms[0].Weight, 1e-12);
        Assert.Equal(["title", "text"], query.Terms[0].Parts);
        Assert.Equal(1, query.Terms[1].Weight, 1e-12);
        Assert.Equal(3, query.Terms[2].Weight, 1e-12);
        Assert.Throws<ArgumentException>(() => new WeightedQuery([new(IndexTerm.Word("锂"), 0, [])]));
    }

    [Fact]
    public void Any_text_can_be_put_and_found()
    {
        var document = Samples.Document(1, "😀 𠮷田 \uD800x \0 e\u0301 ﷽", new string('长', 40_000)).AddTag("holder", "😀");
        using var index = Samples.Build(new RAMDirectory(), [document]);
        using var snapshot = index.Acquire();
        Assert.Equal(1, snapshot.Rank(WeightedQuery.From(Samples.Analyzer, new QueryPart("q", "😀")), null, 1).Total);
        Assert.Equal(1, snapshot.Rank(WeightedQuery.From(Samples.Analyzer, new QueryPart("q", "𠮷田")), null, 1).Total);
        Assert.Equal(1, snapshot.Rank(WeightedQuery.From(Samples.Analyzer, new QueryPart("q", "\uD800x")), null, 1).Total);
        Assert.Throws<ArgumentException>(() => index.Put(new TextDocument(Samples.Key(2)).AddTag("holder", new string('长', 20_000))));
    }
}
