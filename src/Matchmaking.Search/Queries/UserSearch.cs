using Lucene.Net.Search;
using Lucene.Net.Util;
using Matchmaking.Search.Indexing;
using Matchmaking.Search.Ranking;

namespace Matchmaking.Search.Queries;

// Runs a user's query over a view: Lucene says which documents match, our score orders them.
internal sealed class UserSearch(CommittedIndex view, UserQuery query, IndexFilter? filter)
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
                total += SegmentRanking.Rank(view, segment, bound, found, all: true, top);
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
}
