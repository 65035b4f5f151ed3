using System.Diagnostics;
using GraphQL;
using GraphQLParser.AST;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Matchmaking.Transport;

/// <summary>One operation while it runs: what it took and how it ended, for its span, the figures and the log of slow ones.</summary>
public sealed partial class OperationRun
{
    /// <summary>Longer names are cut: a name is for finding an operation, not for carrying things.</summary>
    private const int NameLength = 80;

    private static readonly AsyncLocal<OperationRun?> Here = new();

    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly Activity? _activity = GraphQLTelemetry.Source.StartActivity("GraphQL Operation");
    private int _statements;

    private OperationRun()
    {
    }

    /// <summary>The operation that the current flow belongs to; null outside of any.</summary>
    public static OperationRun? Current => Here.Value;

    /// <summary>How many statements it has sent to a database so far.</summary>
    public int Statements => Volatile.Read(ref _statements);

    /// <summary>Counts a statement that was sent to a database.</summary>
    public void CountStatement() => Interlocked.Increment(ref _statements);

    /// <summary>Begins an operation; what the caller runs from here on belongs to it.</summary>
    internal static OperationRun Begin() => Here.Value = new OperationRun();

    /// <summary>Ends it with its result, or without one where the client has gone or something broke.</summary>
    internal void End(ExecutionResult? result, bool cancelled, TimeSpan slow, IServiceProvider services)
    {
        var took = Stopwatch.GetElapsedTime(_started);
        var type = result?.Operation is { } operation ? Word(operation.Operation) : "unknown";
        var name = result?.Operation?.Name is { } given ? Shorten(given.StringValue) : null;
        var outcome = cancelled ? "cancelled" : Outcome(result);
        GraphQLTelemetry.Duration.Record(took.TotalSeconds, new("graphql.operation.type", type), new("outcome", outcome));
        if (result?.Errors is { Count: > 0 } errors && GraphQLTelemetry.Errors.Enabled)
        {
            foreach (var error in errors)
                GraphQLTelemetry.Errors.Add(1, new KeyValuePair<string, object?>("code", error.Code ?? "NONE"));
        }
        if (_activity is { } activity)
        {
            Describe(activity, result, type, name, outcome);
            activity.Dispose();
        }
        if (took >= slow)
            Slow(services.GetRequiredService<ILoggerFactory>().CreateLogger("Matchmaking.GraphQL"), type, name ?? "(anonymous)", Math.Round(took.TotalMilliseconds), Statements, outcome);
    }

    private void Describe(Activity activity, ExecutionResult? result, string type, string? name, string outcome)
    {
        if (result?.Operation is not null)
        {
            activity.DisplayName = name is null ? type : $"{type} {name}";
            activity.SetTag("graphql.operation.type", type);
            if (name is not null)
                activity.SetTag("graphql.operation.name", name);
        }
        activity.SetTag("matchmaking.statements", Statements);
        if (outcome == "ok")
            return;
        activity.SetTag("error.type", result?.Errors?.FirstOrDefault()?.Code ?? outcome);
        if (result?.Errors?.OfType<UnexpectedFault>().FirstOrDefault() is { } fault)
            activity.SetTag("matchmaking.error_id", fault.Id);
        // What a client asks wrongly is no failure of ours.
        if (outcome == "fault")
            activity.SetStatus(ActivityStatusCode.Error);
    }

    private static string Outcome(ExecutionResult? result) => result switch
    {
        null => "fault",
        { Errors: null or { Count: 0 } } => "ok",
        { Errors: var errors } when errors.Any(e => e is UnexpectedFault) => "fault",
        { Executed: false } => "refused",
        _ => "partial",
    };

    private static string Word(OperationType type) => type switch
    {
        OperationType.Query => "query",
        OperationType.Mutation => "mutation",
        _ => "subscription",
    };

    private static string Shorten(string name) => name.Length <= NameLength ? name : name[..NameLength];

    [LoggerMessage(Level = LogLevel.Warning, Message = "Slow operation: {OperationType} {OperationName} took {DurationMs} ms and {Statements} statements: {Outcome}")]
    private static partial void Slow(ILogger log, string operationType, string operationName, double durationMs, int statements, string outcome);
}
