namespace Matchmaking.Importing.Writing;

/// <summary>A row that was understood.</summary>
internal abstract class ParsedRow
{
    public required string Place { get; init; }

    /// <summary>What tells the record from others, from the row alone.</summary>
    public abstract string Key { get; }

    /// <summary>Whether an earlier row of the same file spoke of the same record: then this one only fills gaps, since of two rows
    /// of one file none is newer, and importing the file again must change nothing.</summary>
    public bool Repeats { get; set; }
}
