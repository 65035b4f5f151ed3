namespace Matchmaking.Indexing;

/// <summary>Where the indexes stand, and a wait for their next step; however many wait, they wait for one thing and ask no store.</summary>
internal sealed class IndexSteps
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IndexAdvance? _latest;

    /// <summary>Where the indexes stand; null until that is known.</summary>
    public IndexAdvance? Latest => Volatile.Read(ref _latest);

    /// <summary>Waits until the indexes stand beyond a position, which they may already do.</summary>
    public async ValueTask<IndexAdvance> BeyondAsync(long position, CancellationToken cancellation)
    {
        while (true)
        {
            Task next;
            lock (_lock)
            {
                if (_latest is { } latest && latest.Position > position)
                    return latest;
                next = _next.Task;
            }
            await next.WaitAsync(cancellation);
        }
    }

    /// <summary>The indexes stand here now.</summary>
    public void Reached(IndexAdvance advance)
    {
        TaskCompletionSource next;
        lock (_lock)
        {
            if (_latest?.Position >= advance.Position)
                return;
            Volatile.Write(ref _latest, advance);
            next = _next;
            _next = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
        next.SetResult();
    }
}
