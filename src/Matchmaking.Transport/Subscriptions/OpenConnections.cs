namespace Matchmaking.Transport.Subscriptions;

/// <summary>Counts the sockets and event streams that are open, up to their bound.</summary>
internal sealed class OpenConnections(int most)
{
    private int _open;

    /// <summary>How many are open.</summary>
    public int Count => Volatile.Read(ref _open);

    /// <summary>Takes a place; false where none is left.</summary>
    public bool TryEnter()
    {
        if (Interlocked.Increment(ref _open) <= most)
            return true;
        Leave();
        return false;
    }

    /// <summary>Gives a place back.</summary>
    public void Leave() => Interlocked.Decrement(ref _open);
}
