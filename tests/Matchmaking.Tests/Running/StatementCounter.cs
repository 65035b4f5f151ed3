using System.Data.Common;
using Matchmaking.Store;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Matchmaking.Tests.Running;

/// <summary>Counts the statements that a request sends to the database; what works in the background is left out.</summary>
public sealed class StatementCounter : DbCommandInterceptor
{
    private int _count;

    public int Count => Volatile.Read(ref _count);

    public void Reset() => Volatile.Write(ref _count, 0);

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        Add(eventData);
        return base.ReaderExecutingAsync(command, eventData, result, cancellationToken);
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Add(eventData);
        return base.NonQueryExecutingAsync(command, eventData, result, cancellationToken);
    }

    private void Add(CommandEventData eventData)
    {
        if (eventData.Context is not StoreContext { Worker: not null })
            Interlocked.Increment(ref _count);
    }
}
