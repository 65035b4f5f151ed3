using System.Globalization;
using Matchmaking.Tests.Running;
using Xunit;

namespace Matchmaking.Tests.Crashing;

public sealed class ClockTests
{
    private const string Create = "mutation ($title: String!) { createNeed(input: { title: $title, description: \"求改进\" }) { need { id updatedAt } } }";
    private const string Update = "mutation ($id: ID!, $title: String!) { updateNeed(input: { id: $id, title: $title }) { need { updatedAt } } }";

    [Fact]
    public async Task A_clock_set_back_changes_no_order()
    {
        await using var service = await RunningService.StartAsync();
        var ids = new List<string>();
        for (var i = 0; i < 6; i++)
        {
            service.Clock.Now = RunningService.Start.AddMinutes(-10 * i);
            ids.Add((await service.AskAsync(Create, new { title = $"需求{i}" }))["data"]!["createNeed"]!["need"]!["id"]!.GetValue<string>());
        }

        // Keys order lists that nothing else orders, and they follow the order of making.
        var listed = (await service.AskAsync("{ needs { nodes { id } } }"))["data"]!["needs"]!["nodes"]!.AsArray().Select(n => n!["id"]!.GetValue<string>());
        Assert.Equal(ids, listed);

        var stamps = new List<DateTime>();
        for (var i = 0; i < 4; i++)
        {
            service.Clock.Now = RunningService.Start.AddDays(-i);
            var answer = await service.AskAsync(Update, new { id = ids[0], title = $"改{i}" });
            stamps.Add(DateTime.Parse(answer["data"]!["updateNeed"]!["need"]!["updatedAt"]!.GetValue<string>(), CultureInfo.InvariantCulture));
        }
        Assert.Equal(stamps.Distinct().Order(), stamps);
    }
}
