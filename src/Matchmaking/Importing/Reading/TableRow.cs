namespace Matchmaking.Importing.Reading;

/// <summary>One row of a table before its columns have a meaning.</summary>
internal readonly record struct TableRow(string Place, string[] Cells, Reject? Broken = null)
{
    public bool IsBlank => Broken is null && Array.TrueForAll(Cells, string.IsNullOrWhiteSpace);
}

/// <summary>One table of a file.</summary>
/// <remarks><see cref="Name"/> is null where the file is the table. In a sheet a cell may stand outside the headings; in a text file that means a lost quote.</remarks>
internal sealed record Table(string? Name, bool IsSheet, IEnumerable<TableRow> Rows);
