using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Matchmaking.Tests.Running;

/// <summary>A PostgreSQL to test on: the one that MATCHMAKING_TEST_POSTGRES names, or a private cluster from the installed binaries.</summary>
internal static class PostgreSqlServer
{
    private static readonly Lazy<(string? Connection, string? Absent)> Server = new(Start);

    /// <summary>Why there is none; null where there is one.</summary>
    public static string? Absent => Server.Value.Absent;

    /// <summary>Makes an empty database; the connection string to it.</summary>
    public static async Task<string> CreateDatabaseAsync()
    {
        var name = "matchmaking_" + Guid.NewGuid().ToString("N");
        await using var connection = new NpgsqlConnection(Server.Value.Connection);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = $"CREATE DATABASE {name}";
        await command.ExecuteNonQueryAsync();
        // Each test has a database and so a pool of its own; what a pool keeps of a test that is over is given back soon.
        return new NpgsqlConnectionStringBuilder(Server.Value.Connection) { Database = name, MaxPoolSize = 20, ConnectionIdleLifetime = 5, ConnectionPruningInterval = 2 }.ToString();
    }

    private static (string? Connection, string? Absent) Start()
    {
        if (Environment.GetEnvironmentVariable("MATCHMAKING_TEST_POSTGRES") is { Length: > 0 } given)
            return (given, null);
        var bin = !Directory.Exists("/usr/lib/postgresql") ? null : Directory.GetDirectories("/usr/lib/postgresql").OrderByDescending(d => d, StringComparer.Ordinal)
            .Select(d => Path.Combine(d, "bin")).FirstOrDefault(d => File.Exists(Path.Combine(d, "initdb")));
        if (bin is null)
            return (null, "PostgreSQL WAS NOT TESTED: set MATCHMAKING_TEST_POSTGRES to a connection string, or install PostgreSQL's server.");
        var directory = Directory.CreateTempSubdirectory("matchmaking-pg").FullName;
        var data = Path.Combine(directory, "data");
        if (Environment.IsPrivilegedProcess)
            Run("chown", ["postgres", directory]);
        AsOwner(Path.Combine(bin, "initdb"), "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync");
        var port = FreePort();
        AfterExit.Run("\"$1\" -D \"$2\" -m immediate stop; rm -rf \"$3\"", Environment.IsPrivilegedProcess ? "postgres" : null, Path.Combine(bin, "pg_ctl"), data, directory);
        // On the loopback only; no socket file, and no sync to disk, for a cluster that lives for one run.
        AsOwner(Path.Combine(bin, "pg_ctl"), "-D", data, "-w", "-l", Path.Combine(directory, "log"), "-o",
            string.Create(CultureInfo.InvariantCulture, $"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off -c max_connections=400"), "start");
        return (string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={port};Username=postgres;Database=postgres"), null);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    // PostgreSQL refuses to run as root.
    private static void AsOwner(string program, params string[] arguments)
    {
        if (Environment.IsPrivilegedProcess)
            Run("runuser", ["-u", "postgres", "--", program, .. arguments]);
        else
            Run(program, arguments);
    }

    private static void Run(string program, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = Path.GetTempPath(), RedirectStandardOutput = true, RedirectStandardInput = true })!;
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
    }
}
