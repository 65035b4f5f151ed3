using System.Net;
using CsCheck;
using Lucene.Net.Store;
using Matchmaking.Search.Analysis;
using Matchmaking.Search.Highlighting;
using Matchmaking.Search.Indexing;
using Matchmaking.Search.Queries;
using Matchmaking.Search.Ranking;

namespace Matchmaking.Search.Tests.Queries;

// The index with the analyzer that the service gives it.
public sealed class TechnicalTextTests
{
    private static readonly TechnicalTextAnalyzer s_analyzer = new(
        new TechnicalLexicon(["锂离子电池", "散热膜"], [["锂离子电池", "锂电池"]], ["的"]));

    [Theory]
    [InlineData("锂离子电池", "12")]
    [InlineData("锂电池", "12")]
    [InlineData("\"锂离子电池\"", "12")]
    [InlineData("电池", "12345")]
    [InlineData("lifepo4", "4")]
    [InlineData("ＬｉＦｅＰＯ４", "4")]
    [InlineData("LiFe*", "4")]
    [InlineData("+电池 -锂电池", "345")]
    public void A_query_finds(string text, string expected)
    {
        using var index = TextIndex.Open("memory", new RAMDirectory(), Samples.Schema, s_analyzer);
        index.Put(Samples.Document(1, "锂离子电池的正极"));
        index.Put(Samples.Document(2, "一种锂电池"));
        index.Put(Samples.Document(3, "铅酸电池"));
        index.Put(Samples.Document(4, "LiFePO4电池"));
        index.Put(Samples.Document(5, "钠离子电池"));
        index.Commit(1);
        using var snapshot = index.Acquire();
        var found = snapshot.Search(UserQuery.Parse(Samples.Schema, s_analyzer, text), null, 10);
        Assert.Equal(expected, string.Concat(found.Hits.Select(hit => Enumerable.Range(1, 5).First(n => Samples.Key(n) == hit.Key)).Order()));
    }

    [Fact]
    public void A_part_weighs_as_a_word_and_a_synonym_less()
    {
        var weights = WeightedQuery.From(s_analyzer, new QueryPart("q", "锂离子电池")).Terms.ToDictionary(term => term.Term.Text, term => term.Weight);
        Assert.Equal(1, weights["锂离子电池"], 1e-12);
        Assert.True(weights["锂电池"] < 1);
        Assert.Equal(1, weights["电池"], 1e-12);
    }

    [Fact]
    public void A_document_scores_the_same_by_its_terms_whatever_its_text() =>
        Gen.Select(s_text, s_text, s_text).Sample((title, text, query) =>
        {
            using var index = TextIndex.Open("memory", new RAMDirectory(), Samples.Schema, s_analyzer);
            var document = Samples.Document(1, title, text);
            index.Put(document);
            index.Put(Samples.Document(2, text));
            index.Commit(1);
            using var snapshot = index.Acquire();
            var terms = WeightedQuery.From(s_analyzer, new QueryPart("q", query));
            Assert.Equal(
                snapshot.Score(terms, Samples.Key(1))!.Score,
                snapshot.ScoreOnly(terms, DocumentTerms.From(Samples.Schema, s_analyzer, document)));
        }, iter: 200);

    [Theory]
    [InlineData("一种ＬｉＦｅＰＯ４正极", "lifepo4", "一种<em>ＬｉＦｅＰＯ４</em>正极")]
    [InlineData("𠮷𠮷锂离子电池&膜", "锂电池", "𠮷𠮷<em>锂离子电池</em>&amp;膜")]
    [InlineData("㎡电池", "电池", "㎡<em>电池</em>")]
    public void Highlights_stand_where_the_words_do(string text, string query, string expected) =>
        Assert.Equal([expected], new Highlighter(s_analyzer).Highlight(text, Weights(query)));

    [Fact]
    public void A_fragment_is_a_part_of_any_text() =>
        Gen.Select(s_text, s_text).Sample((text, query) =>
        {
            foreach (var fragment in new Highlighter(s_analyzer).Highlight(text, Weights(query), 3, 12))
            {
                var plain = WebUtility.HtmlDecode(fragment.Replace("<em>", "", StringComparison.Ordinal).Replace("</em>", "", StringComparison.Ordinal));
                Assert.Contains(plain, text, StringComparison.Ordinal);
            }
        }, iter: 500);

    private static readonly Gen<string> s_text = Gen.OneOfConst(
        "锂离子电池", "电", "池", "锂", "的", "。", "Ａ1", "LiFePO4", "㎡", "ﬁ", "😀", "𠮷", "e\u0301", " ", "<", "&", "\uD800", "5G", "①")
        .List[0, 30].Select(string.Concat);

    private static Dictionary<string, double> Weights(string query) =>
        WeightedQuery.From(s_analyzer, new QueryPart("q", query)).Terms.ToDictionary(term => term.Term.Text, term => term.Weight);
}
