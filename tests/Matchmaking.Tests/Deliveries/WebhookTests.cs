using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Matchmaking.Needs;
using Matchmaking.Tests.Running;
using Matchmaking.Tests.Store;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Matchmaking.Tests.Deliveries;

public sealed class SqliteWebhookTests() : WebhookTests(new SqliteDatabase());

public sealed class PostgreSqlWebhookTests() : WebhookTests(new PostgreSqlDatabase())
{
    [SkippableFact]
    public async Task Of_several_nodes_one_at_a_time_tells_a_webhook()
    {
        await using var first = await Told.ServeAsync(new PostgreSqlDatabase());
        await using var receiver = await Receiver.StartAsync();
        string connection;
        await using (var store = first.Stores.Open("test"))
            connection = store.Database.GetConnectionString()!;
        await using var second = await RunningService.StartAsync(Told.Start(Directory.CreateTempSubdirectory("matchmaking").FullName, "PostgreSql", connection) with { Seed = 7 });
        for (var i = 0; i < 5; i++)
            await first.WebhookAsync($"{receiver.Url}/{i}");
        await first.NeedAsync();
        for (var i = 0; i < 5; i++)
            await (i % 2 == 0 ? first : second).PublishAsync(i);
        await first.ToldAsync();
        await second.ToldAsync();
        await first.ToldAsync();
        var inbox = (await first.InboxAsync()).Select(r => (string)r["id"]!).ToList();
        Assert.Equal(5, inbox.Count);
        foreach (var told in receiver.All.GroupBy(t => t.Path))
            Assert.Equal(inbox, told.Select(t => (string)t.Json["id"]!));
        Assert.Equal(25, receiver.All.Count);
    }
}

/// <summary>Each recommendation is posted to those whom it concerns, signed, in order, until it has arrived or is given up.</summary>
public abstract class WebhookTests(TestDatabase database)
{
    private static readonly string Owner = $"enterpriseId: \"{Told.Enterprise}\"";

    [SkippableFact]
    public async Task What_is_recommended_is_posted_signed_and_in_order_to_both_sides()
    {
        await using var service = await Told.ServeAsync(database);
        await using var enterprise = await Receiver.StartAsync();
        await using var university = await Receiver.StartAsync();
        await using var other = await Receiver.StartAsync();
        var (_, secret) = await service.WebhookAsync(enterprise.Url);
        await service.WebhookAsync(university.Url, $"institutionId: \"{Told.Institution}\"");
        await service.WebhookAsync(other.Url, $"enterpriseId: \"{Told.Other}\"");
        await service.NeedAsync();
        await service.NeedAsync(visibility: NeedVisibility.Anonymous, title: "硅碳负极材料");
        await service.NeedAsync(visibility: NeedVisibility.Confidential, title: "硅碳负极机密");
        for (var i = 0; i < 3; i++)
            await service.PublishAsync(i);
        await service.ToldAsync();
        var inbox = await service.InboxAsync();
        Assert.Equal(9, inbox.Count);
        Assert.Equal(inbox.Select(Id), enterprise.All.Select(t => Id(t.Json)));
        Assert.Equal(inbox.Select(r => (string)r["cursor"]!), enterprise.All.Select(t => (string)t.Json["cursor"]!));
        Assert.All(enterprise.All, t => Assert.Equal(t.Headers["Idempotency-Key"], Id(t.Json)));
        Assert.All(enterprise.All, t => Assert.Equal(Signed(t, secret), t.Headers["Matchmaking-Signature"]));
        Assert.Empty(other.All);
        // The university hears nothing of what is confidential, and not who is behind what is anonymous.
        Assert.Equal(6, university.All.Count);
        Assert.DoesNotContain(university.All, t => t.Text.Contains("机密", StringComparison.Ordinal));
        Assert.Equal([("硅碳负极", "苏州示例电池有限公司"), ("硅碳负极材料", null)], university.All.Select(t => ((string)t.Json["need"]!["title"]!, (string?)t.Json["need"]!["enterprise"])).Distinct().Order());
        // A look that finds nothing new posts nothing again.
        await service.ToldAsync();
        Assert.Equal(9, enterprise.All.Count);
        Assert.Equal(9, (await service.DeliveriesAsync(Owner, "{ state: { eq: DELIVERED } }")).Count);
    }

