namespace Matchmaking.Search.Indexing;

/// <summary>What the index is told of one document: its key and the values of its fields.</summary>
/// <remarks>Null and blank values are passed over. Field names and kinds are checked against the schema by <see cref="TextIndex.Put"/>.</remarks>
public sealed class TextDocument(Guid key)
{
    internal List<KeyValuePair<string, string>> Texts { get; } = [];

    internal List<KeyValuePair<string, string>> Symbols { get; } = [];

    internal List<KeyValuePair<string, string>> Tags { get; } = [];

    internal List<KeyValuePair<string, string>> Identifiers { get; } = [];

    internal List<KeyValuePair<string, long>> Numbers { get; } = [];

    /// <summary>The key the document is put, found and removed by.</summary>
    public Guid Key { get; } = key;

    /// <summary>Adds a text; several texts of one field are counted together, but no phrase spans two of them.</summary>
    public TextDocument AddText(string field, string? text) => Add(Texts, field, text);

    /// <summary>Adds a symbol.</summary>
    public TextDocument AddSymbol(string field, string? symbol) => Add(Symbols, field, symbol);

    /// <summary>Adds a tag.</summary>
    public TextDocument AddTag(string field, string? tag) => Add(Tags, field, tag);

    /// <summary>Adds an identifier.</summary>
    public TextDocument AddIdentifier(string field, string? identifier) => Add(Identifiers, field, identifier);

    /// <summary>Sets a number; a field holds one number at most.</summary>
    public TextDocument SetNumber(string field, long? number)
    {
        Numbers.RemoveAll(pair => pair.Key == field);
        if (number is { } value)
        {
            Numbers.Add(new(field, value));
        }

        return this;
    }

    private TextDocument Add(List<KeyValuePair<string, string>> values, string field, string? value)
    {
        ArgumentNullException.ThrowIfNull(field);
        if (!string.IsNullOrWhiteSpace(value))
        {
            values.Add(new(field, value));
        }

        return this;
    }
}
