using Matchmaking.Tests.Running;
using Matchmaking.Tests.Transport.Fuzzing;
using Xunit;

namespace Matchmaking.Tests.Transport;

/// <summary>A few thousand of the requests that the benchmark <c>fuzz</c> throws by the million.</summary>
public sealed class FuzzTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(20261123)]
    public async Task No_request_is_a_fault_or_goes_unanswered(int seed)
    {
        await using var service = await DemoData.StartAsync();
        var run = new FuzzRun(service.Http.BaseAddress!, [.. Directory.GetFiles(Repository.At("schema", "operations"), "*.graphql").Order(StringComparer.Ordinal).Select(File.ReadAllText)], seed);
        await run.RunAsync(1500, connections: 4);
        Assert.Empty(run.Failures);
        Assert.Equal(1500, run.Statuses.Values.Sum());
        // Both sides of the door were seen.
        Assert.InRange(run.Statuses["200"], 100, 1400);
        Assert.InRange(run.Statuses["400"], 100, 1400);
    }
}
