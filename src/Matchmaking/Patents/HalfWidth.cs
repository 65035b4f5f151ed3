namespace Matchmaking.Patents;

/// <summary>Brings numbers, codes and names to half width, as forms and spreadsheets write them in either (全角转半角).</summary>
/// <remarks>By hand and not by <see cref="string.Normalize()"/>, which does nothing under the invariant globalization we run with.</remarks>
internal static class HalfWidth
{
    /// <summary>The text with full-width letters, digits and signs, and all kinds of blanks, as ASCII has them.</summary>
    public static string Of(string text)
    {
        var at = 0;
        while (at < text.Length && Of(text[at]) == text[at])
            at++;
        return at == text.Length ? text : string.Create(text.Length, text, static (narrow, wide) =>
        {
            for (var i = 0; i < narrow.Length; i++)
                narrow[i] = Of(wide[i]);
        });
    }

    private static char Of(char c) => c switch
    {
        < '\u00A0' => c,
        >= '\uFF01' and <= '\uFF5E' => (char)(c - 0xFEE0),
        '\u3000' or '\u00A0' or >= '\u2000' and <= '\u200A' or '\u202F' or '\u205F' => ' ',
        '\uFFE5' => '¥',
        '\u2212' or '\u2010' or '\u2011' or '\u2013' or '\uFE63' => '-',
        _ => c,
    };
}
