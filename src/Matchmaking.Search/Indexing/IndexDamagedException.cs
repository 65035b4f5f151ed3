namespace Matchmaking.Search.Indexing;

/// <summary>The index can't be read, or was written with another schema or analysis, and has to be rebuilt.</summary>
public sealed class IndexDamagedException(string directory, string reason, Exception? inner = null)
    : IOException($"The index in \"{directory}\" has to be rebuilt: {reason}", inner)
{
    /// <summary>The directory of the index.</summary>
    public string Directory { get; } = directory;

    /// <summary>What is wrong with it.</summary>
    public string Reason { get; } = reason;
}
