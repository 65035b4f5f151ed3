using Matchmaking.Search.Indexing;

namespace Matchmaking.Search.Queries;

internal enum ClauseSign
{
    None,
    Must,
    Not,
}

internal enum ClauseKind
{
    Words,
    Phrase,
    Prefix,
}

// One clause of a user's query as it was written; Position is where it begins, sign included, Start where its value does.
internal readonly record struct QueryClause(ClauseSign Sign, ClauseKind Kind, IndexField? Field, string Value, int Position, int Start)
{
    // A qualifier narrows what the words find; words of a text field are words.
    public bool IsQualifier => Field is SymbolField or TagField or NumberField;
}
