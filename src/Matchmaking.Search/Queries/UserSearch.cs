using System.Buffers;
using Lucene.Net.Search;
using Lucene.Net.Util;
using Matchmaking.Search.Indexing;
using Matchmaking.Search.Ranking;

namespace Matchmaking.Search.Queries;

// Runs a user's query over a view: Lucene says which documents match, our score orders them.
internal sealed class UserSearch(IndexSnapshot.View view, UserQuery query, IndexFilter? filter)
{
    public FoundDocuments Run(int count, Hit? after, IEnumerable<string> facetFields, int facetValues)
    {
        var facets = facetFields.Select(field => new FacetCounter(view.Schema.Get<TagField>(field).Name)).ToArray();
        var clauses = new ClauseQuery(view.Schema, query.Analyzer, view.Reader, view.Statistics);
        var matching = clauses.Translate(query.Clauses);
        var ranking = clauses.PrefixTerms.Count == 0 ? query.Ranking : query.Ranking.With(clauses.PrefixTerms);
        var top = new TopHits(count, after);
        var total = 0;
        if (matching is not null)
        {
            var weight = new IndexSearcher(view.Reader).CreateNormalizedWeight(matching);
            var bound = view.Bind(ranking);
            foreach (var segment in view.Segments)
            {
                var found = Match(weight, segment);
                total += Collect(segment, found, bound, top);
                foreach (var facet in facets)
                {
                    facet.Add(segment, found);
                }
            }
        }

        return new(top.ToSorted(), total, [.. facets.Select(facet => facet.Commonest(facetValues))], ranking);
    }

    private FixedBitSet Match(Weight weight, Segment segment)
    {
        var found = new FixedBitSet(segment.Reader.MaxDoc);
        if (weight.GetScorer(segment.Context, segment.Live) is { } docs)
        {
            found.Or(docs);
        }

        if (filter is not null)
        {
            found.And(FilterBits.Of(filter, segment, view.Schema));
        }

        return found;
    }

    private int Collect(Segment segment, FixedBitSet found, BoundQuery bound, TopHits top)
    {
        var maxDoc = segment.Reader.MaxDoc;
        var scores = ArrayPool<double>.Shared.Rent(maxDoc);
        try
        {
            Array.Clear(scores, 0, maxDoc);
            var postings = new SegmentPostings(segment, view.Schema, view.Statistics);
            foreach (var term in bound.Terms)
            {
                postings.Accumulate(term, scores, found);
            }

            var total = 0;
            for (var doc = found.NextSetBit(0); doc >= 0; doc = doc + 1 < maxDoc ? found.NextSetBit(doc + 1) : -1)
            {
                total++;
                top.Offer(segment.Core.Keys, doc, scores[doc]);
            }

            return total;
        }
        finally
        {
            ArrayPool<double>.Shared.Return(scores);
        }
    }
}
