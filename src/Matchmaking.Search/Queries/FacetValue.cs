namespace Matchmaking.Search.Queries;

/// <summary>A value of a tag field and the number of documents found that carry it.</summary>
public readonly record struct FacetValue(string Value, int Count);
