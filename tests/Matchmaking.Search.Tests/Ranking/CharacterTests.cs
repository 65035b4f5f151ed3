using CsCheck;
using Lucene.Net.Analysis;
using Lucene.Net.Store;
using Matchmaking.Search.Analysis;
using Matchmaking.Search.Indexing;
using Matchmaking.Search.Ranking;

namespace Matchmaking.Search.Tests.Ranking;

// Han characters add to what shares a word, in the fields that say so, and in nothing else.
public sealed class CharacterTests
{
    private static readonly TextIndexSchema s_schema = new("characters", [new TextField("title", 3, 0.6) { Characters = true }, new TextField("abstract", 1)]);
    private static readonly Analyzer s_analyzer = new TechnicalTextAnalyzer(TechnicalLexicon.Default, expandsSynonyms: false);

    private static readonly Gen<string> s_text = Gen.OneOfConst("电缆", "敷设", "铺设", "装置", "电池", "负极", "锂", "𠮷", "5G", "机器人", "的", "，").Array[0, 8].Select(string.Concat);

    [Fact]
    public void They_raise_what_shares_a_word_and_find_nothing_alone()
    {
        using var index = Build([(1, "电缆铺设", ""), (2, "电缆测试", ""), (3, "铺路", "电缆"), (4, "铺路", "敷设"), (5, "水泥", "电缆铺设")]);
        using var snapshot = index.Acquire();
        var query = WeightedQuery.From(s_analyzer, new QueryPart("title", "敷设电缆", 1, 1));
        var found = snapshot.Rank(query, null, 10).Hits.Select(hit => hit.Key).ToList();
        Assert.Equal(5, found.Count);
        Assert.Equal(Samples.Key(1), found[0]);
        Assert.Contains(Samples.Key(4), found);
        var words = WeightedQuery.From(s_analyzer, new QueryPart("title", "敷设电缆"));
        Assert.DoesNotContain(words.Terms, term => term.Term.Kind == TermKind.Character);
        Assert.Equal(snapshot.Score(words, Samples.Key(1))!.Score, snapshot.Score(words, Samples.Key(2))!.Score);
        // 电, 缆 and 设 in the title; what stands in the abstract counts by its words.
        Assert.Equal(["电", "缆", "设"], Characters(snapshot, query, 1));
        Assert.Empty(Characters(snapshot, query, 5));
        // A character that is no word of the title finds nothing.
        Assert.Equal(0, snapshot.Score(WeightedQuery.From(s_analyzer, new QueryPart("title", "铺", 1, 1)), Samples.Key(1))!.Score);
    }

    [Fact]
    public void History_leaves_no_trace() =>
        Gen.Select(Gen.Select(Gen.Int[1, 12], s_text, s_text).Array[1, 25], s_text, Gen.Int[1, 9]).Sample((puts, asked, commitEvery) =>
        {
            var kept = new SortedDictionary<int, (int, string, string)>();
            using var aged = TextIndex.Open("memory", new RAMDirectory(), s_schema, s_analyzer);
            var position = 0L;
            foreach (var (i, put) in puts.Index())
            {
                kept[put.Item1] = put;
                aged.Put(Document(put));
                if (i % commitEvery == 0)
                {
                    aged.Commit(++position);
                    aged.Tidy();
                }
            }

            aged.Commit(++position);
            aged.Tidy();
            using var fresh = Build(kept.Values);
            using var a = aged.Acquire();
            using var b = fresh.Acquire();
            var query = WeightedQuery.From(s_analyzer, new QueryPart("title", asked, 1, 0.7), new QueryPart("description", asked + "电池", 0.3, 0.2));
            HistoryTests.AssertSame(s_schema, s_analyzer, a, b, query, kept.Values.Select(Document));
        }, iter: 200);

    private static IEnumerable<string> Characters(IndexSnapshot snapshot, WeightedQuery query, int key) =>
        snapshot.Score(query, Samples.Key(key))!.Terms.Where(term => term.Term.Term.Kind == TermKind.Character).Select(term => term.Term.Term.Text)
            .OrderBy(character => "电缆设".IndexOf(character, StringComparison.Ordinal));

    private static TextIndex Build(IEnumerable<(int Key, string Title, string Abstract)> documents)
    {
        var index = TextIndex.Open("memory", new RAMDirectory(), s_schema, s_analyzer);
        foreach (var document in documents)
        {
            index.Put(Document(document));
        }

        index.Commit(1);
        return index;
    }

    private static TextDocument Document((int Key, string Title, string Abstract) document) =>
        new TextDocument(Samples.Key(document.Key)).AddText("title", document.Title).AddText("abstract", document.Abstract);
}
