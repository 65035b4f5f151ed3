namespace Matchmaking.Search.Analysis;

/// <summary>What a token of technical text is, so that a ranker can weigh it.</summary>
public enum TextTokenKind : byte
{
    /// <summary>A word of the dictionary, a Latin word, or a single character.</summary>
    Word,

    /// <summary>A technical word, several dictionary words kept whole.</summary>
    TechnicalWord,

    /// <summary>Letters and digits that belong together: LiFePO4, 5G, H01M4/36, 7号.</summary>
    Symbol,

    /// <summary>Digits alone, with or without a decimal point.</summary>
    Number,

    /// <summary>A piece of the technical word or symbol at the same position.</summary>
    Part,

    /// <summary>Two single characters side by side, likely a word the dictionary lacks (残膜), at the position of the first.</summary>
    Pair,

    /// <summary>One Han character of the word at the same position, after <see cref="TextTokens.CharacterMark"/>: what two names of a thing still share (铺设, 敷设).</summary>
    Character,

    /// <summary>Another name of what stands at the same position; the text doesn't hold it.</summary>
    Synonym,
}
