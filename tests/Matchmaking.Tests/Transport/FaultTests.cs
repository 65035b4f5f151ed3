using Matchmaking.Tests.Running;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Matchmaking.Tests.Transport;

public sealed class FaultTests
{
    [Fact]
    public async Task An_unforeseen_fault_says_nothing_but_an_id()
    {
        await using var service = await RunningService.StartAsync();
        await using (var store = service.Stores.Open("test"))
            await store.Database.ExecuteSqlRawAsync("ALTER TABLE enterprises RENAME TO gone");
        var answer = await service.AskAsync("{ patents { totalCount } enterprise(id: \"RW50ZXJwcmlzZTowMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMA==\") { name } }");
        var error = Assert.Single(answer["errors"]!.AsArray())!;
        Assert.Equal("Unexpected Execution Error", error["message"]!.GetValue<string>());
        Assert.Matches("^[0-9a-f]{32}$", error["extensions"]!["errorId"]!.GetValue<string>());
        Assert.DoesNotContain("gone", answer.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(0, answer["data"]!["patents"]!["totalCount"]!.GetValue<int>());
    }
}