    [SkippableFact]
    public async Task What_isnt_taken_is_tried_again_under_the_same_id_and_holds_back_only_its_own()
    {
        await using var service = await Told.ServeAsync(database);
        await using var broken = await Receiver.StartAsync();
        await using var well = await Receiver.StartAsync();
        broken.Answer = context => Task.FromResult(context.Response.StatusCode = 503);
        await service.WebhookAsync(broken.Url);
        await service.WebhookAsync(well.Url);
        await service.NeedAsync();
        for (var i = 0; i < 3; i++)
            await service.PublishAsync(i);
        await service.ToldAsync();
        Assert.Equal(3, well.All.Count);
        Assert.Single(broken.All);
        var pending = Assert.Single(await service.DeliveriesAsync(Owner, "{ state: { eq: PENDING } }"));
        Assert.Equal((1, 503, "STATUS"), ((int)pending["attempts"]!, (int)pending["lastStatus"]!, (string)pending["lastFault"]!));
        // Not before its time …
        await service.ToldAsync();
        Assert.Single(broken.All);
        // … and then again and again, later each time.
        for (var i = 2; i <= 4; i++)
        {
            service.Clock.Now = service.Clock.Now.AddMinutes(10);
            await service.ToldAsync();
            Assert.Equal(i, broken.All.Count);
        }
        broken.Answer = _ => Task.CompletedTask;
        service.Clock.Now = service.Clock.Now.AddMinutes(10);
        await service.ToldAsync();
        var inbox = (await service.InboxAsync()).Select(Id).ToList();
        Assert.Equal([inbox[0], inbox[0], inbox[0], inbox[0], .. inbox], broken.All.Select(t => Id(t.Json)));
        Assert.Empty(await service.DeliveriesAsync(Owner, "{ state: { eq: PENDING } }"));
    }

    [SkippableFact]
    public async Task After_three_days_it_is_a_dead_letter_that_can_be_sent_again_by_hand()
    {
        await using var service = await Told.ServeAsync(database);
        await using var receiver = await Receiver.StartAsync();
        receiver.Answer = context => Task.FromResult(context.Response.StatusCode = 500);
        await service.WebhookAsync(receiver.Url);
        await service.NeedAsync();
        await service.PublishAsync(0);
        await service.ToldAsync();
        for (var hours = 0; hours < 84; hours += 7)
        {
            service.Clock.Now = service.Clock.Now.AddHours(7);
            await service.ToldAsync();
        }
        var dead = Assert.Single(await service.DeliveriesAsync(Owner, "{ state: { eq: DEAD } }"));
        // Every seven hours from the beginning to the first beyond three days.
        Assert.Equal(12, receiver.All.Count);
        await service.PublishAsync(1);
        receiver.Answer = _ => Task.CompletedTask;
        await service.ToldAsync();
        Assert.Equal(13, receiver.All.Count);
        var replayed = await service.DoAsync("replayDelivery", $"id: \"{dead["id"]}\"", "delivery { state isReplay }");
        Assert.Equal("PENDING", (string)replayed["delivery"]!["state"]!);
        await service.ToldAsync();
        Assert.Equal(14, receiver.All.Count);
        Assert.Equal(Id(receiver.All.First().Json), Id(receiver.All.Last().Json));
        Assert.Equal(["DELIVERED", "DELIVERED"], (await service.DeliveriesAsync(Owner)).Select(d => (string)d["state"]!));
        Assert.Equal("NOT_FOUND", (string)(await service.TryAsync("replayDelivery", $"id: \"{Api.Ids.Encode("Delivery", Guid.NewGuid())}\"", "delivery { state }"))["errors"]![0]!["code"]!);
    }

    [SkippableFact]
    public async Task One_that_is_given_up_by_hand_lets_the_others_by_and_one_taken_back_isnt_told()
    {
        await using var service = await Told.ServeAsync(database);
        await using var receiver = await Receiver.StartAsync();
        receiver.Answer = context => Task.FromResult(context.Response.StatusCode = 422);
        await service.WebhookAsync(receiver.Url);
        await service.NeedAsync();
        var patents = new List<string>();
        for (var i = 0; i < 3; i++)
            patents.Add(await service.PublishAsync(i));
        await service.ToldAsync();
        var pending = Assert.Single(await service.DeliveriesAsync(Owner));
        receiver.Answer = _ => Task.CompletedTask;
        await service.DoAsync("withdrawPatent", $"id: \"{patents[1]}\"", "patent { id }");
        await service.MatchedAsync();
        await service.DoAsync("discardDelivery", $"id: \"{pending["id"]}\"", "delivery { state }");
        await service.ToldAsync();
        Assert.Equal(2, receiver.All.Count);
        Assert.Equal(patents[2], (string)receiver.All.Last().Json["patent"]!["id"]!);
        Assert.Equal(["DEAD", "DELIVERED"], (await service.DeliveriesAsync(Owner)).Select(d => (string)d["state"]!));
    }

