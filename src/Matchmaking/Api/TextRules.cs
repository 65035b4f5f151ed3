using System.Globalization;
using Matchmaking.Organizations;
using Matchmaking.Patents;

namespace Matchmaking.Api;

/// <summary>What text may be stored: as it came, but valid Unicode without control characters other than newline and tab.</summary>
internal static class TextRules
{
    /// <summary>The position and code of the first character that can't be stored, or null where all can.</summary>
    public static (int Position, string What)? FirstBad(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                i++;
            else if (char.IsSurrogate(c))
                return (i, $"half a character (U+{(int)c:X4})");
            else if (char.IsControl(c) && c is not ('\n' or '\t' or '\r'))
                return (i, $"a control character (U+{(int)c:X4})");
        }
        return null;
    }

    /// <summary>Takes a text of the input, or fails the check that names it; line ends become newlines.</summary>
    public static string? Take(this Checks checks, string field, string? text, int max, bool required = false)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            checks.Require(!required, field, null, "it is empty");
            return required ? "" : null;
        }
        var length = new StringInfo(text).LengthInTextElements;
        if (text.Length > max)
            checks.Fail(field, text, $"{length} characters were given, at most {max} are allowed");
        else if (FirstBad(text) is { } bad)
            checks.Fail(field, null, $"it holds {bad.What} at position {bad.Position}");
        return text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Trim();
    }

    /// <summary>Takes a list of short texts; blanks and repeats are dropped.</summary>
    public static List<string> Take(this Checks checks, string field, IReadOnlyList<string>? texts, int maxItems, int maxLength)
    {
        if ((texts?.Count ?? 0) > maxItems)
            checks.Fail(field, null, $"{texts!.Count} items were given, at most {maxItems} are allowed");
        var taken = new List<string>();
        for (var i = 0; i < Math.Min(texts?.Count ?? 0, maxItems); i++)
        {
            if (checks.Take($"{field}[{i.ToString(CultureInfo.InvariantCulture)}]", texts![i], maxLength) is { } text && !taken.Contains(text, StringComparer.Ordinal))
                taken.Add(text);
        }
        return taken;
    }

    /// <summary>Takes a sum of money in yuan: not negative, whole fen, below a trillion.</summary>
    public static decimal? Money(this Checks checks, string field, decimal? yuan)
    {
        checks.Require(yuan is null or (>= 0 and < 1_000_000_000_000m), field, yuan, "a sum from 0 to 1,000,000,000,000 yuan is expected");
        checks.Require(yuan is null || decimal.Round(yuan.Value, 2) == yuan, field, yuan, "a fen is the smallest part of a yuan: two decimals at most");
        return yuan;
    }

    /// <summary>Takes an industry code of GB/T 4754-2017: a section's letter and two to four digits.</summary>
    public static string? Industry(this Checks checks, string field, string? code)
    {
        if (string.IsNullOrWhiteSpace(code))
            return null;
        var upper = code.Trim().ToUpperInvariant();
        checks.Require(IsIndustry(upper), field, code, "an industry code of GB/T 4754-2017 is expected, for instance C3841");
        return upper;
    }

    /// <summary>Whether a code has the form of an industry's.</summary>
    public static bool IsIndustry(string code) =>
        code.Length is >= 1 and <= 5 && code[0] is >= 'A' and <= 'T' && code.AsSpan(1).IndexOfAnyExceptInRange('0', '9') < 0 && code.Length != 2;

    /// <summary>Takes IPC symbols of any level, normalised.</summary>
    public static List<string> Ipc(this Checks checks, string field, IReadOnlyList<string>? symbols, int maxItems)
    {
        var taken = new List<string>();
        foreach (var text in checks.Take(field, symbols, maxItems, 30))
        {
            if (IpcSymbol.Normalize(text) is not { } symbol)
                checks.Fail(field, text, "an IPC symbol is expected, for instance H01M 4/36");
            else if (!taken.Contains(symbol, StringComparer.Ordinal))
                taken.Add(symbol);
        }
        return taken;
    }

    /// <summary>Takes provinces in any form, as their short names.</summary>
    public static List<string> Provinces(this Checks checks, string field, IReadOnlyList<string>? names)
    {
        var taken = new List<string>();
        foreach (var name in checks.Take(field, names, 34, 30))
        {
            if (Places.Province(name) is not { } province)
                checks.Fail(field, name, "a Chinese province is expected, for instance 江苏");
            else if (!taken.Contains(province, StringComparer.Ordinal))
                taken.Add(province);
        }
        return taken;
    }
}
