using Matchmaking.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Matchmaking.Recommendations;

/// <summary>The right to match what comes next. One process has it at a time; however that ends, the next goes on from the last commit.</summary>
/// <remarks>On PostgreSQL it is the lock of the one row of <c>matching</c>: who finds it taken skips it and does other things until it is woken, so no
/// work is done twice, and a process that dies lets go of it with its connection. On SQLite, which has one process and whose lock would keep all
/// others from writing meanwhile, nothing is held. On both <see cref="MatchingState.Turn"/> is compared and raised at the end.</remarks>
internal sealed class MatchingTurn : IAsyncDisposable
{
    private readonly StoreContext _store;
    private readonly IDbContextTransaction? _lock;

    private MatchingTurn(StoreContext store, MatchingState state, IDbContextTransaction? held)
    {
        _store = store;
        _lock = held;
        State = state;
    }

    /// <summary>How far everything was matched; changed by whoever has the turn, and written by the commit.</summary>
    public MatchingState State { get; }

    /// <summary>Takes the turn; null where another process has it.</summary>
    public static async Task<MatchingTurn?> TakeAsync(StoreContext store, CancellationToken cancellation)
    {
        if (store is not PostgreSqlStore)
            return new MatchingTurn(store, await store.MatchingStates.SingleAsync(cancellation), null);
        var transaction = await store.Database.BeginTransactionAsync(cancellation);
        try
        {
            if ((await store.MatchingStates.FromSqlRaw("SELECT * FROM matching WHERE id = 1 FOR UPDATE SKIP LOCKED").ToListAsync(cancellation)) is [var state])
                return new MatchingTurn(store, state, transaction);
        }
        catch
        {
            await transaction.DisposeAsync();
            throw;
        }
        await transaction.DisposeAsync();
        return null;
    }

    /// <summary>One transaction for the position, what was found up to it, and what it cost whom.</summary>
    /// <exception cref="DbUpdateConcurrencyException">Another process has matched the same meanwhile; nothing is written.</exception>
    public async Task CommitAsync(MatchingNode work, CancellationToken cancellation)
    {
        await using var begun = _lock is null ? await _store.Database.BeginTransactionAsync(cancellation) : null;
        // The row is taken first: who comes second waits here and finds that the turn has passed.
        if (await _store.MatchingStates.Where(s => s.Id == State.Id && s.Turn == State.Turn)
            .ExecuteUpdateAsync(s => s.SetProperty(x => x.Position, State.Position).SetProperty(x => x.Inbox, State.Inbox).SetProperty(x => x.Turn, State.Turn + 1), cancellation) == 0)
            throw new DbUpdateConcurrencyException("Another process has matched meanwhile.");
        await CountAsync(_store, work, cancellation);
        await _store.CommitAsync(cancellation);
        await (begun ?? _lock!).CommitAsync(cancellation);
    }

    /// <summary>Adds what a process has done to what it did before.</summary>
    public static async Task CountAsync(StoreContext store, MatchingNode work, CancellationToken cancellation)
    {
        if (await store.MatchingNodes.Where(n => n.Name == work.Name).ExecuteUpdateAsync(n => n
            .SetProperty(x => x.Turns, x => x.Turns + work.Turns)
            .SetProperty(x => x.Changes, x => x.Changes + work.Changes)
            .SetProperty(x => x.Recommendations, x => x.Recommendations + work.Recommendations)
            .SetProperty(x => x.BusyMilliseconds, x => x.BusyMilliseconds + work.BusyMilliseconds)
            .SetProperty(x => x.IndexPosition, work.IndexPosition)
            .SetProperty(x => x.SeenAt, work.SeenAt), cancellation) == 0)
            store.MatchingNodes.Add(work);
    }

    public async ValueTask DisposeAsync()
    {
        if (_lock is not null)
            await _lock.DisposeAsync();
    }
}
