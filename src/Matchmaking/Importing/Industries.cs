using System.Collections.Frozen;
using System.Text;
using Matchmaking.Patents;

namespace Matchmaking.Importing;

/// <summary>The industries of GB/T 4754-2017 that come with the service (国民经济行业分类).</summary>
internal static class Industries
{
    private static readonly FrozenDictionary<string, string> Titles = Load();

    private static readonly FrozenDictionary<string, string> ByTitle = Titles.GroupBy(t => t.Value, StringComparer.Ordinal)
        .ToFrozenDictionary(g => g.Key, g => g.Select(t => t.Key).OrderBy(c => c.Length).ThenBy(c => c, StringComparer.Ordinal).First(), StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string> ByDigits = Titles.Keys.Where(c => c.Length > 1).ToFrozenDictionary(c => c[1..], c => c, StringComparer.Ordinal);

    /// <summary>The code for a code or title in any spelling: C3841, 3841, 电池制造; null where there is none.</summary>
    /// <param name="text">A code, a title, or both.</param>
    /// <param name="more">Codes of a full official table that an operator loaded.</param>
    public static string? Find(string text, IReadOnlySet<string> more)
    {
        var narrow = HalfWidth.Of(text).Trim().ToUpperInvariant();
        if (ByTitle.TryGetValue(narrow, out var titled))
            return titled;
        var end = 0;
        while (end < narrow.Length && (char.IsAsciiLetterOrDigit(narrow[end])))
            end++;
        var code = narrow[..end];
        if (code.Length > 0 && char.IsAsciiDigit(code[0]))
        {
            for (var length = code.Length; length >= 2; length--)
            {
                if (ByDigits.TryGetValue(code[..length], out var known))
                {
                    code = known[0] + code;
                    break;
                }
            }
        }
        if (code.Length is < 1 or > 5 || !char.IsAsciiLetterUpper(code[0]))
            return null;
        // Our table names the groups; a class under a known group is one of the full table.
        return Titles.ContainsKey(code) || more.Contains(code) || (code.Length == 5 && Titles.ContainsKey(code[..4]) && !Titles.Keys.Any(k => k.Length == 5 && k.StartsWith(code[..4], StringComparison.Ordinal))) ? code : null;
    }

    private static FrozenDictionary<string, string> Load()
    {
        using var stream = typeof(Industries).Assembly.GetManifestResourceStream("reference/industries.tsv")
            ?? throw new InvalidOperationException("The table of industries is missing from the build.");
        using var reader = new StreamReader(stream);
        var titles = new Dictionary<string, string>(StringComparer.Ordinal);
        reader.ReadLine();
        while (reader.ReadLine() is { } line)
        {
            var cells = line.Split('\t');
            if (cells.Length >= 3)
                titles[cells[0]] = cells[2];
        }
        return titles.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
