using System.Globalization;
using Matchmaking.Store;
using Matchmaking.Tests.Crashing.Drill;
using Npgsql;

namespace Matchmaking.Benchmarks.Crash;

/// <summary>Kills imports and services at random moments, as often as asked, and compares the end with an undisturbed installation.</summary>
internal static class CrashVerb
{
    public static async Task<int> RunAsync(string[] options)
    {
        var kills = Number(options, "--kills", 30);
        var rows = Number(options, "--rows", 5000);
        var seed = Number(options, "--seed", 1);
        var postgres = Environment.GetEnvironmentVariable("MATCHMAKING_TEST_POSTGRES");
        var root = Directory.CreateTempSubdirectory("matchmaking-crash").FullName;
        try
        {
            var same = await DrillAsync(root, Provider.Sqlite, directory => $"Data Source={Path.Combine(directory, "matchmaking.db")};Pooling=False", rows, kills, seed);
            if (postgres is null)
                Console.WriteLine("PostgreSQL: left out, MATCHMAKING_TEST_POSTGRES names none");
            else
                same &= await DrillAsync(root, Provider.PostgreSql, directory => Empty(postgres, "crash_" + Path.GetFileName(directory)), rows, kills, seed);
            return same ? 0 : 1;
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    private static async Task<bool> DrillAsync(string root, Provider provider, Func<string, string> database, int rows, int kills, int seed)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{provider}: {rows} rows, {kills} kills, seed {seed}"));
        var place = Directory.CreateDirectory(Path.Combine(root, provider.ToString())).FullName;
        var drill = new KillDrill(place, provider, database, rows, kills, seed, line => Console.WriteLine("  " + line));
        var (peace, killed) = await drill.RunAsync();
        foreach (var (what, spent) in drill.Spent)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  in peace: {what,-24} {spent.TotalSeconds,6:F2} s"));
        Console.WriteLine(peace.Stored.Replace("\n", "\n  ", StringComparison.Ordinal).Insert(0, "  ").TrimEnd());
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  killed at work: {drill.Kills}; stored {Same(peace.Stored, killed.Stored)}, answers {Same(peace.Answers, killed.Answers)}, rejects {Same(peace.Rejects, killed.Rejects)}"));
        if (peace.Stored != killed.Stored)
            Console.WriteLine("  after the kills:\n" + killed.Stored);
        return peace == killed;
    }

    private static string Same(string peace, string killed) => peace == killed ? "equal" : "DIFFERENT";

    private static string Empty(string server, string name)
    {
        using var connection = new NpgsqlConnection(server);
        connection.Open();
        foreach (var statement in (ReadOnlySpan<string>)[$"DROP DATABASE IF EXISTS {name} WITH (FORCE)", $"CREATE DATABASE {name}"])
        {
            using var command = new NpgsqlCommand(statement, connection);
            command.ExecuteNonQuery();
        }
        return new NpgsqlConnectionStringBuilder(server) { Database = name, Pooling = false }.ToString();
    }

    private static int Number(string[] options, string name, int otherwise)
    {
        var at = Array.IndexOf(options, name);
        return at >= 0 && at + 1 < options.Length ? int.Parse(options[at + 1], CultureInfo.InvariantCulture) : otherwise;
    }
}
