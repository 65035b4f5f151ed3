namespace Matchmaking.Search.Segmentation;

/// <summary>The class of each UTF-16 unit, by table.</summary>
internal static class CharClasses
{
    private static readonly CharClass[] Table = Build();

    /// <summary>The class of <paramref name="unit"/>.</summary>
    public static CharClass Of(char unit) => Table[unit];

    /// <summary>Half width and lower case for the Latin letters and digits of either width, any other unit as it is.</summary>
    public static char Fold(char unit) => Table[unit] switch
    {
        CharClass.Letter => (char)(unit | 0x20),
        CharClass.WideLetter => (char)((unit - 0xFEE0) | 0x20),
        CharClass.WideDigit => (char)(unit - 0xFEE0),
        _ => unit,
    };

    private static CharClass[] Build()
    {
        var table = new CharClass[char.MaxValue + 1];
        // Later ranges overwrite earlier ones: letters and digits lie inside the delimiter ranges.
        Fill(table, 0x0021, 0x00BB, CharClass.Delimiter);
        Fill(table, 0x2010, 0x2642, CharClass.Delimiter);
        Fill(table, 0x3001, 0x301E, CharClass.Delimiter);
        Fill(table, 0xFE30, 0xFF63, CharClass.Delimiter);
        Fill(table, 'A', 'Z', CharClass.Letter);
        Fill(table, 'a', 'z', CharClass.Letter);
        Fill(table, '0', '9', CharClass.Digit);
        Fill(table, 0xFF21, 0xFF3A, CharClass.WideLetter);
        Fill(table, 0xFF41, 0xFF5A, CharClass.WideLetter);
        Fill(table, 0xFF10, 0xFF19, CharClass.WideDigit);
        Fill(table, 0x4E00, 0x9FA5, CharClass.Han);
        Fill(table, 0xD800, 0xDFFF, CharClass.Surrogate);
        foreach (char space in " \t\r\n\u3000")
            table[space] = CharClass.Space;
        return table;
    }

    private static void Fill(CharClass[] table, int first, int last, CharClass value) =>
        table.AsSpan(first, last - first + 1).Fill(value);
}
