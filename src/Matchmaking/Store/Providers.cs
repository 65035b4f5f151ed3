using System.Data.Common;
using System.Runtime.CompilerServices;
using Matchmaking.Access;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Matchmaking.Store;

/// <summary>The database engine behind the store.</summary>
public enum Provider
{
    Sqlite,
    PostgreSql,
}

/// <summary>The store on an embedded SQLite file.</summary>
public sealed class SqliteStore(DbContextOptions<SqliteStore> options, TimeProvider clock, KeySource keys) : StoreContext(options, clock, keys);

/// <summary>The store on PostgreSQL, for more than one node.</summary>
public sealed class PostgreSqlStore(DbContextOptions<PostgreSqlStore> options, TimeProvider clock, KeySource keys) : StoreContext(options, clock, keys)
{
    protected override void ConfigureConventions(ModelConfigurationBuilder conventions)
    {
        base.ConfigureConventions(conventions);
        // Code point order, as SQLite's BINARY has it: the same list in the same order on both, whatever the cluster's locale.
        conventions.Properties<string>().UseCollation("C");
    }
}

/// <summary>Opens contexts of whichever engine is configured.</summary>
public sealed class StoreFactory(Provider provider, string connectionString, TimeProvider clock, KeySource? keys = null, params IInterceptor[] interceptors) : IDisposable
{
    private readonly IdleStores _idle = new();
    private readonly KeySource _keys = keys ?? new KeySource(clock);

    private readonly DbContextOptions _options = provider == Provider.Sqlite
        ? Configure(new DbContextOptionsBuilder<SqliteStore>(), interceptors)
            .UseSqlite(Wal.ConnectionString(connectionString), sqlite => sqlite.UseParameterizedCollectionMode(ParameterTranslationMode.Parameter)).AddInterceptors(Wal.Connections, KeptStatements.Instance, SqliteInterrupt.Instance).Options
        : Configure(new DbContextOptionsBuilder<PostgreSqlStore>(), interceptors).UseNpgsql(connectionString).Options;

    public Provider Provider => provider;

    /// <summary>A context of its own for one unit of work of a request; dispose it.</summary>
    /// <param name="viewer">For whom: there are no rows but those the viewer may see.</param>
    public StoreContext Open(Viewer viewer)
    {
        if (_idle.Take() is not { } idle)
            return Make(viewer, null, _idle);
        idle.Viewer = viewer;
        return idle;
    }

    /// <summary>A context for what works in the background, or by the operator's command, and sees all.</summary>
    public StoreContext Open(string worker) => Make(Viewer.Worker(worker), worker, null);

    /// <summary>A context for what the service itself does in a viewer's name, beside what the viewer asked for.</summary>
    public StoreContext Open(string worker, Viewer viewer) => Make(viewer, worker, null);

    private StoreContext Make(Viewer viewer, string? worker, IdleStores? idle) => provider == Provider.Sqlite
        ? new SqliteStore((DbContextOptions<SqliteStore>)_options, clock, _keys) { Viewer = viewer, Worker = worker, Idle = idle }
        : new PostgreSqlStore((DbContextOptions<PostgreSqlStore>)_options, clock, _keys) { Viewer = viewer, Worker = worker, Idle = idle };

    public void Dispose() => _idle.Dispose();

    private static DbContextOptionsBuilder Configure(DbContextOptionsBuilder options, IInterceptor[] interceptors) =>
        options.UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking).AddInterceptors(interceptors);
}

/// <summary>How SQLite is opened: write-ahead log, foreign keys, patience with the other writer.</summary>
internal static class Wal
{
    public static readonly DbConnectionInterceptor Connections = new OpenAndClose();

    public static string ConnectionString(string given) =>
        new SqliteConnectionStringBuilder(given) { DefaultTimeout = 60 }.ToString();

    private sealed class OpenAndClose : DbConnectionInterceptor
    {
        // synchronous=FULL: a commit that was answered survives a power cut, and the index, which syncs its own, is never ahead.
        private const string Text = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=60000; PRAGMA foreign_keys=ON;";

        // What is set holds as long as the native connection, which the pool lends to many.
        private readonly ConditionalWeakTable<SQLitePCL.sqlite3, object> _set = [];

        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
        {
            if (connection is not SqliteConnection { Handle: { } handle } || _set.TryGetValue(handle, out _))
                return;
            using var command = connection.CreateCommand();
            // EF looks read-only whether there is a database; an empty file, as a kill at the first start leaves it, can't be set to WAL then.
            command.CommandText = connection.ConnectionString.Contains("Mode=ReadOnly", StringComparison.OrdinalIgnoreCase) ? "PRAGMA busy_timeout=60000;" : Text;
            command.ExecuteNonQuery();
            _set.AddOrUpdate(handle, Text);
        }

        // SQLite answers in place either way.
        public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            ConnectionOpened(connection, eventData);
            return Task.CompletedTask;
        }

        public override InterceptionResult ConnectionClosing(DbConnection connection, ConnectionEventData eventData, InterceptionResult result)
        {
            KeptStatements.Instance.Free(connection);
            return result;
        }

        public override ValueTask<InterceptionResult> ConnectionClosingAsync(DbConnection connection, ConnectionEventData eventData, InterceptionResult result) =>
            new(ConnectionClosing(connection, eventData, result));

        public override InterceptionResult ConnectionDisposing(DbConnection connection, ConnectionEventData eventData, InterceptionResult result) =>
            ConnectionClosing(connection, eventData, result);

        public override ValueTask<InterceptionResult> ConnectionDisposingAsync(DbConnection connection, ConnectionEventData eventData, InterceptionResult result) =>
            ConnectionClosingAsync(connection, eventData, result);
    }
}

/// <summary>Lets the EF tools make migrations: <c>dotnet ef migrations add NAME --context SqliteStore -o Store/Migrations/Sqlite</c>.</summary>
internal sealed class SqliteDesign : IDesignTimeDbContextFactory<SqliteStore>
{
    public SqliteStore CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SqliteStore>().UseSqlite("Data Source=design.db").Options, TimeProvider.System, new KeySource(TimeProvider.System)) { Viewer = Viewer.System };
}

/// <summary>Lets the EF tools make migrations: <c>dotnet ef migrations add NAME --context PostgreSqlStore -o Store/Migrations/PostgreSql</c>.</summary>
internal sealed class PostgreSqlDesign : IDesignTimeDbContextFactory<PostgreSqlStore>
{
    public PostgreSqlStore CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<PostgreSqlStore>().UseNpgsql("Host=localhost").Options, TimeProvider.System, new KeySource(TimeProvider.System)) { Viewer = Viewer.System };
}
