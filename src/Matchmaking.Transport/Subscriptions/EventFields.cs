using GraphQL;
using GraphQL.Builders;
using GraphQL.DI;
using GraphQL.Resolvers;
using GraphQLParser.AST;

namespace Matchmaking.Transport.Subscriptions;

/// <summary>How a schema says where the events of a subscription come from.</summary>
public static class EventFields
{
    /// <summary>The argument after which a subscription goes on, where it has a cursor.</summary>
    public const string After = "after";

    /// <summary>Executes subscriptions by pulling: the next event is asked for when the last one has left.</summary>
    public static IGraphQLBuilder AddPulledSubscriptions(this IGraphQLBuilder graphql) => graphql.AddExecutionStrategy<PullStrategy>(OperationType.Subscription);

    /// <summary>The same events, for whom something first lets in; it may hold what counts a follower as long as it follows.</summary>
    /// <param name="enter">Throws where the caller may not follow.</param>
    public static ISourceStreamResolver Guarded(ISourceStreamResolver events, Func<IResolveFieldContext, IDisposable?> enter) => new GuardedSource((IEventSource)events, enter);

    /// <summary>Makes the field a subscription of these events, each of which is executed in a service scope of its own.</summary>
    /// <param name="open">Gives the events after a cursor, or from now on where it is null; it is called once a subscriber, and outlives
    /// the scope of the request only by what it captures: take singletons.</param>
    /// <param name="cursor">The cursor of an event: the <c>id</c> of server-sent events, which comes back as <c>Last-Event-ID</c>.</param>
    /// <remarks>The events must heed the cancellation they are enumerated with. The cursor given to <paramref name="open"/> is
    /// <c>Last-Event-ID</c> where the client sent it, since it is never older than the <c>after</c> of the same stream's document, else <c>after</c>.</remarks>
    public static FieldBuilder<TSource, TReturn> Follow<TSource, TReturn, TEvent>(
        this FieldBuilder<TSource, TReturn> field, Func<IResolveFieldContext, string?, IAsyncEnumerable<TEvent>> open, Func<TEvent, string>? cursor = null)
    {
        field.FieldType.StreamResolver = new EventSource<TEvent>(open, cursor);
        field.FieldType.Resolver = new FuncFieldResolver<object?>(context => context.Source);
        return field;
    }
}
