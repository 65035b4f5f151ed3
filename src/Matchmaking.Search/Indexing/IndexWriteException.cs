namespace Matchmaking.Search.Indexing;

/// <summary>A change could not be written, as on a full disk; all changes since the last commit are forgotten.</summary>
/// <remarks>The index can be read and written on; the owner puts again whatever came after <see cref="Position"/>.</remarks>
public sealed class IndexWriteException(long position, Exception inner)
    : IOException($"The index could not be written ({inner.Message}); it stays at position {position}.", inner)
{
    /// <summary>The position of the last commit, where the index stands again.</summary>
    public long Position { get; } = position;
}
