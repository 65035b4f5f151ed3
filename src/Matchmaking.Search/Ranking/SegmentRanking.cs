using System.Buffers;
using Lucene.Net.Util;
using Matchmaking.Search.Indexing;

namespace Matchmaking.Search.Ranking;

// Scores the documents of one segment, term after term, and offers them to the best hits; gives how many there were.
internal static class SegmentRanking
{
    // Below this share of a segment, leaping through posting lists is cheaper than reading them.
    private const int Sparse = 64;

    // All accepted documents count when every one of them is a hit, else only those that hold a term.
    public static int Rank(CommittedIndex view, Segment segment, BoundQuery query, FixedBitSet? accepted, bool all, TopHits top)
    {
        var maxDoc = segment.Reader.MaxDoc;
        if (accepted?.Cardinality is { } count && count < maxDoc / Sparse)
        {
            return RankFew(view, segment, query, accepted, count, all, top);
        }

        var scores = ArrayPool<double>.Shared.Rent(maxDoc);
        try
        {
            Array.Clear(scores, 0, maxDoc);
            var postings = new SegmentPostings(segment, view.Schema, view.Statistics);
            foreach (var term in query.Words)
            {
                postings.Accumulate(term, scores, accepted);
            }

            for (var doc = 0; query.LooksForMeaning && doc < maxDoc; doc++)
            {
                if (accepted is null || accepted.Get(doc))
                {
                    scores[doc] += query.MeaningOf(segment.Core, doc);
                }
            }

            foreach (var term in query.Characters)
            {
                postings.Accumulate(term, scores, accepted);
            }

            var total = 0;
            for (var doc = 0; doc < maxDoc; doc++)
            {
                if (scores[doc] > 0 || (all && accepted!.Get(doc)))
                {
                    total++;
                    top.Offer(segment.Core.Keys, doc, scores[doc]);
                }
            }

            return total;
        }
        finally
        {
            ArrayPool<double>.Shared.Return(scores);
        }
    }

    // Adds up the scores of some documents, ascending, in the order of the terms: the same sums as over all documents.
    public static void ScoreFew(CommittedIndex view, Segment segment, BoundQuery query, ReadOnlySpan<int> docs, Span<double> sums)
    {
        var scores = ArrayPool<double>.Shared.Rent(docs.Length);
        try
        {
            var scored = scores.AsSpan(0, docs.Length);
            var postings = new SegmentPostings(segment, view.Schema, view.Statistics);
            foreach (var term in query.Words)
            {
                scored.Clear();
                postings.Score(term, docs, scored);
                for (var i = 0; i < scored.Length; i++)
                {
                    sums[i] += scored[i];
                }
            }

            for (var i = 0; query.LooksForMeaning && i < scored.Length; i++)
            {
                sums[i] += query.MeaningOf(segment.Core, docs[i]);
            }

            foreach (var term in query.Characters)
            {
                scored.Clear();
                postings.Score(term, docs, scored);
                for (var i = 0; i < scored.Length; i++)
                {
                    sums[i] += sums[i] > 0 ? scored[i] : 0;
                }
            }
        }
        finally
        {
            ArrayPool<double>.Shared.Return(scores);
        }
    }

    private static int RankFew(
        CommittedIndex view, Segment segment, BoundQuery query, FixedBitSet accepted, int count, bool all, TopHits top)
    {
        if (count == 0)
        {
            return 0;
        }

        var docs = new int[count];
        var sums = new double[count];
        var doc = -1;
        for (var i = 0; i < count; i++)
        {
            docs[i] = doc = accepted.NextSetBit(doc + 1);
        }

        ScoreFew(view, segment, query, docs, sums);
        var total = 0;
        for (var i = 0; i < count; i++)
        {
            if (all || sums[i] > 0)
            {
                total++;
                top.Offer(segment.Core.Keys, docs[i], sums[i]);
            }
        }

        return total;
    }
}
