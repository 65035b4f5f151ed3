using CsCheck;
using Lucene.Net.Store;
using Matchmaking.Search.Indexing;
using Matchmaking.Search.Queries;
using Matchmaking.Search.Ranking;

namespace Matchmaking.Search.Tests.Queries;

public sealed class SearchTests
{
    private static readonly TextDocument[] s_documents =
    [
        Samples.Document(1, "石墨烯 散热 薄膜", "一种 石墨烯 薄膜").AddSymbol("ipc", "H01M").AddSymbol("ipc", "H01M4/36")
            .AddTag("holder", "浙江大学").AddTag("province", "浙江").SetNumber("year", 2019).AddIdentifier("number", "201710117081"),
        Samples.Document(2, "锂 电池", "LiFePO4 正极 材料").AddSymbol("ipc", "H01M4/364").AddTag("holder", "浙江大学").SetNumber("year", 2020),
        Samples.Document(3, "水泥 添加剂", "水泥 石墨烯").AddSymbol("ipc", "C04B").AddTag("holder", "同济大学").SetNumber("year", 2021),
        Samples.Document(4, "薄膜 石墨烯", "电池 隔膜"),
        Samples.Document(5, "激光 切割", "钢 板", "石墨烯"),
    ];

    [Theory]
    [InlineData("石墨烯", "1345")]
    [InlineData("石墨烯 电池", "12345")]
    [InlineData("+石墨烯 电池", "1345")]
    [InlineData("+石墨烯 +电池", "4")]
    [InlineData("石墨烯 -水泥", "145")]
    [InlineData("\"石墨烯 薄膜\"", "1")]
    [InlineData("\"薄膜 石墨烯\"", "4")]
    [InlineData("title:石墨烯", "14")]
    [InlineData("标题：石墨烯", "14")]
    [InlineData("-title:石墨烯 石墨烯", "35")]
    [InlineData("title:\"石墨烯 散热\"", "1")]
    [InlineData("ipc:H01M", "1")]
    [InlineData("ipc:h01m4/36", "1")]
    [InlineData("ipc:H01M4", "12")]
    [InlineData("ipc:\"H01M 4/36\"", "1")]
    [InlineData("ipc:H01M* ", "12")]
    [InlineData("ipc:H01M ipc:C04B", "13")]
    [InlineData("石墨烯 ipc:C04B", "3")]
    [InlineData("holder:浙江大学", "12")]
    [InlineData("专利权人:浙江*", "12")]
    [InlineData("石墨烯 holder:浙江大学 year:2019", "1")]
    [InlineData("year:2020..2022", "23")]
    [InlineData("石墨烯 -year:2019..", "45")]
    [InlineData("+激光 year:2019", "")]
    [InlineData("life*", "2")]
    [InlineData("ＬiFe＊", "2")]
    [InlineData("title:石*", "14")]
    [InlineData("无此*", "")]
    [InlineData("激光 无此*", "5")]
    [InlineData("无此词", "")]
    [InlineData("CN201710117081.7", "1")]
    [InlineData("2017 1 0117081.7 激光", "15")]
    [InlineData("-number:201710117081 石墨烯", "345")]
    public void A_query_finds(string text, string keys) => Assert.Equal(keys, Found(text));

    [Fact]
    public void A_clause_of_many_words_wants_two_thirds_of_them()
    {
        using var index = TextIndex.Open("memory", new RAMDirectory(), Samples.Schema, new CharacterAnalyzer());
        index.Put(Samples.Document(1, "甲乙丙丁戊己"));
        index.Put(Samples.Document(2, "己戊丁丙"));
        index.Put(Samples.Document(3, "丙丁戊"));
        index.Commit(1);
        using var snapshot = index.Acquire();
        int Total(string text) => snapshot.Search(UserQuery.Parse(Samples.Schema, index.Analyzer, text), null, 10).Total;
        Assert.Equal(2, Total("甲乙丙丁戊己"));
        Assert.Equal(1, Total("甲乙"));
        Assert.Equal(3, Total("子丁戊"));
        Assert.Equal(0, Total("子丑戊"));
        Assert.Equal(1, Total("+甲 丙丁"));
        Assert.Equal(0, Total("，。"));
        Assert.Equal(3, Total("， 丙"));
    }

    [Fact]
    public void What_bears_the_number_comes_first()
    {
        using var index = Samples.Build(new RAMDirectory(), s_documents);
        using var snapshot = index.Acquire();
        var found = snapshot.Search(Parse("水泥 添加剂 石墨烯 201710117081"), null, 10);
        Assert.Equal(Samples.Key(1), found.Hits[0].Key);
    }

    [Fact]
    public void Facets_count_all_that_is_found_on_any_page()
    {
        using var index = Samples.Build(new RAMDirectory(), s_documents);
        using var snapshot = index.Acquire();
        var found = snapshot.Search(Parse("石墨烯 电池"), null, 1, null, ["holder", "province"]);
        Assert.Equal(5, found.Total);
        Assert.Equal([new("浙江大学", 2), new("同济大学", 1)], found.Facets[0].Values);
        Assert.Equal([new("浙江", 1)], found.Facets[1].Values);
        Assert.Throws<ArgumentException>(() => snapshot.Search(Parse("石墨烯"), null, 1, null, ["title"]));
    }

