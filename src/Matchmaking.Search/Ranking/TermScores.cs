namespace Matchmaking.Search.Ranking;

/// <summary>A score and the matched terms that make it.</summary>
/// <param name="Score">The score, the very number that ranking gives; the words' scores added in their order, then the meaning's, then the characters'.</param>
/// <param name="Terms">The matched terms in their order.</param>
/// <param name="Meaning">What the closeness of meaning adds.</param>
public sealed record TermScores(double Score, IReadOnlyList<TermScore> Terms, double Meaning = 0)
{
    /// <summary>No term matched.</summary>
    public static TermScores None { get; } = new(0, []);
}
