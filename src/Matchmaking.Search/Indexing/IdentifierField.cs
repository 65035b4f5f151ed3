namespace Matchmaking.Search.Indexing;

/// <summary>A number-like name of the document, found by its normalised key whatever way the user spells it.</summary>
/// <param name="Name">The field's name.</param>
public sealed record IdentifierField(string Name) : IndexField(Name);
