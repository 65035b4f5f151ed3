using CsCheck;
using Lucene.Net.Analysis;
using Lucene.Net.Store;
using Matchmaking.Search.Analysis;
using Matchmaking.Search.Associations;
using Matchmaking.Search.Indexing;
using Matchmaking.Search.Monitoring;
using Matchmaking.Search.Ranking;

namespace Matchmaking.Search.Tests.Monitoring;

// Whatever happens to index and queries, asking the monitor's candidates answers exactly what asking every query does.
public sealed class QueryMonitorTests
{
    private static readonly Analyzer s_technical = new TechnicalTextAnalyzer();

    private static readonly Gen<string> s_chinese = Gen.OneOfConst(
        "锂离子电池", "负极材料", "散热", "石墨烯", "装置", "方法", "一种", "提高", "敷设", "铺设", "电缆", "\U00020BB7野家", "\U0002A700合金", "\U00030EDD面", "lifepo4", "5g", "\uD842", "的")
        .List[1, 10].Select(words => string.Concat(words));

    private readonly record struct Asked(WeightedQuery Query, double Deviations);

    private abstract record Step;

    private sealed record PutDocument(TextDocument Document) : Step;

    private sealed record RemoveDocument(Guid Key) : Step;

    private sealed record Commit : Step;

    private sealed record PutQuery(Guid Key, Asked Asked) : Step;

    private sealed record RemoveQuery(Guid Key) : Step;

    private sealed record Ask(TextDocument Document) : Step;

    [Fact]
    public void Candidates_answer_as_every_query_does_over_few_words() => Check(SampleGen.Document, SampleGen.Query, Samples.Schema, Samples.Analyzer, iter: 2000);

    [Fact]
    public void Candidates_answer_as_every_query_does_over_technical_chinese() => CheckTechnical(null, (query, _) => query, iter: 300);

    [Fact]
    public void Candidates_answer_as_every_query_does_where_meaning_counts() => CheckTechnical(
        AssociationTable.Shipped,
        (query, weight) => query.With(new QueryMeaning(weight, 0.4, 2, 0.05, 1) { ClassField = "ipc", ClassWeight = 0.5 }),
        iter: 300);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_term_stays_within_its_prospect_while_no_more_is_added_and_removed_than_it_allows_for(double power) =>
        Gen.Select(Gen.Int[0, 3000], Gen.Double[0, 1], Gen.Int[0, 400], Gen.Int[0, 100], Gen.Double[0, 1].Array[4]).Sample((documents, held, added, removed, change) =>
        {
            var frequency = (int)(documents * held * held);
            var prospect = Prospect.Of(documents, frequency, power, added, removed, 1.2);
            removed = (int)(Math.Min(removed, documents) * change[0]);
            added = (int)(added * change[1]);
            var removedHolders = Math.Max((int)(Math.Min(removed, frequency) * change[2]), removed - (documents - frequency));
            var (n, df) = (documents + added - removed, frequency + (int)(added * change[3]) - removedHolders);
            var coefficient = Bm25F.Coefficient(1, Bm25F.Rarity(Bm25F.Idf(n, df), power), 1.2);
            Assert.InRange(coefficient, prospect.LeastCoefficient, prospect.GreatestCoefficient);
            Assert.InRange(prospect.LeastVariance, 0, BoundQuery.Variance(coefficient, BoundQuery.Share(n, df)) * (1 + 1e-12));
        }, iter: 200_000);

    [Fact]
    public void A_stock_that_grows_and_shrinks_keeps_every_query_findable()
    {
        // Terms become commoner one document at a time, so that thresholds fall by little steps; then they become rare again.
        using var index = TextIndex.Open("memory", new RAMDirectory(), Samples.Schema, Samples.Analyzer);
        var queries = Enumerable.Range(0, 40).ToDictionary(Samples.Key, i => new Asked(new([.. Samples.Words.Skip(i % 12).Take(1 + i % 4)
            .Select((word, at) => new WeightedTerm(IndexTerm.Word(word), 1.0 / (1 + at), []))]), 1 + (i % 3)));
        var monitor = new QueryMonitor(Samples.Schema);
        foreach (var (key, asked) in queries)
        {
            monitor.Put(key, asked.Query, asked.Deviations);
        }

        for (var i = 0; i < 300; i++)
        {
            if (i < 150)
            {
                index.Put(Samples.Document(i, string.Join(' ', Samples.Words.Where((_, w) => (i * 7 + w * w) % (w + 2) == 0))));
            }
            else
            {
                index.Remove(Samples.Key((i * 37) % 150));
            }

            index.Commit(i + 1);
            index.Tidy();
            using var snapshot = index.Acquire();
            var document = DocumentTerms.From(Samples.Schema, Samples.Analyzer, Samples.Document(999, Samples.Words[i % 15] + " " + Samples.Words[i % 7], Samples.Words[i % 11]));
            AssertSame(monitor, queries, snapshot, document);
        }
    }

