using Matchmaking.Search.Ranking;

namespace Matchmaking.Search.Queries;

/// <summary>One page of what a user's query finds.</summary>
/// <param name="Hits">The hits in their order; the last one says where the next page begins.</param>
/// <param name="Total">How many documents are found in all.</param>
/// <param name="Facets">The facets that were asked for, over all documents found.</param>
/// <param name="Ranking">The terms that ordered the hits, prefixes written out; highlight by these.</param>
public sealed record FoundDocuments(IReadOnlyList<Hit> Hits, int Total, IReadOnlyList<Facet> Facets, WeightedQuery Ranking);
