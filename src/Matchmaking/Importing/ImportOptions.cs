namespace Matchmaking.Importing;

/// <summary>How to import a file.</summary>
public sealed record ImportOptions
{
    /// <summary>Headings that the file uses and the fields they mean, for those that aren't recognised: <c>{"成果名": "title"}</c>.</summary>
    public IReadOnlyDictionary<string, string> Mapping { get; init; } = new Dictionary<string, string>();

    /// <summary>Where rejected rows are written; null is the file's name with <c>.rejects.tsv</c> in the working directory.</summary>
    public string? RejectsPath { get; init; }

    /// <summary>Whether only to say what would happen.</summary>
    public bool DryRun { get; init; }

    /// <summary>How many rows are written in one transaction.</summary>
    public int BatchSize { get; init; } = 500;

    /// <summary>Told after each batch.</summary>
    public Action<ImportProgress>? Progress { get; init; }
}

/// <summary>How far an import has come.</summary>
/// <param name="Rows">The rows read so far.</param>
/// <param name="Fraction">The part of the file read so far, 0 to 1; null where it can't be told.</param>
public readonly record struct ImportProgress(long Rows, double? Fraction);
