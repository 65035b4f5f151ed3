using System.Collections.Frozen;

namespace Matchmaking.Patents;

/// <summary>Short Chinese titles of IPC sections, classes and subclasses (IPC类名).</summary>
/// <remarks>Source: data-seeds/reference/ipc.tsv, our own wording of the classification's headings.</remarks>
internal static class IpcTitles
{
    private static readonly Lazy<FrozenDictionary<string, string>> Titles = new(() =>
    {
        using var reader = new StreamReader(typeof(IpcTitles).Assembly.GetManifestResourceStream("reference/ipc.tsv")!);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split('\t'))
            .ToFrozenDictionary(cells => cells[0], cells => cells[2].Trim(), StringComparer.Ordinal);
    });

    /// <summary>The title of a symbol; the symbol itself where it has none.</summary>
    public static string Of(string symbol) => Find(symbol) ?? symbol;

    /// <summary>The title of a symbol; null where it has none.</summary>
    public static string? Find(string symbol) => Titles.Value.GetValueOrDefault(symbol);
}
