using System.Text.RegularExpressions;

namespace Matchmaking.Patents;

/// <summary>Reads symbols of the International Patent Classification in every usual spelling (IPC分类号).</summary>
public static partial class IpcSymbol
{
    private const int SubclassLength = 4;

    /// <summary>Normalises one symbol: <c>H01M4/36(2006.01)I</c> and <c>H01M0004360000</c> become <c>H01M 4/36</c>; null where it is none.</summary>
    /// <remarks>Any level is accepted: a section (H), a class (H01), a subclass (H01M), a main group (H01M 4/00), a subgroup, also the longer ones of CPC.</remarks>
    public static string? Normalize(string text)
    {
        var found = List(text);
        return found is [var only] ? only : null;
    }

    /// <summary>All symbols in a text, in order, each once.</summary>
    /// <param name="text">Symbols separated by anything.</param>
    /// <param name="leftOver">What stood there besides symbols and separators; empty when all was understood.</param>
    public static List<string> List(string text, out string leftOver)
    {
        var symbols = new List<string>();
        var narrow = HalfWidth.Of(text).ToUpperInvariant();
        leftOver = Edition().Replace(Symbol().Replace(narrow, match =>
        {
            var symbol = Format(match);
            if (!symbols.Contains(symbol))
                symbols.Add(symbol);
            return " ";
        }), " ").Trim(' ', ';', ',', '|', '\n', '\r', '\t', '?', '/', '、', '.', '&', '#', '"', '\'', '[', ']', ':');
        return symbols;
    }

    /// <summary>All symbols in a text, in order, each once.</summary>
    public static List<string> List(string text) => List(text, out _);

    /// <summary>Whether the first symbol is the second one or stands above it.</summary>
    public static bool Covers(string broad, string narrow) =>
        narrow.StartsWith(broad, StringComparison.Ordinal) || (broad.EndsWith("/00", StringComparison.Ordinal) && narrow.StartsWith(broad.AsSpan(0, broad.Length - 2), StringComparison.Ordinal));

    /// <summary>The subclass of a symbol: H01M of H01M 4/36; the symbol itself where it stands above one.</summary>
    public static string Subclass(string symbol) => symbol.Length > SubclassLength ? symbol[..SubclassLength] : symbol;

    /// <summary>The subclasses that symbols name, each once, in their order; those that stand above one name none.</summary>
    public static IEnumerable<string> Subclasses(IEnumerable<string> symbols) =>
        symbols.Where(symbol => symbol.Length >= SubclassLength).Select(Subclass).Distinct(StringComparer.Ordinal);

    private static string Format(Match match)
    {
        var subclass = match.Groups["s"].Value;
        if (match.Groups["fg"].Success)
        {
            var sub = match.Groups["fs"].Value;
            var trimmed = sub.TrimEnd('0');
            return $"{subclass} {match.Groups["fg"].Value.TrimStart('0')}/{(trimmed.Length < 2 ? trimmed.PadRight(2, '0') : trimmed)}";
        }
        return match.Groups["g"].Success ? $"{subclass} {match.Groups["g"].Value.TrimStart('0')}/{match.Groups["n"].Value}" : subclass;
    }

    // A symbol with its group; the fixed form of ST.8 (four digits of group, six of subgroup); or a section, class or subclass alone.
    [GeneratedRegex(@"(?<![A-Z0-9])(?:(?<s>[A-H][0-9]{2}[A-Z])(?:(?<fg>[0-9]{4})(?<fs>[0-9]{6})(?![0-9])|[\s\-_]*0*(?<g>[1-9][0-9]{0,3})\s*[/:]\s*(?<n>[0-9]{2,6}))|(?<s>[A-H](?:[0-9]{2}[A-Z]?)?)(?![A-Z0-9/]))", RegexOptions.CultureInvariant)]
    private static partial Regex Symbol();

    // What stands after a symbol: the edition in brackets, the levels I/N, A/C, F/L, and (7) of older editions.
    [GeneratedRegex(@"\(\s*[0-9]{1,4}(?:[.\-][0-9]{1,2})*\s*\)\s*[ACINFL]{0,3}(?![A-Z0-9])|\bINT\.?\s*CL\.?[0-9]*\b|\bIPC\b|\bCPC\b", RegexOptions.CultureInvariant)]
    private static partial Regex Edition();
}
