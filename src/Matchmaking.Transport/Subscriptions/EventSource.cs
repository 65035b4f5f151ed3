using System.Runtime.CompilerServices;
using GraphQL;
using GraphQL.Resolvers;

namespace Matchmaking.Transport.Subscriptions;

/// <summary>A subscription field's source of events, which are pulled and never pushed.</summary>
internal interface IEventSource
{
    /// <summary>The events and their cursors.</summary>
    IAsyncEnumerable<(object? Event, string? Cursor)> Open(IResolveFieldContext context);
}

/// <summary>Events that not everybody may follow.</summary>
internal sealed class GuardedSource(IEventSource events, Func<IResolveFieldContext, IDisposable?> enter) : IEventSource, ISourceStreamResolver
{
    public IAsyncEnumerable<(object? Event, string? Cursor)> Open(IResolveFieldContext context) => EnumerateAsync(context);

    private async IAsyncEnumerable<(object? Event, string? Cursor)> EnumerateAsync(IResolveFieldContext context, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        using var entered = enter(context);
        await foreach (var each in events.Open(context).WithCancellation(cancellation))
            yield return each;
    }

    public ValueTask<IObservable<object?>> ResolveAsync(IResolveFieldContext context) => ((ISourceStreamResolver)events).ResolveAsync(context);
}

internal sealed class EventSource<T>(Func<IResolveFieldContext, string?, IAsyncEnumerable<T>> open, Func<T, string>? cursor) : IEventSource, ISourceStreamResolver
{
    public IAsyncEnumerable<(object? Event, string? Cursor)> Open(IResolveFieldContext context)
    {
        var after = context.UserContext.TryGetValue(Execution.LastEventId, out var last) && cursor is not null ? (string?)last
            : context.HasArgument(EventFields.After) ? context.GetArgument<string?>(EventFields.After) : null;
        return EnumerateAsync(open(context, after));
    }

    /// <summary>The executor's own way, by pushing, isn't gone: a pushed event has no reader to wait for.</summary>
    public ValueTask<IObservable<object?>> ResolveAsync(IResolveFieldContext context) =>
        throw new NotSupportedException($"Subscriptions are pulled here: call {nameof(EventFields.AddPulledSubscriptions)}.");

    private async IAsyncEnumerable<(object? Event, string? Cursor)> EnumerateAsync(IAsyncEnumerable<T> events, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await foreach (var each in events.WithCancellation(cancellation))
            yield return (each, cursor?.Invoke(each));
    }
}
