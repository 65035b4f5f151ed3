using System.Globalization;
using System.Text.RegularExpressions;

namespace Matchmaking.Search.Tests.Segmentation;

/// <summary>Reads <c>\uXXXX</c>, the spelling of units that a line of UTF-8 can't carry or an editor wouldn't show.</summary>
internal static partial class Escapes
{
    public static string Read(string text) => Escape().Replace(
        text,
        match => ((char)int.Parse(match.Groups[1].ValueSpan, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString());

    [GeneratedRegex(@"\\u([0-9a-f]{4})", RegexOptions.CultureInvariant)]
    private static partial Regex Escape();
}
