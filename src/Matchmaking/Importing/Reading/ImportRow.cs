namespace Matchmaking.Importing.Reading;

/// <summary>One record of a file: its cells by what they mean.</summary>
/// <param name="place">Where it stands: the line of a text file, or sheet and row, or the number of the document.</param>
public sealed class ImportRow(string place)
{
    private readonly Dictionary<Field, Cell> _cells = [];

    public string Place => place;

    /// <summary>Why the record couldn't be read at all; null where it could.</summary>
    public Reject? Broken { get; init; }

    /// <summary>Whether any cell has a value.</summary>
    public bool IsEmpty => _cells.Count == 0;

    /// <summary>The value of a field; null where the record has none.</summary>
    public string? this[Field field] => _cells.TryGetValue(field, out var cell) ? cell.Text : null;

    /// <summary>The heading under which a field stood, for messages.</summary>
    public string Heading(Field field) => _cells.TryGetValue(field, out var cell) ? cell.Heading : field.ToString();

    /// <summary>How many yuan one unit of the column is: 10,000 where the heading says 万元.</summary>
    public decimal Unit(Field field) => _cells.TryGetValue(field, out var cell) ? cell.Unit : 1m;

    /// <summary>Sets a field unless a better column has set it; IPC symbols of further columns are added behind.</summary>
    public void Offer(Field field, string heading, string text, decimal unit = 1m)
    {
        if (string.IsNullOrWhiteSpace(text))
            return;
        if (!_cells.TryGetValue(field, out var cell))
            _cells[field] = new Cell(heading, text, unit);
        else if (field is Field.Ipc or Field.Keywords)
            _cells[field] = cell with { Text = cell.Text + ";" + text };
    }

    private sealed record Cell(string Heading, string Text, decimal Unit);
}

/// <summary>Why a row was rejected: the field as the file calls it, its value and the reason in words.</summary>
public sealed record Reject(string Place, string Field, string Value, string Reason);
