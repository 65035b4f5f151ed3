namespace Matchmaking.Importing;

/// <summary>What an import did; read is the sum of added, updated, unchanged and rejected.</summary>
public sealed record ImportSummary
{
    public required ImportKind Kind { get; init; }

    public required string FileName { get; init; }

    /// <summary>What the file was found to be: its format, encoding and delimiter.</summary>
    public required string Format { get; init; }

    public long Read { get; init; }

    public long Added { get; init; }

    public long Updated { get; init; }

    public long Unchanged { get; init; }

    public long Rejected { get; init; }

    /// <summary>The rows that an earlier, interrupted run had already written.</summary>
    public long Resumed { get; init; }

    /// <summary>What was noticed without rejecting a row, and how often.</summary>
    public required IReadOnlyList<KeyValuePair<string, long>> Notes { get; init; }

    /// <summary>The columns whose meaning wasn't recognised.</summary>
    public required IReadOnlyList<string> IgnoredColumns { get; init; }

    /// <summary>The file that lists the rejected rows; null where none was rejected.</summary>
    public string? RejectsPath { get; init; }

    public bool DryRun { get; init; }

    /// <summary>The process's exit code: 0, or 2 where rows were rejected.</summary>
    public int ExitCode => Rejected > 0 ? 2 : 0;
}
