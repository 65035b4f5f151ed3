using Matchmaking.Store;
using Matchmaking.Tests.Running;

namespace Matchmaking.Tests.Store;

/// <summary>Where a store test gets an empty database from.</summary>
public abstract class TestDatabase
{
    /// <summary>Why there is none here; null where there is.</summary>
    public virtual string? Absent => null;

    /// <summary>A new empty database for a data directory.</summary>
    public abstract Task<(Provider Provider, string Connection)> CreateAsync(string directory);
}

/// <summary>A file.</summary>
public sealed class SqliteDatabase : TestDatabase
{
    public override Task<(Provider Provider, string Connection)> CreateAsync(string directory) =>
        Task.FromResult((Provider.Sqlite, $"Data Source={Path.Combine(directory, "matchmaking.db")}"));
}

/// <summary>A database on the server that is at hand.</summary>
public sealed class PostgreSqlDatabase : TestDatabase
{
    public override string? Absent => PostgreSqlServer.Absent;

    public override async Task<(Provider Provider, string Connection)> CreateAsync(string directory) => (Provider.PostgreSql, await PostgreSqlServer.CreateDatabaseAsync());
}
