namespace Matchmaking.Search.Indexing;

/// <summary>A whole number, at most one per document, that can be filtered by range.</summary>
/// <param name="Name">The field's name.</param>
public sealed record NumberField(string Name) : IndexField(Name);
