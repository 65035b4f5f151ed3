namespace Matchmaking.Search.Ranking;

/// <summary>A term of a query with its weight.</summary>
/// <param name="Term">The term.</param>
/// <param name="Weight">The weight, above zero; the index multiplies it by the term's rarity.</param>
/// <param name="Parts">The names of the query's parts that hold the term, in the order of the parts; empty where unknown.</param>
public sealed record WeightedTerm(IndexTerm Term, double Weight, IReadOnlyList<string> Parts);
