using System.Diagnostics;
using System.Runtime.CompilerServices;
using GraphQL;
using GraphQL.Execution;
using Microsoft.Extensions.DependencyInjection;
using ExecutionContext = GraphQL.Execution.ExecutionContext;

namespace Matchmaking.Transport.Subscriptions;

/// <summary>Executes a subscription's events one at a time, each when it is asked for and in a service scope of its own.</summary>
/// <remarks>What a slow reader hasn't taken stays in the source, where it costs nothing.</remarks>
internal sealed class PullStrategy : SubscriptionExecutionStrategy
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    protected override Task<IObservable<ExecutionResult>?> ResolveResponseStreamAsync(ExecutionContext context, ExecutionNode node)
    {
        if (node.FieldDefinition.StreamResolver is not IEventSource source)
            throw new InvalidOperationException($"The subscription {node.Name} says not where its events come from: call {nameof(EventFields.Follow)}.");
        return Task.FromResult<IObservable<ExecutionResult>?>(new EventStream(cancellation => PullAsync(context, node, source, cancellation)));
    }

    private async IAsyncEnumerable<StreamedEvent> PullAsync(ExecutionContext context, ExecutionNode node, IEventSource source, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var counted = GraphQLTelemetry.CountSubscription();
        IAsyncEnumerator<(object? Event, string? Cursor)>? events = null;
        try
        {
            while (true)
            {
                ExecutionError? failure = null;
                try
                {
                    events ??= source.Open(new ReadonlyResolveFieldContext(node, context)).GetAsyncEnumerator(cancellation);
                    if (!await events.MoveNextAsync())
                        yield break;
                }
                catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
                {
                    throw;
                }
                catch (ExecutionError error)
                {
                    error.Path = node.ResponsePath;
                    failure = error.AddLocation(node.Field, context.Document);
                }
                catch (Exception e)
                {
                    failure = await HandleExceptionAsync(context, node, e, "The events ended with a fault.");
                    failure.Path = node.ResponsePath;
                }
                if (failure is not null)
                {
                    yield return new StreamedEvent(new ExecutionResult { Errors = [failure] }, null);
                    yield break;
                }
                var result = await TryAsync(context, node, events!.Current.Event, cancellation);
                if (IsFault(result))
                {
                    // Not dealt with: told without its cursor and as the last, so that who comes again is told it then.
                    yield return new StreamedEvent(result, null);
                    yield break;
                }
                yield return new StreamedEvent(result, events.Current.Cursor);
            }
        }
        finally
        {
            if (events is not null)
                await events.DisposeAsync();
        }
    }

    /// <summary>Executes an event, again and again where it is a fault of the service's own that it can't be: a database that is away comes back.</summary>
    private async Task<ExecutionResult> TryAsync(ExecutionContext context, ExecutionNode node, object? value, CancellationToken cancellation)
    {
        var patience = context.RequestServices!.GetService<GraphQLOptions>()?.Streams.EventPatience ?? TimeSpan.Zero;
        var begun = Stopwatch.GetTimestamp();
        for (var wait = FirstWait; ; wait = wait * 2 < LongestWait ? wait * 2 : LongestWait)
        {
            var result = await ExecuteAsync(context, node, value, cancellation);
            if (!IsFault(result) || Stopwatch.GetElapsedTime(begun) + wait > patience)
                return result;
            await Task.Delay(wait, cancellation);
        }
    }

    private static bool IsFault(ExecutionResult result) => result.Errors?.Any(error => error is UnexpectedFault or UnhandledError) ?? false;

    private async Task<ExecutionResult> ExecuteAsync(ExecutionContext context, ExecutionNode node, object? value, CancellationToken cancellation)
    {
        await using var scope = context.RequestServices!.GetRequiredService<IServiceScopeFactory>().CreateAsyncScope();
        using var own = CloneExecutionContext(context, cancellation);
        own.RequestServices = scope.ServiceProvider;
        var result = await ProcessDataAsync(own, node, value);
        cancellation.ThrowIfCancellationRequested();
        if (scope.ServiceProvider.GetService<GraphQLOptions>()?.Executed is { } executed)
            await executed(scope.ServiceProvider, cancellation);
        return result;
    }
}
