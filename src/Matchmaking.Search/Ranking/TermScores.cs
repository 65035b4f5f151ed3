namespace Matchmaking.Search.Ranking;

/// <summary>A score and the matched terms that make it.</summary>
/// <param name="Score">The score, the very number that ranking gives; the terms' scores added in their order.</param>
/// <param name="Terms">The matched terms in their order.</param>
public sealed record TermScores(double Score, IReadOnlyList<TermScore> Terms)
{
    /// <summary>No term matched.</summary>
    public static TermScores None { get; } = new(0, []);
}
