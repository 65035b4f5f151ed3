namespace Matchmaking.Search.Ranking;

/// <summary>The best documents for a query.</summary>
/// <param name="Hits">The hits in their order.</param>
/// <param name="Total">How many documents match in all, pages before and after included.</param>
public sealed record RankedHits(IReadOnlyList<Hit> Hits, int Total);
