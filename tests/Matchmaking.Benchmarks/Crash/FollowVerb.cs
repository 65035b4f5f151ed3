using System.Globalization;
using Matchmaking.Store;
using Matchmaking.Tests.Crashing.Drill;
using Npgsql;

namespace Matchmaking.Benchmarks.Crash;

/// <summary>Kills one process on SQLite and three on PostgreSQL while things change and somebody follows; nobody may miss anything or hear it twice.</summary>
internal static class FollowVerb
{
    public static async Task<int> RunAsync(string[] options)
    {
        var kills = Number(options, "--kills", 200);
        var seed = Number(options, "--seed", 1);
        var postgres = Environment.GetEnvironmentVariable("MATCHMAKING_TEST_POSTGRES");
        var root = Directory.CreateTempSubdirectory("matchmaking-follow").FullName;
        try
        {
            // The one process starts again after each kill; three are killed while the others go on.
            var single = postgres is null ? kills : kills * 3 / 10;
            var good = await DrillAsync(Directory.CreateDirectory(Path.Combine(root, "sqlite")).FullName, Provider.Sqlite, null, 1, single, seed);
            if (postgres is null)
                Console.WriteLine("PostgreSQL: left out, MATCHMAKING_TEST_POSTGRES names none");
            else
                good &= await DrillAsync(Directory.CreateDirectory(Path.Combine(root, "postgres")).FullName, Provider.PostgreSql, postgres, 3, kills - single, seed);
            return good ? 0 : 1;
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    private static async Task<bool> DrillAsync(string place, Provider provider, string? server, int nodes, int kills, int seed)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{provider}: {nodes} processes, {kills} kills, seed {seed}"));
        var connection = server is null ? $"Data Source={Path.Combine(place, "matchmaking.db")};Pooling=False" : await EmptyAsync(server, "follow_drill");
        var wrong = await new FollowDrill(place, provider, connection, nodes, kills, seed, line => Console.WriteLine("  " + line)).RunAsync();
        foreach (var line in wrong)
            Console.WriteLine("  WRONG: " + line);
        Console.WriteLine(wrong.Count == 0 ? "  nothing lost, nothing twice, order kept" : "  NOT as it should be");
        return wrong.Count == 0;
    }

    private static async Task<string> EmptyAsync(string server, string name)
    {
        await using var connection = new NpgsqlConnection(server);
        await connection.OpenAsync();
        foreach (var statement in (string[])[$"DROP DATABASE IF EXISTS {name} WITH (FORCE)", $"CREATE DATABASE {name}"])
        {
            await using var command = new NpgsqlCommand(statement, connection);
            await command.ExecuteNonQueryAsync();
        }
        return new NpgsqlConnectionStringBuilder(server) { Database = name, MaxPoolSize = 20 }.ToString();
    }

    private static int Number(string[] options, string name, int otherwise)
    {
        var at = Array.IndexOf(options, name);
        return at >= 0 && at + 1 < options.Length ? int.Parse(options[at + 1], CultureInfo.InvariantCulture) : otherwise;
    }
}
