namespace Matchmaking.Search.Queries;

/// <summary>How often the values of a tag field occur among the documents found.</summary>
/// <param name="Field">The tag field.</param>
/// <param name="Values">The commonest values, by count, highest first, then ordinally.</param>
public sealed record Facet(string Field, IReadOnlyList<FacetValue> Values);
