using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using SQLitePCL;

namespace Matchmaking.Store;

/// <summary>Stops a statement of SQLite when its caller cancels; the provider itself runs it to its end, whatever the token says.</summary>
/// <remarks>A reader is read outside of EF's eyes, row by row, so it's watched until it's disposed of. Disposing of the registration waits
/// for an interrupt that is under way, so none hits the connection's next statement.</remarks>
internal sealed class SqliteInterrupt : DbCommandInterceptor
{
    public static readonly SqliteInterrupt Instance = new();

    private readonly ConditionalWeakTable<DbCommand, Registered> _running = [];

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        Watch(command, cancellationToken);
        return new(result);
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Watch(command, cancellationToken);
        return new(result);
    }

    public override ValueTask<int> NonQueryExecutedAsync(DbCommand command, CommandExecutedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        Leave(command);
        return new(result);
    }

    public override ValueTask<InterceptionResult> DataReaderClosingAsync(DbCommand command, DataReaderClosingEventData eventData, InterceptionResult result)
    {
        Leave(command);
        return new(result);
    }

    public override InterceptionResult DataReaderDisposing(DbCommand command, DataReaderDisposingEventData eventData, InterceptionResult result)
    {
        Leave(command);
        return result;
    }

    public override Task CommandFailedAsync(DbCommand command, CommandErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        Leave(command);
        return Task.CompletedTask;
    }

    public override Task CommandCanceledAsync(DbCommand command, CommandEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Leave(command);
        return Task.CompletedTask;
    }

    private void Watch(DbCommand command, CancellationToken cancellation)
    {
        if (!cancellation.CanBeCanceled || command.Connection is not SqliteConnection { Handle: { } handle })
            return;
        Leave(command);
        _running.Add(command, new Registered(cancellation.UnsafeRegister(static handle => raw.sqlite3_interrupt((sqlite3)handle!), handle)));
    }

    private void Leave(DbCommand command)
    {
        if (_running.TryGetValue(command, out var registered))
        {
            _running.Remove(command);
            registered.Registration.Dispose();
        }
    }

    private sealed record Registered(CancellationTokenRegistration Registration);
}
