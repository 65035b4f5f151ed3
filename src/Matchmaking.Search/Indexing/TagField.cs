namespace Matchmaking.Search.Indexing;

/// <summary>Exact strings that can be filtered by and counted as facets; a document may carry several.</summary>
/// <param name="Name">The field's name.</param>
public sealed record TagField(string Name) : IndexField(Name);