    [SkippableFact]
    public async Task Any_number_that_hang_hold_up_nobody_else()
    {
        await using var service = await Told.ServeAsync(database, "--Matchmaking:Deliveries:Timeout", "60");
        await using var hanging = await Receiver.StartAsync();
        await using var well = await Receiver.StartAsync();
        using var released = new CancellationTokenSource();
        hanging.Answer = context => Task.Delay(Timeout.Infinite, CancellationTokenSource.CreateLinkedTokenSource(released.Token, context.RequestAborted).Token).ContinueWith(_ => { }, TaskScheduler.Default);
        await service.NeedAsync();
        await using (var store = service.Stores.Open("test"))
        {
            // More than are posted to at once, and all of them before the one that is well.
            for (var i = 0; i < 100; i++)
            {
                store.Webhooks.Add(new Matchmaking.Deliveries.Webhook
                {
                    Id = store.NewKey(),
                    EnterpriseId = Told.EnterpriseKey,
                    Url = hanging.Url,
                    Secret = "whsec_test",
                    CreatedAt = store.Now,
                    UpdatedAt = store.Now,
                });
            }
            await store.CommitAsync();
        }
        await service.WebhookAsync(well.Url, $"institutionId: \"{Told.Institution}\"");
        for (var i = 0; i < 3; i++)
            await service.PublishAsync(i);
        for (var i = 0; i < 3; i++)
            await well.NextAsync();
        // All this while those that hang have been waited for.
        Assert.False(released.IsCancellationRequested);
        await released.CancelAsync();
    }

    [SkippableFact]
    public async Task A_paused_one_is_told_afterwards_and_a_new_secret_goes_with_the_old_for_a_day()
    {
        await using var service = await Told.ServeAsync(database);
        await using var receiver = await Receiver.StartAsync();
        var (id, old) = await service.WebhookAsync(receiver.Url, more: ", description: \"生产系统\"");
        await service.NeedAsync();
        await service.DoAsync("updateWebhook", $"id: \"{id}\", isPaused: true", "webhook { isPaused }");
        await service.PublishAsync(0);
        await service.ToldAsync();
        Assert.Empty(receiver.All);
        var renewed = (string)(await service.DoAsync("rotateWebhookSecret", $"id: \"{id}\"", "registration { secret }"))["registration"]!["secret"]!;
        await service.DoAsync("updateWebhook", $"id: \"{id}\", isPaused: false", "webhook { isPaused }");
        await service.ToldAsync();
        Assert.Equal(Signed(receiver.All.Single(), renewed, old), receiver.All.Single().Headers["Matchmaking-Signature"]);
        service.Clock.Now = service.Clock.Now.AddHours(25);
        await service.PublishAsync(1);
        await service.ToldAsync();
        Assert.Equal(Signed(receiver.All.Last(), renewed), receiver.All.Last().Headers["Matchmaking-Signature"]);
        var ping = (await service.DoAsync("pingWebhook", $"id: \"{id}\"", "delivery { state lastStatus recommendationId }"))["delivery"]!;
        Assert.Equal(("DELIVERED", 200), ((string)ping["state"]!, (int)ping["lastStatus"]!));
        Assert.Equal("ping", (string)receiver.All.Last().Json["type"]!);
        await service.DoAsync("deleteWebhook", $"id: \"{id}\"", "webhook { id }");
        await service.PublishAsync(2);
        await service.ToldAsync();
        Assert.Equal(3, receiver.All.Count);
    }

    [SkippableFact]
    public async Task What_came_before_is_told_from_a_cursor_on_also_after_a_restart()
    {
        var service = await Told.ServeAsync(database);
        await using var receiver = await Receiver.StartAsync();
        await service.NeedAsync();
        for (var i = 0; i < 3; i++)
            await service.PublishAsync(i);
        await service.ToldAsync();
        var inbox = await service.InboxAsync();
        receiver.Answer = context => Task.FromResult(context.Response.StatusCode = 500);
        await service.WebhookAsync(receiver.Url, more: $", after: \"{inbox[0]["cursor"]}\"");
        await service.ToldAsync();
        Assert.Equal(Id(inbox[1]), Id(receiver.All.Single().Json));
        var (directory, connection) = (service.Directory, service.Stores);
        var provider = connection.Provider.ToString();
        await using (var store = connection.Open("test"))
            inbox[0]["connection"] = store.Database.GetConnectionString();
        await service.StopAsync();
        receiver.Answer = _ => Task.CompletedTask;
        await using var again = await RunningService.StartAsync(Told.Start(directory, provider, (string)inbox[0]["connection"]!) with { At = RunningService.Start.AddHours(1), Seed = 7 });
        await again.ToldAsync();
        Assert.Equal([Id(inbox[1]), Id(inbox[1]), Id(inbox[2])], receiver.All.Select(t => Id(t.Json)));
    }

    private static string Id(JsonNode node) => (string)node["id"]!;

    /// <summary>The header, counted anew as the documentation tells receivers to.</summary>
    private static string Signed(Receiver.Taken taken, params string[] secrets)
    {
        var time = taken.Headers["Matchmaking-Signature"].Split(',')[0];
        return time + string.Concat(secrets.Select(secret => ",v1=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), (byte[])[.. Encoding.UTF8.GetBytes(time["t=".Length..] + "."), .. taken.Body]))));
    }
}
