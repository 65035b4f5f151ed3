using Matchmaking.Tests.Crashing;
using Matchmaking.Tests.Crashing.Drill;
using Xunit;

namespace Matchmaking.Tests.Hosting;

[Collection(Processes.Name)]
public sealed class MatchingCommandTests
{
    [Fact]
    public async Task It_says_beside_a_running_service_how_far_matching_has_come()
    {
        using var place = new TemporaryPlace();
        await using var service = await ServingProgram.StartAsync(place.Data, new Dictionary<string, string> { ["Matchmaking__Node"] = "甲" });
        await service.DataAsync("mutation { createNeed(input: { title: \"水泵\", description: \"水泵\" }) { need { id } } }");
        await ServingProgram.UntilAsync(async () => (await service.DataAsync("{ matching { lag } }"))["matching"]!["lag"]!.GetValue<long>() == 0, "it is matched");

        var said = await BuiltProgram.RunAsync(place.Path, null, "matching", "status", "--data", place.Data);

        Assert.Equal((0, ""), (said.ExitCode, said.Errors));
        Assert.Contains("matched up to change  1 of 1", said.Output, StringComparison.Ordinal);
        Assert.Contains("lag                   0 changes, 0 s", said.Output, StringComparison.Ordinal);
        Assert.Contains("node 甲: 1 turns, 1 changes, 0 recommendations", said.Output, StringComparison.Ordinal);
    }
}
