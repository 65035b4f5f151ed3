namespace Matchmaking.Search.Analysis;

/// <summary>Finds where a symbol of letters and digits ends in folded text.</summary>
internal static class SymbolScanner
{
    /// <summary>Whether <paramref name="unit"/> can be in a symbol: a Latin, Greek or Cyrillic letter, or a digit.</summary>
    public static bool IsSymbolUnit(char unit) =>
        char.IsAsciiLetterOrDigit(unit) || (unit is > '\u00BF' and < '\u0530' && char.IsLetter(unit));

    /// <summary>The end of the piece that begins at <paramref name="start"/>: letters and digits, a point only between digits.</summary>
    public static int PieceEnd(ReadOnlySpan<char> text, int start)
    {
        int end = start;
        while (end < text.Length && (IsSymbolUnit(text[end]) || IsDecimalPoint(text, start, end)))
            end++;
        // C++ and C# are names, not punctuation.
        if (end - start == 1 && text[start] == 'c')
        {
            if (text[end..].StartsWith("++"))
                return end + 2;
            if (text[end..].StartsWith("#"))
                return end + 1;
        }
        return end;
    }

    /// <summary>The end of the symbol that begins at <paramref name="start"/>: pieces joined by hyphens, or a classification symbol.</summary>
    public static int SymbolEnd(ReadOnlySpan<char> text, int start)
    {
        int end = PieceEnd(text, start);
        int classification = ClassificationEnd(text, start, end);
        if (classification > 0)
            return classification;
        // A hyphen between digits is no joint: 5-10mm is a range, 010-12345678 a telephone number.
        int joined = end;
        bool letters = HasLetter(text[start..end]);
        while (joined + 1 < text.Length && IsHyphen(text[joined]) && IsSymbolUnit(text[joined + 1])
            && !(char.IsAsciiDigit(text[joined - 1]) && char.IsAsciiDigit(text[joined + 1])))
        {
            int next = PieceEnd(text, joined + 1);
            letters |= HasLetter(text[joined..next]);
            joined = next;
        }
        return letters ? joined : end;
    }

    /// <summary>Whether the hyphen, minus or dash-like <paramref name="unit"/> can join pieces.</summary>
    public static bool IsHyphen(char unit) => unit is '-' or '\u2010' or '\u2011' or '－';

    /// <summary>Whether the piece is an IPC subclass with nothing or a main group behind it: h01m, h01m4.</summary>
    public static bool IsClassification(ReadOnlySpan<char> piece)
    {
        if (piece.Length is < 4 or > 8 || piece[0] is < 'a' or > 'h' || !char.IsAsciiLetterLower(piece[3])
            || !char.IsAsciiDigit(piece[1]) || !char.IsAsciiDigit(piece[2]))
            return false;
        foreach (char unit in piece[4..])
        {
            if (!char.IsAsciiDigit(unit))
                return false;
        }
        return true;
    }

    // H01M4/36, H01M 4/36: the group belongs to the symbol, whether a blank stands between or not.
    private static int ClassificationEnd(ReadOnlySpan<char> text, int start, int end)
    {
        if (!IsClassification(text[start..end]))
            return 0;
        int i = end;
        if (i - start == 4)
        {
            while (i < text.Length && i < end + 3 && text[i] == ' ')
                i++;
            int group = i;
            while (i < text.Length && char.IsAsciiDigit(text[i]))
                i++;
            if (i - group is < 1 or > 4)
                return 0;
        }
        if (i >= text.Length || text[i] is not ('/' or '／'))
            return 0;
        int subgroup = ++i;
        while (i < text.Length && char.IsAsciiDigit(text[i]))
            i++;
        return i - subgroup is >= 2 and <= 6 ? i : 0;
    }

    private static bool IsDecimalPoint(ReadOnlySpan<char> text, int start, int i) =>
        text[i] is '.' or '．' && i > start && char.IsAsciiDigit(text[i - 1]) && i + 1 < text.Length && char.IsAsciiDigit(text[i + 1]);

    /// <summary>Whether a decimal digit is among <paramref name="text"/>.</summary>
    public static bool HasDigit(ReadOnlySpan<char> text)
    {
        // Not by the span's own range search: until it's fully compiled that one boxes its bounds.
        foreach (char unit in text)
        {
            if (char.IsAsciiDigit(unit))
                return true;
        }
        return false;
    }

    private static bool HasLetter(ReadOnlySpan<char> text)
    {
        foreach (char unit in text)
        {
            if (char.IsLetter(unit))
                return true;
        }
        return false;
    }
}
