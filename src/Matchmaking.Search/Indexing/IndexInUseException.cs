namespace Matchmaking.Search.Indexing;

/// <summary>Another process, or another <see cref="TextIndex"/> of this one, owns the index directory.</summary>
public sealed class IndexInUseException(string directory, Exception? inner = null)
    : IOException($"The index in \"{directory}\" is in use by another process; one process owns an index at a time.", inner)
{
    /// <summary>The directory that is in use.</summary>
    public string Directory { get; } = directory;
}
