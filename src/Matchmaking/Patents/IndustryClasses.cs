using System.Collections.Frozen;
using System.Globalization;
using Matchmaking.Store;

namespace Matchmaking.Patents;

/// <summary>Which classes of techniques an industry mainly works in: the concordance of GB/T 4754-2017 with the IPC (国际专利分类与国民经济行业分类参照关系).</summary>
/// <remarks>Source: data-seeds/reference/industry-classes.tsv. What an entry says holds for the codes above it, too; a code without an entry has that of its longest known beginning.</remarks>
internal static class IndustryClasses
{
    private const int Division = 3;

    private static readonly FrozenDictionary<string, string[]> Entries;
    private static readonly FrozenDictionary<string, string[]> ByClass;

    static IndustryClasses()
    {
        using var reader = new StreamReader(typeof(IndustryClasses).Assembly.GetManifestResourceStream("reference/industry-classes.tsv")
            ?? throw new InvalidOperationException("The concordance of industries is missing from the build."));
        var text = reader.ReadToEnd();
        var pairs = text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.TrimEnd('\r').Split('\t'))
            .SelectMany(cells => cells[1].Split(' ').SelectMany(symbol => Enumerable.Range(Division, cells[0].Length - Division + 1).Select(length => (Code: cells[0][..length], Symbol: symbol))))
            .Distinct().ToList();
        Entries = pairs.GroupBy(p => p.Code, p => p.Symbol, StringComparer.Ordinal).ToFrozenDictionary(g => g.Key, g => g.Order(StringComparer.Ordinal).ToArray(), StringComparer.Ordinal);
        ByClass = pairs.GroupBy(p => p.Symbol, p => p.Code, StringComparer.Ordinal).ToFrozenDictionary(g => g.Key, g => g.Order(StringComparer.Ordinal).ToArray(), StringComparer.Ordinal);
        Version = TextHash.Of(text).ToString("x16", CultureInfo.InvariantCulture);
    }

    /// <summary>A hash of all it says; an index made with another concordance is made anew.</summary>
    public static string Version { get; }

    /// <summary>The entry of a code, such as C384 for C3841; null where nothing is said of it.</summary>
    public static string? Entry(string? industry)
    {
        var code = industry?.Trim().ToUpperInvariant() ?? "";
        for (var length = Math.Min(code.Length, 5); length >= Division; length--)
        {
            if (Entries.ContainsKey(code[..length]))
                return code[..length];
        }
        return null;
    }

    /// <summary>The classes and subclasses of an entry, in their order.</summary>
    public static IReadOnlyList<string> Of(string entry) => Entries[entry];

    /// <summary>The entries among whose classes one of these symbols is.</summary>
    public static IEnumerable<string> Serving(IEnumerable<string> symbols) =>
        symbols.SelectMany(PatentDocument.IpcLevels).SelectMany(level => ByClass.GetValueOrDefault(level, [])).Distinct(StringComparer.Ordinal);

    /// <summary>The subclasses of these symbols that are among an entry's classes.</summary>
    public static IEnumerable<string> Shared(string entry, IEnumerable<string> symbols) => symbols
        .Select(IpcSymbol.Subclass).Distinct(StringComparer.Ordinal)
        .Where(symbol => Entries[entry].Any(of => symbol.StartsWith(of, StringComparison.Ordinal)));
}
