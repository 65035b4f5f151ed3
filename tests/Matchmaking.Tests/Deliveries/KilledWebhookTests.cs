using Matchmaking.Tests.Crashing;
using Matchmaking.Tests.Crashing.Drill;
using Matchmaking.Tests.Store;
using Xunit;

namespace Matchmaking.Tests.Deliveries;

/// <summary>The built program is killed again and again while it posts: each recommendation arrives, in order, and only what was in hand comes twice.</summary>
[Collection(Processes.Name)]
public sealed class KilledWebhookTests
{
    private const int Kills = 8;

    [Fact]
    public async Task Killed_while_it_posts_it_loses_nothing_and_repeats_only_what_was_in_hand()
    {
        await using var receiver = await Receiver.StartAsync();
        var prepared = await Told.ServeAsync(new SqliteDatabase());
        using var place = new KeptPlace(prepared.Directory);
        await prepared.WebhookAsync(receiver.Url);
        await prepared.NeedAsync();
        await prepared.StopAsync();
        var random = new Random(20261126);
        var environment = new Dictionary<string, string>
        {
            ["Matchmaking__Recommendations__Threshold"] = "5",
            ["Matchmaking__Recommendations__PerDay"] = "1000",
            ["Matchmaking__Deliveries__AllowHttp"] = "true",
            ["Matchmaking__Deliveries__AllowPrivateAddresses"] = "true",
        };
        var published = 0;
        for (var life = 0; life < Kills; life++)
        {
            // Some die with a request in hand that is never answered, some between two.
            var (met, after, hangs) = (0, random.Next(1, 4), random.Next(2) == 0);
            receiver.Answer = context => Interlocked.Increment(ref met) == after && hangs
                ? Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default)
                : Task.CompletedTask;
            await using var service = await ServingProgram.StartAsync(prepared.Directory, environment);
            for (var i = 0; i < 4; i++)
                await PublishAsync(service, published++);
            for (var i = 0; i < after; i++)
                await receiver.NextAsync();
            await service.Program.KillAsync();
            while (receiver.HasMore)
                await receiver.NextAsync();
        }
        receiver.Answer = _ => Task.CompletedTask;
        await using var last = await ServingProgram.StartAsync(prepared.Directory, environment);
        await ServingProgram.UntilAsync(async () =>
        {
            var data = await last.DataAsync($"{{ recommendations {{ totalCount }} webhooks(enterpriseId: \"{Told.Enterprise}\") {{ nodes {{ deliveries(where: {{ state: {{ eq: DELIVERED }} }}) {{ totalCount }} }} }} }}");
            return (int)data["recommendations"]!["totalCount"]! == published && (int)data["webhooks"]!["nodes"]![0]!["deliveries"]!["totalCount"]! == published;
        }, "everything is delivered");
        var inbox = (await last.DataAsync("{ recommendations(first: 50) { nodes { id } } }"))["recommendations"]!["nodes"]!.AsArray().Select(r => (string)r!["id"]!).ToList();
        var heard = receiver.All.Select(t => (string)t.Json["id"]!).ToList();
        // In order, and a repeat follows what it repeats.
        Assert.Equal(inbox, heard.Where((id, i) => i == 0 || heard[i - 1] != id));
        Assert.InRange(heard.Count - inbox.Count, 0, 2 * Kills);
    }

    private static async Task PublishAsync(ServingProgram service, int i)
    {
        var data = await service.DataAsync("mutation($n: String!, $t: String!) { publishPatent(input: { publicationNumber: $n, title: $t, abstract: \"一种硅碳负极材料，膨胀小，首次效率高\", legalStatus: GRANTED }) { patent { id } errors { ... on Error { message } } } }",
            new { n = $"CN10288{i:0000}B", t = $"膨胀小的硅碳负极材料{i}" });
        Assert.Null(data["publishPatent"]!["errors"]);
    }

    private sealed class KeptPlace(string path) : IDisposable
    {
        public void Dispose() => Directory.Delete(path, recursive: true);
    }
}
