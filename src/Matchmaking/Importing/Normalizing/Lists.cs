using System.Text;

namespace Matchmaking.Importing.Normalizing;

/// <summary>Splits cells that hold several names or words (多值单元格).</summary>
internal static class Lists
{
    /// <summary>Splits names at ; ； , ， 、 | and line ends, but not within brackets nor before an English company's Ltd.</summary>
    public static List<string> Names(string text)
    {
        // With a stronger separator in the cell, commas belong to the names: "Smith, John; Li, Wei".
        var strong = text.AsSpan().IndexOfAny(";；|\n") >= 0 || text.Contains('｜', StringComparison.Ordinal);
        var latin = !text.Any(c => c is >= '\u2E80' and <= '\u9FFF');
        return Split(text, strong ? ";；|｜\n" : latin ? ";；|｜\n、" : ";；|｜\n,，、\t");
    }

    /// <summary>Splits keywords and the like at any usual separator, but not within brackets.</summary>
    public static List<string> Words(string text) => Split(text, ";；|｜\n,，、\t");

    private static List<string> Split(string text, string separators)
    {
        var parts = new List<string>();
        var part = new StringBuilder();
        var depth = 0;
        foreach (var c in text)
        {
            if (c is '(' or '（' or '[' or '【' or '〔')
                depth++;
            else if (c is ')' or '）' or ']' or '】' or '〕')
                depth = Math.Max(0, depth - 1);
            if (separators.Contains(c) && (depth == 0 || c == '\n'))
            {
                depth = 0;
                Add(parts, part);
            }
            else
            {
                part.Append(c);
            }
        }
        Add(parts, part);
        return parts;
    }

    private static void Add(List<string> parts, StringBuilder part)
    {
        // Question marks at the edge are blanks that an exporter's code page didn't have.
        var text = part.ToString().Trim().Trim('?', '？', '\u3000', '"', '\'').Trim();
        part.Clear();
        if (text.Length > 0 && !Texts.IsPlaceholder(text) && !parts.Contains(text))
            parts.Add(text);
    }
}
