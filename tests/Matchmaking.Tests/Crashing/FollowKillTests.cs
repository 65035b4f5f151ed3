using Matchmaking.Store;
using Matchmaking.Tests.Crashing.Drill;
using Matchmaking.Tests.Running;
using Xunit;

namespace Matchmaking.Tests.Crashing;

/// <summary>Killed at random moments under a stream of changes: nobody who follows misses anything, hears anything twice or out of order.</summary>
[Collection(Processes.Name)]
public sealed class FollowKillTests
{
    [Fact]
    public async Task One_process_on_sqlite_killed_a_few_times_tells_everything_once()
    {
        using var place = new TemporaryPlace();
        var connection = $"Data Source={Path.Combine(place.Path, "matchmaking.db")};Pooling=False";
        Assert.Empty(await new FollowDrill(place.Path, Provider.Sqlite, connection, nodes: 1, kills: 4, seed: 20261126).RunAsync());
    }

    [SkippableFact]
    public async Task Three_processes_on_postgresql_killed_a_few_times_tell_everything_once()
    {
        Skip.If(PostgreSqlServer.Absent is not null, PostgreSqlServer.Absent);
        using var place = new TemporaryPlace();
        Assert.Empty(await new FollowDrill(place.Path, Provider.PostgreSql, await PostgreSqlServer.CreateDatabaseAsync(), nodes: 3, kills: 6, seed: 20261126).RunAsync());
    }
}
