using System.Globalization;

namespace Matchmaking.Importing.Reading;

/// <summary>Finds the heading row of each table and gives its columns their meaning.</summary>
internal sealed class TableSource(ImportKind kind, Headings headings, string fileName, IEnumerable<Table> tables, IDisposable? owned = null) : RowSource
{
    /// <summary>Among how many rows the heading row is looked for; above it stand titles and remarks.</summary>
    public const int HeadingRows = 20;

    public override IEnumerable<ImportRow> Rows()
    {
        var found = false;
        var first = "";
        foreach (var table in tables)
        {
            var head = new List<TableRow>();
            using var rows = table.Rows.GetEnumerator();
            var more = true;
            while (head.Count < HeadingRows && (more = rows.MoveNext()))
            {
                if (!rows.Current.IsBlank)
                    head.Add(rows.Current);
            }
            if (head.Count == 0)
                continue;
            if (first.Length == 0)
                first = string.Join(" | ", head[0].Cells.Where(c => c.Length > 0).Take(6).Select(c => c.Length > 20 ? c[..20] + "…" : c)).ReplaceLineEndings(" ");
            var best = Best(head, kind, headings);
            if (best < 0)
            {
                if (table.Name is not null)
                    Remarks.Add($"sheet '{table.Name}' has no recognisable headings and was left out");
                continue;
            }
            found = true;
            var heading = head[best].Cells;
            var columns = Columns(heading);
            foreach (var row in head.Skip(best + 1))
            {
                if (Read(row, heading, columns, table.IsSheet) is { } read)
                    yield return read;
            }
            while (more && rows.MoveNext())
            {
                if (!rows.Current.IsBlank && Read(rows.Current, heading, columns, table.IsSheet) is { } read)
                    yield return read;
            }
        }
        if (!found)
        {
            throw new UnreadableFileException(first.Length == 0
                ? $"{fileName}: the file is empty"
                : $"{fileName}: no recognisable headings of {kind.ToString().ToLowerInvariant()} in the first {HeadingRows} rows; it begins with: {first} (a mapping file can name them)");
        }
    }

    public override void Dispose() => owned?.Dispose();

    /// <summary>The place of the heading row; −1 where there is none.</summary>
    public static int Best(IReadOnlyList<TableRow> head, ImportKind kind, Headings headings)
    {
        var best = -1;
        var bestScore = 0;
        for (var i = 0; i < head.Count; i++)
        {
            var score = Score(head[i].Cells, kind, headings);
            if (score > bestScore)
                (best, bestScore) = (i, score);
        }
        return best;
    }

    /// <summary>How many different fields the row names; 0 where those are missing without which nothing can be imported.</summary>
    public static int Score(string[] cells, ImportKind kind, Headings headings)
    {
        var fields = new HashSet<Field>();
        var filled = 0;
        foreach (var cell in cells)
        {
            if (string.IsNullOrWhiteSpace(cell))
                continue;
            filled++;
            if (headings.Recognize(cell) is { } meaning)
                fields.Add(meaning.Field);
        }
        bool enough = kind switch
        {
            ImportKind.Patents => fields.Contains(Field.Title) || fields.Contains(Field.ApplicationNumber) || fields.Contains(Field.PublicationNumber) || fields.Contains(Field.GrantNumber),
            ImportKind.Needs => fields.Contains(Field.Title) || fields.Contains(Field.Description),
            ImportKind.Institutions => fields.Contains(Field.Name),
            ImportKind.Enterprises => fields.Contains(Field.Name) || fields.Contains(Field.Code),
            _ => fields.Contains(Field.Code) && fields.Contains(Field.Title),
        };
        return enough && (fields.Count > 1 || filled == fields.Count) ? fields.Count : 0;
    }

    private List<(int Index, Meaning Meaning)> Columns(string[] heading)
    {
        var columns = new List<(int Index, Meaning Meaning)>();
        for (var i = 0; i < heading.Length; i++)
        {
            if (headings.Recognize(heading[i]) is { } meaning)
                columns.Add((i, meaning));
            else
                Ignore(heading[i]);
        }
        columns.Sort((a, b) => (a.Meaning.Rank, a.Index).CompareTo((b.Meaning.Rank, b.Index)));
        return columns;
    }

    private static ImportRow? Read(TableRow row, string[] heading, List<(int Index, Meaning Meaning)> columns, bool isSheet)
    {
        if (row.Broken is not null)
            return new ImportRow(row.Place) { Broken = row.Broken };
        if (row.Cells.AsSpan().SequenceEqual(heading))
            return null; // Exports printed page by page repeat their headings.
        if (!isSheet && row.Cells.Length > heading.Length && row.Cells.Skip(heading.Length).Any(c => !string.IsNullOrWhiteSpace(c)))
        {
            return new ImportRow(row.Place)
            {
                Broken = new Reject(row.Place, "", string.Join(" | ", row.Cells.Take(4)),
                    string.Create(CultureInfo.InvariantCulture, $"the row has {row.Cells.Length} cells and the heading row {heading.Length}: an unquoted delimiter within a text?")),
            };
        }
        var read = new ImportRow(row.Place);
        foreach (var (index, meaning) in columns)
        {
            if (index < row.Cells.Length && Usable(meaning.Field, row.Cells[index]))
                read.Offer(meaning.Field, heading[index].Trim(), row.Cells[index], meaning.Unit);
        }
        return read.IsEmpty ? new ImportRow(row.Place) { Broken = new Reject(row.Place, "", string.Join(" | ", row.Cells.Where(c => c.Length > 0).Take(4)), "no recognised column of the row has a value") } : read;
    }

    /// <summary>Some databases put the path of a file where the claims should be.</summary>
    private static bool Usable(Field field, string cell) =>
        field is not (Field.Claims or Field.Abstract) || cell.Length > 260 || cell.AsSpan().IndexOfAny('\\', '/') < 0
        || !(cell.EndsWith(".xml", StringComparison.OrdinalIgnoreCase) || cell.EndsWith(".pdf", StringComparison.OrdinalIgnoreCase) || cell.EndsWith(".tif", StringComparison.OrdinalIgnoreCase) || cell.EndsWith(".txt", StringComparison.OrdinalIgnoreCase) || cell.EndsWith(".doc", StringComparison.OrdinalIgnoreCase) || cell.EndsWith(".docx", StringComparison.OrdinalIgnoreCase) || cell.EndsWith(".htm", StringComparison.OrdinalIgnoreCase) || cell.EndsWith(".html", StringComparison.OrdinalIgnoreCase));
}
