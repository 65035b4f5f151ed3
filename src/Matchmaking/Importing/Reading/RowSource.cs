namespace Matchmaking.Importing.Reading;

/// <summary>A file as a stream of records.</summary>
internal abstract class RowSource : IDisposable
{
    private readonly SortedSet<string> _ignored = new(StringComparer.Ordinal);

    /// <summary>What the file was found to be.</summary>
    public required string Format { get; init; }

    /// <summary>Headings whose meaning wasn't recognised; complete when the rows have been read.</summary>
    public IReadOnlyCollection<string> Ignored => _ignored;

    /// <summary>What was noticed about the file as a whole, once each.</summary>
    public List<string> Remarks { get; } = [];

    /// <summary>The file being read, to tell how far it was read; null where it can't be told.</summary>
    public FileStream? File { private get; init; }

    /// <summary>The part of the file read so far, 0 to 1; null where it can't be told.</summary>
    public double? Fraction => File is { CanRead: true, Length: > 0 } file ? (double)file.Position / file.Length : null;

    public abstract IEnumerable<ImportRow> Rows();

    public virtual void Dispose()
    {
    }

    protected void Ignore(string heading)
    {
        // A file of JSON objects may have no end of keys.
        if (_ignored.Count < 200 && !string.IsNullOrWhiteSpace(heading))
            _ignored.Add(heading.Trim());
    }
}
