namespace Matchmaking.Search.Indexing;

/// <summary>A field of a text index: one of text, symbol, tag, number or identifier.</summary>
/// <param name="Name">The name used in documents, filters and user queries; letters only, compared without case in queries.</param>
public abstract record IndexField(string Name)
{
    /// <summary>Other names by which a user query may call the field, such as its Chinese name.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Brings a value, stored or asked for, to the one spelling that is compared.</summary>
    /// <remarks>Applied to symbols, tags and identifiers alike when documents are put and when queries and filters are read.</remarks>
    public Func<string, string> Normalise { get; init; } = static value => value.Trim();
}
