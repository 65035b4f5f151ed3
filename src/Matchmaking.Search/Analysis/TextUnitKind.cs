namespace Matchmaking.Search.Analysis;

/// <summary>What a piece of folded text is.</summary>
internal enum TextUnitKind : byte
{
    /// <summary>A dictionary word or a single character.</summary>
    Word,

    /// <summary>Letters and digits.</summary>
    Symbol,

    /// <summary>Letters and digits with one Han character behind that belongs to them.</summary>
    SuffixedSymbol,

    /// <summary>A mark no technical word goes across.</summary>
    SentenceEnd,
}