    [Fact]
    public void Pages_add_up_to_the_list() =>
        Gen.Select(SampleGen.Document.List[0, 40], SampleGen.Query, Gen.Int[1, 7]).Sample((documents, query, size) =>
        {
            using var index = Samples.Build(new RAMDirectory(), documents);
            using var snapshot = index.Acquire();
            var whole = snapshot.Rank(query, null, 1000);
            var pages = new List<Hit>();
            for (var page = snapshot.Rank(query, null, size); page.Hits.Count > 0; page = snapshot.Rank(query, null, size, pages[^1]))
            {
                Assert.Equal(whole.Total, page.Total);
                pages.AddRange(page.Hits);
            }

            Assert.Equal(whole.Hits, pages);
        }, iter: 100);

    [Fact]
    public void A_filter_takes_away_and_changes_no_score() =>
        Gen.Select(SampleGen.Document.List[0, 40], SampleGen.Query, s_filter).Sample((documents, query, filter) =>
        {
            using var index = Samples.Build(new RAMDirectory(), documents);
            using var snapshot = index.Acquire();
            var kept = documents.GroupBy(document => document.Key).Select(same => same.Last()).ToDictionary(document => document.Key);
            var expected = snapshot.Rank(query, null, 1000).Hits.Where(hit => filter.Passes(kept[hit.Key])).ToArray();
            Assert.Equal(expected, snapshot.Rank(query, filter.Filter, 1000).Hits);
        }, iter: 300);

    [Fact]
    public void A_narrow_filter_takes_another_way_to_the_same_scores()
    {
        var documents = Enumerable.Range(0, 500).Select(n =>
            Samples.Document(n, Samples.Words[n % 15] + " " + Samples.Words[n % 7], Samples.Words[n % 11]).AddSymbol("ipc", Samples.Symbols[n % 7]));
        using var index = Samples.Build(new RAMDirectory(), documents);
        using var snapshot = index.Acquire();
        Gen.Select(SampleGen.Query, Gen.Int[0, 600].Array[1, 6], Gen.OneOfConst(Samples.Words)).Sample((query, numbers, word) =>
        {
            var keys = numbers.Select(Samples.Key).ToHashSet();
            var filter = IndexFilter.Keys(keys);
            Assert.Equal(
                snapshot.Rank(query, null, 1000).Hits.Where(hit => keys.Contains(hit.Key)),
                snapshot.Rank(query, filter, 1000).Hits);
            Assert.Equal(
                snapshot.Search(Parse(word), null, 1000).Hits.Where(hit => keys.Contains(hit.Key)),
                snapshot.Search(Parse(word), filter, 1000).Hits);
        }, iter: 200);
    }

    private static readonly Gen<Condition> s_leaf = Gen.OneOf(
        Gen.OneOfConst("甲", "乙").HashSet[0, 2].Select(tags => new Condition(
            IndexFilter.Tag("holder", tags),
            document => document.Tags.Any(tag => tags.Contains(tag.Value)))),
        Gen.Select(Gen.Int[2014, 2025], Gen.Int[0, 5], Gen.Bool, Gen.Bool, (from, more, low, high) => new Condition(
            IndexFilter.Range("year", low ? from : null, high ? from + more : null),
            document => document.Numbers.Any(number => (!low || number.Value >= from) && (!high || number.Value <= from + more)))),
        Gen.Int[0, 30].HashSet[0, 9].Select(keys => new Condition(
            IndexFilter.Keys(keys.Select(Samples.Key)),
            document => keys.Any(key => Samples.Key(key) == document.Key))));

    private static readonly Gen<Condition> s_filter = Gen.OneOf(
        s_leaf,
        s_leaf.Select(inner => new Condition(IndexFilter.Not(inner.Filter), document => !inner.Passes(document))),
        s_leaf.List[0, 3].Select(inner => new Condition(
            IndexFilter.All(inner.Select(part => part.Filter)),
            document => inner.TrueForAll(part => part.Passes(document)))),
        s_leaf.List[0, 3].Select(inner => new Condition(
            IndexFilter.Any(inner.Select(part => part.Filter)),
            document => inner.Exists(part => part.Passes(document)))));

    private sealed record Condition(IndexFilter Filter, Func<TextDocument, bool> Passes);

    private static UserQuery Parse(string text) => UserQuery.Parse(Samples.Schema, Samples.Analyzer, text);

    private static string Found(string text)
    {
        using var index = Samples.Build(new RAMDirectory(), s_documents);
        using var snapshot = index.Acquire();
        var found = snapshot.Search(Parse(text), null, 10);
        Assert.Equal(found.Total, found.Hits.Count);
        return string.Concat(found.Hits.Select(hit => Array.FindIndex(s_documents, d => d.Key == hit.Key) + 1).Order());
    }
}
