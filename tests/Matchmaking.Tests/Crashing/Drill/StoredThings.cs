using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Matchmaking.Store;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Matchmaking.Tests.Crashing.Drill;

/// <summary>What a database holds, but for keys and instants, and what is made of them, which differ from one installation to the next.</summary>
internal static class StoredThings
{
    private static readonly string[] OfThisInstallation = ["id", "at", "position", "before", "after", "hash", "audit_hash"];

    /// <summary>What is recommended depends on when a need meets a growing stock, and so on the moments of the kills.</summary>
    private static readonly string[] OfTheMoment = ["matching", "matched_versions", "matching_nodes", "recommendations"];

    /// <summary>An import killed between its last commit and its exit is started again, and that run finds nothing to do.</summary>
    private const string FirstOfEachFile = " AS run WHERE NOT (added = 0 AND updated = 0 AND EXISTS (SELECT 1 FROM import_runs o WHERE o.digest = run.digest AND o.id < run.id AND o.finished_at IS NOT NULL))";

    /// <summary>For each table the number of its rows and a digest of them, whatever their order.</summary>
    public static async Task<string> DescribeAsync(Provider provider, string connectionString)
    {
        await using DbConnection connection = provider == Provider.Sqlite ? new SqliteConnection(connectionString) : new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        var tables = await RowsAsync(connection, provider == Provider.Sqlite
            ? "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_\\_EF%' ESCAPE '\\' AND name NOT LIKE 'sqlite%' ORDER BY name"
            : "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_name NOT LIKE '\\_\\_EF%' ORDER BY table_name COLLATE \"C\"");
        var described = new StringBuilder();
        foreach (var table in tables.Except(OfTheMoment))
        {
            var rows = await RowsAsync(connection, $"SELECT * FROM \"{table}\"{(table == "import_runs" ? FirstOfEachFile : "")}");
            rows.Sort(StringComparer.Ordinal);
            var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', rows))))[..16];
            described.Append(CultureInfo.InvariantCulture, $"{table} {rows.Count} {digest}\n");
        }
        return described.ToString();
    }

    /// <summary>One number from the database.</summary>
    public static async Task<long> CountAsync(Provider provider, string connectionString, string sql)
    {
        await using DbConnection connection = provider == Provider.Sqlite ? new SqliteConnection(connectionString) : new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        return Convert.ToInt64((await RowsAsync(connection, sql))[0], CultureInfo.InvariantCulture);
    }

    /// <summary>What SQLite itself finds wrong; "ok" where nothing is.</summary>
    public static async Task<string> IntegrityAsync(string file)
    {
        await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
        await connection.OpenAsync();
        return string.Join('\n', await RowsAsync(connection, "PRAGMA integrity_check"));
    }

    private static async Task<List<string>> RowsAsync(DbConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        var columns = Enumerable.Range(0, reader.FieldCount).Where(i => Compared(reader.GetName(i))).ToList();
        var rows = new List<string>();
        while (await reader.ReadAsync())
            rows.Add(string.Join('\t', columns.Select(i => Text(reader.GetValue(i)))));
        return rows;
    }

    private static bool Compared(string column) =>
        column == "source_id" || !(OfThisInstallation.Contains(column) || column.EndsWith("_id", StringComparison.Ordinal) || column.EndsWith("_at", StringComparison.Ordinal));

    private static string Text(object value) => value switch
    {
        DBNull => "∅",
        Array list => string.Join('|', list.Cast<object>().Select(Text)),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };
}
