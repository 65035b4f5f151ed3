using CsCheck;
using Lucene.Net.Analysis;
using Lucene.Net.Store;
using Matchmaking.Search.Analysis;
using Matchmaking.Search.Associations;
using Matchmaking.Search.Indexing;
using Matchmaking.Search.Ranking;
using Matchmaking.Search.Tests.Associations;

namespace Matchmaking.Search.Tests.Ranking;

// What texts mean adds to scores: the same on every path, within its bound, and taken apart into pairs of words.
public sealed class MeaningTests
{
    private const char Mark = TextTokens.CharacterMark;

    private static readonly string[] s_words = ["电缆", "敷设", "铺设", "装置", "电池", "负极", "锂", "机器人"];

    private static readonly string[] s_classes = ["H02G", "H01M", "B25J", "C04B"];

    private static readonly AssociationTable s_associations =
        AssociationTableTests.Invented([.. s_words, .. string.Concat(s_words).Distinct().Select(c => $"{Mark}{c}"), .. s_classes.Select(c => AssociationTable.ClassMark + c)], seed: 11);

    private static readonly TextIndexSchema s_schema = new(
        "meaning", [new TextField("title", 3, 0.6) { Characters = true, Meaning = true }, new TextField("abstract", 1), new SymbolField("subclass", 1)], s_associations);

    private static readonly Analyzer s_analyzer = new TechnicalTextAnalyzer(TechnicalLexicon.Default, expandsSynonyms: false);

    private static readonly QueryMeaning s_meaning = new(Weight: 5, ContextShare: 0.4, CharacterRarity: 2, Unknown: 0.05, ContextPower: 1.5) { ClassField = "subclass", ClassWeight = 0.5 };

    private static readonly Gen<string> s_text = Gen.OneOfConst([.. s_words, "水泥", "5G", "的", "，"]).Array[0, 8].Select(string.Concat);

    [Fact]
    public void Every_path_gives_the_same_score_within_its_bound() =>
        Gen.Select(Gen.Select(Gen.Int[1, 12], s_text, s_text).Array[1, 25], s_text, s_text, Gen.Int[1, 9]).Sample((puts, title, description, commitEvery) =>
        {
            var kept = new SortedDictionary<int, TextDocument>();
            using var aged = TextIndex.Open("memory", new RAMDirectory(), s_schema, s_analyzer);
            var position = 0L;
            foreach (var (i, (key, of, text)) in puts.Index())
            {
                kept[key] = Samples.Document(key, of, text);
                aged.Put(kept[key]);
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
            var query = Query(title, description);
            HistoryTests.AssertSame(s_schema, s_analyzer, a, b, query, kept.Values);
            Assert.All(kept.Values, document => Assert.InRange(a.Score(query, document.Key)!.Meaning, 0, s_meaning.Weight * a.Deviation(query)));
        }, iter: 200);

    [Fact]
    public void A_title_that_says_the_same_means_the_most_and_pairs_add_up_to_it()
    {
        using var index = Build([Samples.Document(1, "敷设电缆"), Samples.Document(2, "锂电池负极"), Samples.Document(3, "水泥")]);
        using var snapshot = index.Acquire();
        var query = Query("敷设电缆", "");
        var same = snapshot.Score(query, Samples.Key(1))!;
        Assert.InRange(same.Meaning, 0.98 * s_meaning.Weight * snapshot.Deviation(query), s_meaning.Weight * snapshot.Deviation(query));
        // Of a word that nobody knows nothing is known to be meant.
        Assert.Equal(0, snapshot.Score(query, Samples.Key(3))!.Meaning);

        var ties = snapshot.Ties(query, ["敷设", "电缆", $"{Mark}敷", $"{Mark}设", $"{Mark}电", $"{Mark}缆"], same.Meaning);
        Assert.Equal(same.Meaning, ties.Sum(tie => tie.Score), 1e-9);
        Assert.Contains(ties.Take(6), tie => tie is { Here: "敷设", There: "敷设" });
        Assert.Empty(snapshot.Ties(query, ["敷设"], 0));
    }

    [Fact]
    public void A_query_that_names_no_class_looks_for_those_it_lies_closest_to()
    {
        var closest = s_associations.Classes(Meaning.Unit(Direction("敷设电缆"))!, 2);
        var other = s_classes.First(c => closest.All(near => near.Class != c));
        using var index = Build([Samples.Document(1, "敷设电缆").AddSymbol("subclass", closest[0].Class), Samples.Document(2, "敷设电缆").AddSymbol("subclass", other), Samples.Document(3, "水泥").AddSymbol("subclass", closest[0].Class)]);
        using var snapshot = index.Acquire();
        var query = Query("敷设电缆", "");
        IEnumerable<string> Classes(WeightedQuery query, int document) => snapshot.Score(query, Samples.Key(document))!.Terms.Where(t => t.Term.Term.Kind == TermKind.Symbol).Select(t => t.Term.Term.Text);
        Assert.Equal([closest[0].Class], Classes(query, 1));
        Assert.Empty(Classes(query, 2));
        // Where no word is shared, too.
        Assert.Equal([closest[0].Class], Classes(query, 3));
        // A query that names a class is asked for nothing else, and one that means nothing known for none.
        var named = query.With(new WeightedTerm(IndexTerm.Symbol("subclass", other), 1, []));
        Assert.Equal([other], Classes(named, 2));
        Assert.Empty(Classes(named, 1));
        Assert.Empty(Classes(Query("水泥", ""), 3));
    }

    [Fact]
    public void A_description_counts_as_far_as_it_is_close_to_the_title()
    {
        using var index = Build([.. Enumerable.Range(0, 40).Select(n => Samples.Document(n, s_words[n % s_words.Length]))]);
        using var snapshot = index.Acquire();
        double Weight(string title, string description) => snapshot.Score(Query(title, description), Samples.Key(4))!.Terms
            .Where(term => term.Term.Term.Text == "电池" && term.Term.Parts.Contains("description")).Sum(term => term.Term.Weight);
        var same = Weight("电池", "电池");
        var other = Weight("机器人", "电池");
        Assert.True(same > other + 0.1, $"{same} where the title says so, {other} where it says something else");
    }

    private static double[] Direction(string title)
    {
        var sum = new double[AssociationTable.Dimensions];
        foreach (var word in s_words.Where(title.Contains))
        {
            s_associations.Add(s_associations.Find(word), s_associations.Rarity(s_associations.Find(word)), sum);
            foreach (var c in word)
            {
                s_associations.Add(s_associations.Find($"{Mark}{c}"), s_associations.Rarity(s_associations.Find($"{Mark}{c}")), sum);
            }
        }

        return sum;
    }

    private static WeightedQuery Query(string title, string description) => WeightedQuery.From(
        s_analyzer,
        new QueryPart("title", title, 0.5, 0.7) { Role = QueryRole.Heart },
        new QueryPart("description", description, 0.5, 0.2) { Role = QueryRole.Context }).With(s_meaning);

    private static TextIndex Build(IEnumerable<TextDocument> documents)
    {
        var index = TextIndex.Open("memory", new RAMDirectory(), s_schema, s_analyzer);
        foreach (var document in documents)
        {
            index.Put(document);
        }

        index.Commit(1);
        return index;
    }
}
