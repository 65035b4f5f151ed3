namespace Matchmaking.Search.Segmentation;

/// <summary>What kind of thing a segment is.</summary>
public enum WordKind : byte
{
    /// <summary>A dictionary word, a single Han character, or one character beyond U+FFFF.</summary>
    Word,

    /// <summary>A run of Latin letters, or one character that is none of the others.</summary>
    Letters,

    /// <summary>A run of decimal digits.</summary>
    Digits,

    /// <summary>One punctuation mark or symbol.</summary>
    Delimiter,
}
