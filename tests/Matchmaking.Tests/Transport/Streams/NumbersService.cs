using System.Runtime.CompilerServices;
using GraphQL;
using GraphQL.Types;
using Matchmaking.Tests.Running;
using Matchmaking.Transport;
using Matchmaking.Transport.Subscriptions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Matchmaking.Tests.Transport.Streams;

/// <summary>The transport alone, over a schema whose events are numbers, as many as are asked for and as large as wanted.</summary>
internal sealed class NumbersService : IAsyncDisposable
{
    public const string Endless = "subscription { numbers }";

    private readonly WebApplication _app;
    private readonly Lock _lock = new();
    private readonly List<TaskCompletionSource> _waiting = [];
    private int _running;
    private int _pulled;
    private int _faults;

    private NumbersService(GraphQLOptions options)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var schema = Schema();
        builder.Services.AddGraphQL(graphql => graphql.AddAnswers().AddPulledSubscriptions().AddSchema(schema));
        builder.Services.AddScoped<Scope>().AddSingleton(options);
        _app = builder.Build();
        _app.MapGraphQL("/graphql", options);
    }

    public Uri Http => new(_app.Urls.First() + "/graphql");

    public Uri Socket => new(_app.Urls.First().Replace("http", "ws", StringComparison.Ordinal) + "/graphql");

    /// <summary>The events that were taken from all sources.</summary>
    public int Pulled => Volatile.Read(ref _pulled);

    /// <summary>The service scopes of events that were found to be used twice.</summary>
    public int SharedScopes { get; private set; }

    public static async Task<NumbersService> StartAsync(Action<GraphQLOptions>? set = null)
    {
        var options = new GraphQLOptions();
        set?.Invoke(options);
        var service = new NumbersService(options);
        await service._app.StartAsync();
        return service;
    }

    public Task StopAsync() => _app.StopAsync();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    /// <summary>Waits until no source is open and no query runs.</summary>
    public async Task NothingRunsAsync()
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (_running == 0)
                return;
            _waiting.Add(done);
        }
        await done.Task.WaitAsync(TestPatience.Long);
    }

    private Schema Schema()
    {
        var query = new ObjectGraphType { Name = "Query" };
        query.Field<StringGraphType>("hello").Resolve(_ => "世界");
        query.Field<StringGraphType>("wait").ResolveAsync(async context =>
        {
            Enter();
            try
            {
                await Task.Delay(Timeout.Infinite, context.CancellationToken);
                return null;
            }
            finally
            {
                Leave();
            }
        });
        var subscription = new ObjectGraphType { Name = "Subscription" };
        subscription.Field<StringGraphType>("numbers").Argument<StringGraphType>("after").Argument<IntGraphType>("to").Argument<IntGraphType>("size")
            .Follow((context, after) => CountAsync(after, context.GetArgument<int?>("to"), context.GetArgument<int?>("size") ?? 0), each => each.Split(' ')[0])
            .FieldType.Resolver = new GraphQL.Resolvers.FuncFieldResolver<object?>(context =>
            {
                if (context.RequestServices!.GetRequiredService<Scope>().Uses++ > 0)
                    SharedScopes++;
                return context.Source;
            });
        subscription.Field<StringGraphType>("faulty").Argument<StringGraphType>("after").Argument<IntGraphType>("times").Follow((_, after) => CountAsync(after, 3, 0), each => each.Split(' ')[0])
            .FieldType.Resolver = new GraphQL.Resolvers.FuncFieldResolver<object?>(context =>
                (string)context.Source! == "2 " && Interlocked.Increment(ref _faults) <= context.GetArgument<int>("times") ? throw new InvalidDataException("a secret of ours") : context.Source);
        subscription.Field<StringGraphType>("breaks").Follow((_, _) => BreakAsync());
        subscription.Field<StringGraphType>("silent").Follow((_, _) => WaitAsync());
        return new Schema { Query = query, Subscription = subscription };
    }

    private async IAsyncEnumerable<string> CountAsync(string? after, int? to, int size, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        Enter();
        try
        {
            for (var n = after is null ? 1 : int.Parse(after, System.Globalization.CultureInfo.InvariantCulture) + 1; to is null || n <= to; n++)
            {
                await Task.Yield();
                cancellation.ThrowIfCancellationRequested();
                Interlocked.Increment(ref _pulled);
                yield return $"{n} {new string('x', size)}";
            }
        }
        finally
        {
            Leave();
        }
    }

    private async IAsyncEnumerable<string> WaitAsync([EnumeratorCancellation] CancellationToken cancellation = default)
    {
        Enter();
        try
        {
            await Task.Delay(Timeout.Infinite, cancellation);
            yield break;
        }
        finally
        {
            Leave();
        }
    }

    private static async IAsyncEnumerable<string> BreakAsync()
    {
        await Task.Yield();
        yield return "1";
        throw new InvalidDataException("a secret of ours");
    }

    private void Enter()
    {
        lock (_lock)
            _running++;
    }

    private void Leave()
    {
        lock (_lock)
        {
            if (--_running > 0)
                return;
            _waiting.ForEach(waiting => waiting.TrySetResult());
            _waiting.Clear();
        }
    }

    private sealed class Scope
    {
        public int Uses { get; set; }
    }
}

internal static class TestPatience
{
    /// <summary>What is waited for comes long before, or never.</summary>
    public static readonly TimeSpan Long = TimeSpan.FromMinutes(1);
}
