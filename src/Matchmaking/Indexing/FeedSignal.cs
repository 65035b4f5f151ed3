using System.Threading.Channels;

namespace Matchmaking.Indexing;

/// <summary>Wakes who follows when this process has written, and tells writers when it has been followed.</summary>
/// <remarks>Only a hint: whoever misses it polls, so other processes' changes are seen as well.</remarks>
internal class FeedSignal
{
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Lock _lock = new();
    private readonly PriorityQueue<TaskCompletionSource, long> _waiting = new();
    private long _reached;
    private long _head;

    /// <summary>The last change that the indexer has seen on the feed.</summary>
    public long Head
    {
        get => Volatile.Read(ref _head);
        set => Volatile.Write(ref _head, value);
    }

    /// <summary>Why the indexer can't go on at present; null while it can.</summary>
    public string? Failure { get; set; }

    /// <summary>Told each position that was reached, in the follower's own thread.</summary>
    public event Action<long>? Followed;

    /// <summary>Asks the follower to look.</summary>
    public void Wake() => _wake.Writer.TryWrite(true);

    /// <summary>Waits until something was written or the time is over.</summary>
    public async Task WaitAsync(TimeSpan atMost, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(atMost);
        try
        {
            await _wake.Reader.ReadAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            // Time to look whether another process has written.
        }
    }

    /// <summary>Wakes the indexer and waits until it has reached the position, but no longer than <paramref name="atMost"/>.</summary>
    /// <remarks>So that who writes finds what was written; where the index is far behind, the write is answered without.</remarks>
    public async Task FollowedAsync(long position, TimeSpan atMost, CancellationToken cancellation)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (_reached >= position)
                return;
            _waiting.Enqueue(done, position);
        }
        Wake();
        try
        {
            await done.Task.WaitAsync(atMost, cancellation);
        }
        catch (TimeoutException)
        {
            // The index is far behind; it comes after.
        }
    }

    /// <summary>The indexes stand at this position.</summary>
    public void Reached(long position)
    {
        lock (_lock)
        {
            _reached = Math.Max(_reached, position);
            while (_waiting.TryPeek(out var done, out var wanted) && wanted <= _reached)
            {
                _waiting.Dequeue();
                done.TrySetResult();
            }
        }
        Followed?.Invoke(position);
    }
}
