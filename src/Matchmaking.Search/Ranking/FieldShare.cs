namespace Matchmaking.Search.Ranking;

/// <summary>What one field adds to a term's score.</summary>
/// <param name="Field">The field's name.</param>
/// <param name="Occurrences">How often the term occurs in the field.</param>
/// <param name="Score">The field's share of the term's score; shares add up to it but for rounding.</param>
public readonly record struct FieldShare(string Field, int Occurrences, double Score);
