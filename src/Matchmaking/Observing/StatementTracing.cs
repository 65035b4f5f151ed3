using System.Data.Common;
using System.Diagnostics;
using Matchmaking.Store;
using Matchmaking.Transport;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Matchmaking.Observing;

/// <summary>Counts, times and traces each statement that is sent to the database, the same on both engines.</summary>
/// <remarks>The text of a statement stands in its span with every literal left out; values of parameters stand nowhere.</remarks>
internal sealed class StatementTracing : DbCommandInterceptor
{
    public static readonly StatementTracing Instance = new();

    public override DbDataReader ReaderExecuted(DbCommand command, CommandExecutedEventData eventData, DbDataReader result)
    {
        Ended(command, eventData, null);
        return result;
    }

    public override int NonQueryExecuted(DbCommand command, CommandExecutedEventData eventData, int result)
    {
        Ended(command, eventData, null);
        return result;
    }

    public override object? ScalarExecuted(DbCommand command, CommandExecutedEventData eventData, object? result)
    {
        Ended(command, eventData, null);
        return result;
    }

    public override ValueTask<DbDataReader> ReaderExecutedAsync(DbCommand command, CommandExecutedEventData eventData, DbDataReader result, CancellationToken cancellationToken = default)
    {
        Ended(command, eventData, null);
        return new(result);
    }

    public override ValueTask<int> NonQueryExecutedAsync(DbCommand command, CommandExecutedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        Ended(command, eventData, null);
        return new(result);
    }

    public override ValueTask<object?> ScalarExecutedAsync(DbCommand command, CommandExecutedEventData eventData, object? result, CancellationToken cancellationToken = default)
    {
        Ended(command, eventData, null);
        return new(result);
    }

    public override void CommandFailed(DbCommand command, CommandErrorEventData eventData) => Ended(command, eventData, Outline.Kind(eventData.Exception));

    public override Task CommandFailedAsync(DbCommand command, CommandErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        CommandFailed(command, eventData);
        return Task.CompletedTask;
    }

    private static void Ended(DbCommand command, CommandEndEventData data, string? failure)
    {
        OperationRun.Current?.CountStatement();
        var text = command.CommandText;
        var caller = (data.Context as StoreContext)?.Worker ?? (text.StartsWith("-- indexer", StringComparison.Ordinal) ? "indexer" : "request");
        var operation = Statement.Operation(text);
        var system = data.Context is SqliteStore ? "sqlite" : "postgresql";
        Measures.Statement(data.Duration, system, operation, caller, failure);
        if (Activity.Current is null)
            return;
        using var activity = Measures.Source.StartActivity(operation, ActivityKind.Client, default(ActivityContext), startTime: data.StartTime);
        if (activity is null)
            return;
        activity.SetTag("db.system.name", system).SetTag("db.operation.name", operation);
        if (activity.IsAllDataRequested)
            activity.SetTag("db.query.text", Statement.WithoutLiterals(text));
        if (failure is not null)
            activity.SetTag("error.type", failure).SetStatus(ActivityStatusCode.Error);
        activity.SetEndTime((data.StartTime + data.Duration).UtcDateTime);
    }
}
