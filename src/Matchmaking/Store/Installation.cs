using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Matchmaking.Store;

/// <summary>Where one installation keeps its things: a data directory, and a database in it or elsewhere.</summary>
/// <param name="DataDirectory">Holds the index, and the SQLite file where no other database is named.</param>
/// <param name="Provider">The engine.</param>
/// <param name="ConnectionString">How to reach the database.</param>
public sealed record Installation(string DataDirectory, Provider Provider, string ConnectionString)
{
    /// <summary>Reads <c>Matchmaking:Data</c>, <c>Matchmaking:Provider</c> and <c>ConnectionStrings:Matchmaking</c>.</summary>
    /// <exception cref="ConfigurationException">A value can't be used; the message names it.</exception>
    public static Installation From(IConfiguration configuration, string? dataDirectory = null)
    {
        var data = Path.GetFullPath(dataDirectory ?? configuration["Matchmaking:Data"] ?? "data");
        var named = configuration["Matchmaking:Provider"];
        var provider = Provider.Sqlite;
        if (named is not null && !(Enum.TryParse(named, ignoreCase: true, out provider) && Enum.IsDefined(provider)))
            throw new ConfigurationException($"Matchmaking:Provider: '{named}' is neither Sqlite nor PostgreSql.");
        var connection = configuration.GetConnectionString("Matchmaking");
        if (string.IsNullOrWhiteSpace(connection))
        {
            if (provider == Provider.PostgreSql)
                throw new ConfigurationException("ConnectionStrings:Matchmaking: PostgreSql needs one, for instance 'Host=localhost;Database=matchmaking;Username=matchmaking'.");
            connection = new SqliteConnectionStringBuilder { DataSource = Path.Combine(data, "matchmaking.db") }.ToString();
        }
        return new Installation(data, provider, connection);
    }

    /// <summary>Opens the store, bringing its tables up to date first.</summary>
    /// <exception cref="ConfigurationException">The directory can't be made or the database can't be reached.</exception>
    public async Task<StoreFactory> OpenStoreAsync(TimeProvider clock, CancellationToken cancellation, KeySource? keys = null, params IInterceptor[] interceptors)
    {
        try
        {
            Directory.CreateDirectory(DataDirectory);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"The data directory '{DataDirectory}' can't be made: {e.Message}", e);
        }
        try
        {
            var stores = new StoreFactory(Provider, ConnectionString, clock, keys, interceptors);
            await using var store = stores.Open("migration");
            await MigrateAsync(store, cancellation);
            return stores;
        }
        catch (Exception e) when (FullStorage.Caused(e))
        {
            throw new ConfigurationException($"The {Provider} database can't be brought up to date: the disk is full.", e);
        }
        catch (Exception e) when (e is System.Data.Common.DbException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"The {Provider} database can't be used: {e.Message.ReplaceLineEndings(" ")}", e);
        }
    }

    /// <summary>Brings the tables up to date, also after a process that was killed while it did so.</summary>
    /// <remarks>EF's own lock on SQLite is a row, which a killed process leaves for ever, and the next one waits for it for ever. A file's
    /// lock dies with its process: who holds it knows that a row left in the table is nobody's.</remarks>
    private async Task MigrateAsync(StoreContext store, CancellationToken cancellation)
    {
        if (!(await store.Database.GetPendingMigrationsAsync(cancellation)).Any())
            return;
        if (Provider == Provider.PostgreSql)
        {
            await store.Database.MigrateAsync(cancellation);
            return;
        }
        await using var held = await HoldAsync(Path.Combine(DataDirectory, "migrating.lock"), cancellation);
        if (await store.Database.SqlQueryRaw<int>("SELECT COUNT(*) AS \"Value\" FROM sqlite_master WHERE name = '__EFMigrationsLock'").SingleAsync(cancellation) > 0)
            await store.Database.ExecuteSqlRawAsync("DELETE FROM \"__EFMigrationsLock\"", cancellation);
        await store.Database.MigrateAsync(cancellation);
    }

    private static async Task<FileStream> HoldAsync(string path, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException e) when (e.HResult is 11 or 35 or unchecked((int)0x80070020)) // held, as Linux, macOS and Windows say it
            {
                await Task.Delay(50, cancellation); // Another process is migrating; it takes a moment.
            }
        }
    }
}

/// <summary>Something is set so that the program can't run; the message says what, for the person who set it.</summary>
public sealed class ConfigurationException(string message, Exception? inner = null) : Exception(message, inner);
