using System.Diagnostics;
using Matchmaking.Tests.Crashing.Drill;
using Xunit;

namespace Matchmaking.Tests.Crashing;

[Collection(Processes.Name)]
public sealed class StopTests
{
    [Fact]
    public async Task Stopped_while_loading_the_demo_data_it_ends_well_and_goes_on_next_time()
    {
        const string after = "institutions.csv";
        using var place = new TemporaryPlace();
        await using (var first = ServingProgram.Begin(place.Data, demo: true))
        {
            await first.SaysAsync(after);
            first.Signal(BuiltProgram.Interrupt);
            var ended = await first.EndAsync();
            Assert.Equal(0, ended.ExitCode);
            Assert.DoesNotContain("   at ", ended.Errors, StringComparison.Ordinal);
            Assert.DoesNotContain("listens on", ended.Output, StringComparison.Ordinal);
        }

        await using (var second = await ServingProgram.StartAsync(place.Data, demo: true))
        {
            Assert.DoesNotContain(after, second.Program.Written, StringComparison.Ordinal);
            Assert.Contains("needs.xlsx", second.Program.Written, StringComparison.Ordinal);
            var counts = await second.DataAsync("{ institutions { totalCount } patents { totalCount } needs { totalCount } }");
            Assert.True(counts["patents"]!["totalCount"]!.GetValue<int>() >= 600);
            Assert.True(counts["needs"]!["totalCount"]!.GetValue<int>() >= 150);
            Assert.True(counts["institutions"]!["totalCount"]!.GetValue<int>() >= 40);
            Assert.Equal(0, await second.StopAsync(BuiltProgram.Interrupt));
        }

        await using var third = await ServingProgram.StartAsync(place.Data, demo: true);
        Assert.DoesNotContain("demo data", third.Program.Written, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stopped_under_load_it_ends_well()
    {
        using var place = new TemporaryPlace();
        InventedPatents.Write(Path.Combine(place.Path, "patents.csv"), 1000, 7);
        await BuiltProgram.RunAsync(place.Path, null, "import", "patents", "patents.csv", "--data", place.Data);
        await using var service = await ServingProgram.StartAsync(place.Data);
        var answered = new SemaphoreSlim(0);
        var load = Enumerable.Range(0, 8).Select(_ => AskUntilGoneAsync(service, answered)).ToList();
        for (var i = 0; i < 16; i++)
            await answered.WaitAsync(TimeSpan.FromSeconds(60));

        var clock = Stopwatch.StartNew();
        Assert.Equal(0, await service.StopAsync());

        // The bound is the one that a supervisor gives, so it belongs to the promise.
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(5), $"{clock.Elapsed} to stop");
        await Task.WhenAll(load);
        Assert.DoesNotContain("   at ", service.Program.Written, StringComparison.Ordinal);
    }

    private static async Task AskUntilGoneAsync(ServingProgram service, SemaphoreSlim answered)
    {
        try
        {
            while (true)
            {
                await service.AskAsync("{ tryNeed(description: \"离心泵真空除气在线监测，能耗高，容易堵塞\", first: 10) { score explanation { summary matchedTerms { term } } patent { title } } }");
                answered.Release();
            }
        }
        catch (Exception e) when (e is HttpRequestException or IOException or System.Text.Json.JsonException)
        {
            // It has stopped.
        }
    }
}
