namespace Matchmaking.Search.Indexing;

/// <summary>Exact symbols, such as those of a classification, that count in the score and are found by their beginning.</summary>
/// <remarks>The caller adds a symbol at every granularity it wants counted: H, H01, H01M, H01M4/36.</remarks>
/// <param name="Name">The field's name.</param>
/// <param name="Weight">How much a shared symbol counts beside words; above zero.</param>
public sealed record SymbolField(string Name, double Weight) : IndexField(Name)
{
    /// <summary>Whether a shared symbol is a hint: it adds to a score and doesn't enter <see cref="IndexSnapshot.Deviation"/>, so that a document without it counts as if it hadn't been asked for.</summary>
    public bool IsHint { get; init; }
}
