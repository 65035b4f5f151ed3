using Matchmaking.Indexing;

namespace Matchmaking.Deliveries;

/// <summary>Wakes those who tell outside, and tells who waits when there is nothing left that could be told now.</summary>
/// <remarks>Only a hint: whoever misses it looks each second.</remarks>
internal class DeliverySignal : FeedSignal
{
    private long _begun;

    /// <summary>A look for work begins; its number.</summary>
    public long Begin() => Interlocked.Increment(ref _begun);

    /// <summary>Waits until a look that begins from now on has found nothing to do.</summary>
    public Task IdleAsync(TimeSpan atMost, CancellationToken cancellation) => FollowedAsync(Interlocked.Read(ref _begun) + 1, atMost, cancellation);
}

/// <summary>That of the mails.</summary>
internal sealed class DigestSignal : DeliverySignal;
