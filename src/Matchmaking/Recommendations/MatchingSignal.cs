using Matchmaking.Indexing;

namespace Matchmaking.Recommendations;

/// <summary>Wakes the matcher, tells readers of the inbox to look again, and tells who waits when there is nothing left to match.</summary>
/// <remarks>Only hints: whoever misses one polls.</remarks>
internal sealed class MatchingSignal : FeedSignal
{
    private long _begun;
    private volatile TaskCompletionSource _inbox = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>A look for work begins; its number.</summary>
    public long Begin() => Interlocked.Increment(ref _begun);

    /// <summary>Waits until a look for work that begins from now on has found nothing more to do.</summary>
    public Task IdleAsync(TimeSpan atMost, CancellationToken cancellation) => FollowedAsync(Interlocked.Read(ref _begun) + 1, atMost, cancellation);

    /// <summary>Completes at the next change of the inbox; take it before reading, so that nothing falls between.</summary>
    public Task NextChange => _inbox.Task;

    /// <summary>The inbox has changed.</summary>
    public void InboxChanged() => Interlocked.Exchange(ref _inbox, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
}