    private static void CheckTechnical(AssociationTable? associations, Func<WeightedQuery, double, WeightedQuery> meaning, int iter)
    {
        var schema = new TextIndexSchema("technical", [new TextField("title", 3, 0.6) { Characters = true }, new TextField("abstract", 1), new SymbolField("ipc", 1), new SymbolField("trade", 1) { IsHint = true }], associations);
        var document = Gen.Select(Gen.Int[0, 30], s_chinese, s_chinese, Gen.OneOfConst("H01M", "C04").HashSet[0, 2], (key, title, text, symbols) =>
        {
            var made = new TextDocument(Samples.Key(key)).AddText("title", title).AddText("abstract", text);
            foreach (var symbol in symbols)
            {
                made.AddSymbol("ipc", symbol).AddSymbol("trade", symbol[..1]);
            }

            return made;
        });
        var query = Gen.Select(s_chinese, s_chinese, Gen.Double[0.1, 1], Gen.OneOfConst("H01M", "C04", "A61K"), Gen.OneOfConst(0.5, 4, 20), (title, text, weight, symbol, weighs) => meaning(
            WeightedQuery
                .From(s_technical, new QueryPart("title", title, 1, 1) { Role = QueryRole.Heart }, new QueryPart("text", text, weight, weight) { Role = QueryRole.Context })
                .With(new WeightedTerm(IndexTerm.Symbol("ipc", symbol), 0.5, []), new WeightedTerm(IndexTerm.Symbol("trade", "C"), weight, [])),
            weighs));
        Check(document, query, schema, s_technical, iter);
    }

    private static void Check(Gen<TextDocument> document, Gen<WeightedQuery> query, TextIndexSchema schema, Analyzer analyzer, int iter)
    {
        var step = Gen.Frequency<Step>(
            (6, document.Select(d => (Step)new PutDocument(d))),
            (2, Gen.Int[0, 30].Select(key => (Step)new RemoveDocument(Samples.Key(key)))),
            (3, Gen.Const((Step)new Commit())),
            (5, Gen.Select(Gen.Int[0, 12], query, Gen.OneOfConst(0, 0.3, 1, 2, 5, 11, double.PositiveInfinity), (key, q, asks) => (Step)new PutQuery(Samples.Key(key), new(q, asks)))),
            (1, Gen.Int[0, 12].Select(key => (Step)new RemoveQuery(Samples.Key(key)))),
            (4, document.Select(d => (Step)new Ask(d))));
        step.List[0, 60].Sample(steps => Run(steps, schema, analyzer), iter: iter);
    }

    private static void Run(List<Step> steps, TextIndexSchema schema, Analyzer analyzer)
    {
        using var index = TextIndex.Open("memory", new RAMDirectory(), schema, analyzer);
        var monitor = new QueryMonitor(schema);
        var queries = new Dictionary<Guid, Asked>();
        var position = 0L;
        foreach (var step in steps)
        {
            switch (step)
            {
                case PutDocument put:
                    index.Put(put.Document);
                    break;
                case RemoveDocument removed:
                    index.Remove(removed.Key);
                    break;
                case Commit:
                    index.Commit(++position);
                    index.Tidy();
                    break;
                case PutQuery put:
                    monitor.Put(put.Key, put.Asked.Query, put.Asked.Deviations);
                    queries[put.Key] = put.Asked;
                    break;
                case RemoveQuery removed:
                    Assert.Equal(queries.Remove(removed.Key), monitor.Remove(removed.Key));
                    break;
                case Ask ask:
                    using (var snapshot = index.Acquire())
                    {
                        AssertSame(monitor, queries, snapshot, DocumentTerms.From(schema, analyzer, ask.Document));
                    }

                    break;
            }
        }

        Assert.Equal(queries.Count, monitor.Count);
    }

    private static void AssertSame(QueryMonitor monitor, Dictionary<Guid, Asked> queries, IndexSnapshot snapshot, DocumentTerms document)
    {
        var expected = queries.Select(asked => new MonitorCandidate(asked.Key, snapshot.ScoreOnly(asked.Value.Query, document), snapshot.Deviation(asked.Value.Query))).ToDictionary(c => c.Key);
        bool Satisfied(MonitorCandidate found) => found.Deviation > 0 && found.Score >= queries[found.Key].Deviations * found.Deviation;
        var candidates = monitor.Candidates(snapshot, document);
        Assert.Equal(candidates.Select(c => c.Key).Distinct().Count(), candidates.Count);
        Assert.All(candidates, found => Assert.Equal(expected[found.Key], found));
        Assert.Empty(expected.Values.Where(Satisfied).Except(candidates));
    }
}
