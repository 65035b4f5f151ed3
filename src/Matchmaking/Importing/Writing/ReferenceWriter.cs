using System.Text.RegularExpressions;
using Matchmaking.Importing.Reading;
using Matchmaking.Patents;
using Matchmaking.Store;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Importing.Writing;

/// <summary>Writes the entries of a full official classification.</summary>
internal sealed partial class ReferenceWriter(ImportKind kind) : RecordWriter
{
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly string _system = kind == ImportKind.Ipc ? Reference.Ipc : Reference.Industries;

    public override ParsedRow? Read(RowReading row)
    {
        string? code = null;
        if (row.Text(Field.Code, 100) is not { } given)
            row.Fail(Field.Code, "", "an entry must have a code");
        else if ((code = kind == ImportKind.Ipc ? IpcSymbol.Normalize(given) : Industry().IsMatch(given) ? given : null) is null)
            row.Fail(Field.Code, given, kind == ImportKind.Ipc ? "no IPC symbol is written like this" : "an industry's code is a letter and up to four digits");
        var title = row.Text(Field.Title, 4_000);
        if (title is null)
            row.Fail(Field.Title, "", "an entry must have a title");
        var level = row.Text(Field.Level, 50);
        return row.Reject is null ? new Row { Place = row.Place, Code = code!, Title = title!, Level = level } : null;
    }

    public override async Task ApplyAsync(StoreContext store, IReadOnlyList<ParsedRow> rows, Tally tally, CancellationToken cancellation)
    {
        var codes = rows.Select(r => r.Key).Distinct().ToList();
        var known = await store.ReferenceCodes.AsTracking().Where(c => c.System == _system && EF.Parameter(codes).Contains(c.Code))
            .ToDictionaryAsync(c => c.Code, StringComparer.Ordinal, cancellation);
        foreach (var row in rows.Cast<Row>())
        {
            var isNew = !known.TryGetValue(row.Code, out var entry);
            if (entry is null)
            {
                entry = new ReferenceCode { System = _system, Code = row.Code, Title = row.Title, Level = row.Level };
                known[row.Code] = entry;
                store.ReferenceCodes.Add(entry);
            }
            var changed = !(row.Repeats || !_seen.Add(row.Code)) && (entry.Title != row.Title || (row.Level is not null && entry.Level != row.Level));
            if (changed)
                (entry.Title, entry.Level) = (row.Title, row.Level ?? entry.Level);
            tally.Count(isNew, changed);
        }
    }

    [GeneratedRegex("^[A-T](?:[0-9]{2,4})?$", RegexOptions.CultureInvariant)]
    private static partial Regex Industry();

    private sealed class Row : ParsedRow
    {
        public required string Code { get; init; }

        public required string Title { get; init; }

        public string? Level { get; init; }

        public override string Key => Code;
    }
}

/// <summary>The classifications an operator may have loaded in full.</summary>
internal static class Reference
{
    public const string Ipc = "ipc";
    public const string Industries = "industries";

    public static async Task<HashSet<string>> IndustriesAsync(StoreContext store, CancellationToken cancellation) =>
        [.. await store.ReferenceCodes.Where(c => c.System == Industries).Select(c => c.Code).ToListAsync(cancellation)];
}
