using Matchmaking.Store;
using Matchmaking.Tests.Crashing.Drill;
using Xunit;

namespace Matchmaking.Tests.Crashing;

[Collection(Processes.Name)]
public sealed class KillTests
{
    [Fact]
    public async Task Killed_a_dozen_times_it_ends_as_if_nothing_had_been()
    {
        using var place = new TemporaryPlace();
        var drill = new KillDrill(place.Path, Provider.Sqlite, directory => $"Data Source={Path.Combine(directory, "matchmaking.db")};Pooling=False", rows: 3000, kills: 12, seed: 20261123);

        var (peace, killed) = await drill.RunAsync();

        Assert.True(drill.Kills >= 8, $"only {drill.Kills} processes were met at their work");
        Assert.Contains("patents 37", peace.Stored, StringComparison.Ordinal);
        Assert.Equal(peace.Stored, killed.Stored);
        Assert.Equal(peace.Rejects, killed.Rejects);
        Assert.Equal(peace.Answers, killed.Answers);
        var trail = await BuiltProgram.RunAsync(place.Path, null, "audit", "verify", "--data", Path.Combine(place.Path, "killed"));
        Assert.True(trail.ExitCode == 0, trail.Errors);
        Assert.Equal("ok", await StoredThings.IntegrityAsync(Path.Combine(place.Path, "killed", "matchmaking.db")));
    }
}
