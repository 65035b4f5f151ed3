namespace Matchmaking.Search.Ranking;

/// <summary>What one matched term adds to a score, and where in the document it stands.</summary>
/// <param name="Term">The query's term and weight.</param>
/// <param name="Score">What it adds.</param>
/// <param name="Fields">The fields of the document that hold it.</param>
public sealed record TermScore(WeightedTerm Term, double Score, IReadOnlyList<FieldShare> Fields);
