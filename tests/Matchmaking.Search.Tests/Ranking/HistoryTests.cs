using CsCheck;
using Lucene.Net.Analysis;
using Lucene.Net.Store;
using Matchmaking.Search.Indexing;
using Matchmaking.Search.Ranking;

namespace Matchmaking.Search.Tests.Ranking;

// The same documents score the same, bit for bit, whatever the history of the index and whichever way the score is asked for.
public sealed class HistoryTests
{
    [Fact]
    public void History_leaves_no_trace_in_scores() =>
        Gen.Select(SampleGen.History, SampleGen.Query).Sample((history, query) =>
        {
            var kept = new SortedDictionary<Guid, TextDocument>();
            using var aged = TextIndex.Open("memory", new RAMDirectory(), Samples.Schema, Samples.Analyzer);
            var position = 0L;
            foreach (var step in history)
            {
                Apply(step, aged, kept, ref position);
            }

            aged.Commit(++position);
            aged.Tidy();
            using var fresh = Samples.Build(new RAMDirectory(), kept.Values);
            using var a = aged.Acquire();
            using var b = fresh.Acquire();
            AssertSame(Samples.Schema, Samples.Analyzer, a, b, query, kept.Values);
        }, iter: 300);

    private static void Apply(SampleGen.Step step, TextIndex index, SortedDictionary<Guid, TextDocument> kept, ref long position)
    {
        if (step.Put is { } document)
        {
            index.Put(document);
            kept[document.Key] = document;
        }
        else if (step.Remove is { } key)
        {
            index.Remove(key);
            kept.Remove(key);
        }
        else
        {
            index.Commit(++position);
            index.Tidy();
        }
    }

    internal static void AssertSame(TextIndexSchema schema, Analyzer analyzer, IndexSnapshot aged, IndexSnapshot fresh, WeightedQuery query, IEnumerable<TextDocument> documents)
    {
        Assert.Equal(fresh.Statistics.Documents, aged.Statistics.Documents);
        foreach (var term in query.Terms)
        {
            Assert.Equal(fresh.Statistics.DocumentFrequency(term.Term), aged.Statistics.DocumentFrequency(term.Term));
        }

        var ranked = aged.Rank(query, null, 100);
        var expected = fresh.Rank(query, null, 100);
        Assert.Equal(expected.Hits, ranked.Hits);
        Assert.Equal(expected.Total, ranked.Total);
        Assert.Equal(ranked.Total, ranked.Hits.Count);
        Assert.Equal(Bits(fresh.IdealScore(query)), Bits(aged.IdealScore(query)));

        var scores = ranked.Hits.ToDictionary(hit => hit.Key, hit => hit.Score);
        var keys = documents.Select(document => document.Key).Reverse().ToArray();
        var many = aged.Score(query, keys);
        foreach (var document in documents)
        {
            var score = scores.GetValueOrDefault(document.Key);
            var single = aged.Score(query, document.Key)!;
            var outside = fresh.Score(query, DocumentTerms.From(schema, analyzer, document));
            Assert.Equal(Bits(score), Bits(single.Score));
            Assert.Equal(Bits(score), Bits(many[Array.IndexOf(keys, document.Key)]));
            Assert.Equal(Bits(score), Bits(outside.Score));
            Assert.Equal(Bits(score), Bits(Sum(single)));
            Assert.Equal(Bits(single.Meaning), Bits(outside.Meaning));
            Assert.Equal(single.Terms.Select(term => (term.Term.Term, term.Term.Weight, term.Score)), outside.Terms.Select(term => (term.Term.Term, term.Term.Weight, term.Score)));
            Assert.All(single.Terms, term => Assert.Equal(term.Score, term.Fields.Sum(field => field.Score), 1e-9));
            Assert.True(score <= aged.IdealScore(query));
        }
    }

    // Words, then what is meant, then characters: the order in which a score is added up.
    private static double Sum(TermScores scores)
    {
        var words = scores.Terms.Where(term => term.Term.Term.Kind != TermKind.Character).Aggregate(0.0, (sum, term) => sum + term.Score);
        return scores.Terms.Where(term => term.Term.Term.Kind == TermKind.Character).Aggregate(words + scores.Meaning, (sum, term) => sum + term.Score);
    }

    private static long Bits(double value) => BitConverter.DoubleToInt64Bits(value);
}
