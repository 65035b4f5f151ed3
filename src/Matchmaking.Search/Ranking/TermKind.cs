namespace Matchmaking.Search.Ranking;

/// <summary>Where a term is looked for.</summary>
public enum TermKind
{
    /// <summary>In all text fields.</summary>
    Word,

    /// <summary>In one symbol field.</summary>
    Symbol,

    /// <summary>In one identifier field.</summary>
    Identifier,

    /// <summary>One Han character, in the text fields whose characters count; it only adds to what shares a word.</summary>
    Character,
}
