using System.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Store;

/// <summary>Contexts between two units of work: to make one, and to open its connection, costs more than most statements.</summary>
/// <remarks>On SQLite each keeps its connection open, because EF teaches each one that it opens a score of functions. On PostgreSQL the
/// connection goes back to Npgsql's own pool.</remarks>
internal sealed class IdleStores : IDisposable
{
    /// <summary>More at once are made and thrown away.</summary>
    private const int Most = 32;

    private readonly Lock _lock = new();
    private readonly HashSet<StoreContext> _kept = [];
    private readonly Stack<StoreContext> _idle = [];
    private bool _disposed;

    /// <summary>The one that was last used, or null.</summary>
    public StoreContext? Take()
    {
        lock (_lock)
        {
            if (!_idle.TryPop(out var store))
                return null;
            _kept.Remove(store);
            return store;
        }
    }

    /// <summary>Keeps one for the next unit of work; false where it must be disposed of.</summary>
    public async ValueTask<bool> KeepAsync(StoreContext store)
    {
        // Whoever left a transaction open has failed; let it be rolled back with its connection.
        if (store.Database.CurrentTransaction is not null)
            return false;
        store.ChangeTracker.Clear();
        if (store is SqliteStore && !await IsOpenAsync(store))
            return false;
        lock (_lock)
        {
            if (_kept.Contains(store))
                return true;
            if (_disposed || _idle.Count == Most)
                return false;
            _kept.Add(store);
            _idle.Push(store);
            return true;
        }
    }

    private static async ValueTask<bool> IsOpenAsync(StoreContext store)
    {
        try
        {
            if (store.Database.GetDbConnection().State == ConnectionState.Closed)
                await store.Database.OpenConnectionAsync();
            return true;
        }
        catch (SqliteException)
        {
            // The next unit of work opens its own, and says what is wrong.
            return false;
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            _kept.Clear();
            while (_idle.TryPop(out var store))
                store.Dispose();
        }
    }
}
