using GraphQL;

namespace Matchmaking.Transport.Subscriptions;

/// <summary>The answer to a subscription: results to be pulled. Until the first is asked for, nothing has been opened.</summary>
internal sealed class EventStream(Func<CancellationToken, IAsyncEnumerable<StreamedEvent>> pull) : IObservable<ExecutionResult>
{
    /// <summary>The stream of a subscription's result; null for other results.</summary>
    public static EventStream? Of(ExecutionResult result) => result.Streams is { Count: 1 } streams ? (EventStream)streams.Values.First() : null;

    /// <summary>Opens the source and pulls; to be enumerated once.</summary>
    public IAsyncEnumerable<StreamedEvent> PullAsync(CancellationToken cancellation) => pull(cancellation);

    /// <summary>The executor's interface for streams; nobody subscribes by it.</summary>
    public IDisposable Subscribe(IObserver<ExecutionResult> observer) => throw new NotSupportedException("Events are pulled here.");
}

/// <summary>One executed event.</summary>
/// <param name="Result">What the client gets; where it wasn't executed, the source failed and this is the last.</param>
/// <param name="Cursor">The place after which a later subscription goes on.</param>
internal readonly record struct StreamedEvent(ExecutionResult Result, string? Cursor);
