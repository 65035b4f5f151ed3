using Matchmaking.Tests.Crashing.Drill;
using Xunit;

namespace Matchmaking.Tests.Crashing;

[Collection(Processes.Name)]
public sealed class BesideTests
{
    [Fact]
    public async Task An_import_works_beside_a_service_that_is_written_to()
    {
        using var place = new TemporaryPlace();
        InventedPatents.Write(Path.Combine(place.Path, "patents.csv"), 2000, 6);
        await using var service = await ServingProgram.StartAsync(place.Data);

        await using var import = BuiltProgram.Start(place.Path, null, "import", "patents", "patents.csv", "--data", place.Data);
        var ended = import.EndAsync();
        var writers = await Task.WhenAll(Enumerable.Range(0, 3).Select(w => WriteUntilAsync(service, ended, w)));

        Assert.Equal(2, (await ended).ExitCode);
        var stored = (await service.DataAsync("{ patents { totalCount } }"))["patents"]!["totalCount"]!.GetValue<int>();
        Assert.InRange(stored, 1900, 2000);
        await ServingProgram.UntilAsync(async () => (await service.DataAsync("{ searchPatents(query: \"年份:1990..2030\") { totalCount } }"))["searchPatents"]!["totalCount"]!.GetValue<int>() == stored, "all imported patents are found");
        Assert.Equal(writers.Sum(), (await service.DataAsync("{ needs { totalCount } }"))["needs"]!["totalCount"]!.GetValue<int>());
        Assert.All(writers, written => Assert.True(written > 0));
        Assert.Equal(0, await service.StopAsync());
    }

    /// <summary>Writes needs until the import is over; each must be taken.</summary>
    private static async Task<int> WriteUntilAsync(ServingProgram service, Task ended, int writer)
    {
        var written = 0;
        while (!ended.IsCompleted)
        {
            var answer = await service.DataAsync(
                "mutation ($title: String!) { createNeed(input: { title: $title, description: \"求改进\" }) { need { id } errors { __typename } } }", new { title = $"{writer}-{written}" });
            Assert.NotNull(answer["createNeed"]!["need"]);
            written++;
        }
        return written;
    }
}
