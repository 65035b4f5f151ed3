using System.Text;
using System.Text.RegularExpressions;

namespace Matchmaking.Importing.Normalizing;

/// <summary>Makes a cell's text fit to be stored: valid Unicode without control characters, and without what isn't text.</summary>
internal static partial class Texts
{
    private static readonly string[] Placeholders = ["-", "--", "---", "—", "——", "无", "暂无", "无数据", "null", "NULL", "None", "N/A", "n/a", "NA", "nan", "NaN", "/", "\\N", "未知", "不详", "#N/A", "#VALUE!", "#REF!", "#NAME?"];

    // What a blank of GBK's user-defined area (A3A0) is decoded to.
    private const char GbkBlank = '\uE5E5';

    /// <summary>The text without control characters but newline and tab, without lone surrogates and noncharacters, trimmed; null where nothing is left.</summary>
    /// <param name="text">A cell as it came.</param>
    /// <param name="removed">Whether characters that can't be stored were taken out.</param>
    public static string? Clean(string? text, out bool removed)
    {
        removed = false;
        if (text is null)
            return null;
        var dirty = false;
        for (var i = 0; i < text.Length && !dirty; i++)
            dirty = IsForeign(text, i, out _) || text[i] is '\r' or GbkBlank;
        if (!dirty)
            return text.AsSpan().Trim() is { Length: > 0 } trimmed ? trimmed.Length == text.Length ? text : trimmed.ToString() : null;
        var clean = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\r')
            {
                if (i + 1 >= text.Length || text[i + 1] != '\n')
                    clean.Append('\n');
            }
            else if (text[i] == GbkBlank)
            {
                clean.Append(' ');
            }
            else if (IsForeign(text, i, out var pair))
            {
                removed = true;
            }
            else
            {
                clean.Append(text[i]);
                if (pair)
                    clean.Append(text[++i]);
            }
        }
        return clean.ToString().Trim() is { Length: > 0 } rest ? rest : null;
    }

    /// <summary>The text without the mark-up that databases leave in it: sub- and superscripts, line breaks, character references.</summary>
    public static string WithoutMarkup(string text, out bool removed)
    {
        removed = false;
        if (!text.Contains('<', StringComparison.Ordinal) && !text.Contains('&', StringComparison.Ordinal))
            return text;
        var bare = Reference().Replace(Markup().Replace(Break().Replace(text, "\n"), ""), match => System.Net.WebUtility.HtmlDecode(match.Value));
        removed = bare.Length != text.Length;
        return bare;
    }

    /// <summary>Whether a cell says that it has no value.</summary>
    public static bool IsPlaceholder(string text) => text.Length <= 8 && Array.IndexOf(Placeholders, text) >= 0;

    private static bool IsForeign(string text, int at, out bool pair)
    {
        pair = false;
        var c = text[at];
        if (c < ' ')
            return c is not ('\n' or '\t' or '\r');
        if (c < '\u007F')
            return false;
        if (c <= '\u009F' || c is '\uFEFF' or >= '\uFDD0' and <= '\uFDEF' or >= '\uFFFE')
            return true;
        if (!char.IsSurrogate(c))
            return false;
        pair = char.IsHighSurrogate(c) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]);
        return !pair || (char.ConvertToUtf32(c, text[at + 1]) & 0xFFFE) == 0xFFFE;
    }

    [GeneratedRegex("</?(?:base:|business:|xhtml:|p:)?(?:sub|sup|b|i|u|em|strong|span|font|p|div|o|img|image|maths?|smallcaps)(?:\\s[^<>]{0,300})?/?>", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Markup();

    [GeneratedRegex("<(?:base:)?br\\s*/?>", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Break();

    [GeneratedRegex("&(?:lt|gt|amp|quot|apos|nbsp|#[0-9]{1,7}|#x[0-9a-fA-F]{1,6});", RegexOptions.CultureInvariant)]
    private static partial Regex Reference();
}
