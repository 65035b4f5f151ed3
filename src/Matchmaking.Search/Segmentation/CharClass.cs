namespace Matchmaking.Search.Segmentation;

/// <summary>What a UTF-16 unit is to the segmenter.</summary>
internal enum CharClass : byte
{
    /// <summary>Anything the dictionary method knows nothing of.</summary>
    Other,

    /// <summary>U+4E00 to U+9FA5.</summary>
    Han,

    /// <summary>A to Z, a to z.</summary>
    Letter,

    /// <summary>0 to 9.</summary>
    Digit,

    /// <summary>A to Z, a to z in full width.</summary>
    WideLetter,

    /// <summary>0 to 9 in full width.</summary>
    WideDigit,

    /// <summary>Blank, tab, CR, LF and the ideographic space.</summary>
    Space,

    /// <summary>Punctuation and symbols.</summary>
    Delimiter,

    /// <summary>Half of a character beyond U+FFFF, or a half without its other half.</summary>
    Surrogate,
}
