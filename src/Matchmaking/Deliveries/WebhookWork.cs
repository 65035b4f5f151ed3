using System.Collections.Concurrent;
using Matchmaking.Observing;
using Matchmaking.Recommendations;
using Matchmaking.Store;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Deliveries;

/// <summary>Tells one webhook what it hasn't been told, in order, until there is nothing left, it fails, or others should have their turn.</summary>
/// <remarks>What became of a try and the place in the inbox are one transaction after it: killed between the two, the same is sent again under
/// the same id. A webhook is taken for a while before it is worked for, so that two nodes don't both tell it.</remarks>
internal sealed class WebhookWork(StoreFactory stores, Inbox inbox, WebhookSender sender, DeliverySettings settings)
{
    /// <summary>How an operator, or a test that counts, tells its statements from those of requests.</summary>
    public const string Worker = "webhooks";

    private const int Page = 20;
    private const int MostInARow = 100;

    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<Guid, bool> _slow = [];

    /// <summary>Longer than one try, its time-out and the statements around it, can take.</summary>
    private TimeSpan Lease => settings.Timeout + TimeSpan.FromSeconds(20);

    /// <summary>Whether nobody works for it. A lease further ahead than any is long was taken before the clock was set back.</summary>
    public static bool IsFree(DateTime? busyUntil, DateTime now) => busyUntil is not { } until || until <= now || until > now + TimeSpan.FromMinutes(5);

    /// <summary>Whether it took its time over what it was told last.</summary>
    public bool IsSlow(Guid webhook) => _slow.ContainsKey(webhook);

    /// <returns>Whether it was told all that the inbox holds for it up to <paramref name="end"/>.</returns>
    public async Task<bool> RunAsync(Guid id, long end, CancellationToken cancellation)
    {
        await using var store = stores.Open(Worker);
        if (await store.Webhooks.SingleOrDefaultAsync(w => w.Id == id && !w.IsPaused, cancellation) is not { } webhook || !IsFree(webhook.BusyUntil, store.Now))
            return false;
        if (!await MoveAsync(store, webhook, store.Now + Lease, cancellation))
            return false;
        try
        {
            await ReplayAsync(store, webhook, cancellation);
            return Patience.IsDue(webhook.NextAttemptAt, store.Now) && await TellAsync(store, webhook, end, cancellation);
        }
        catch (DbUpdateConcurrencyException)
        {
            // It was deleted, or the lease has run out over a stalled database and another node goes on.
            return false;
        }
        finally
        {
            // Even when the service stops: the next start needn't wait for the lease to end.
            store.ChangeTracker.Clear();
            await store.Webhooks.Where(w => w.Id == id && w.Turn == webhook.Turn).ExecuteUpdateAsync(w => w.SetProperty(x => x.BusyUntil, (DateTime?)null), CancellationToken.None);
        }
    }

    /// <summary>One try that its owner asked for, about nothing.</summary>
    public async Task<Delivery> PingAsync(StoreContext store, Webhook webhook, CancellationToken cancellation)
    {
        var delivery = new Delivery { Id = store.NewKey(), WebhookId = webhook.Id, CreatedAt = store.Now, GiveUpAt = store.Now };
        Note(delivery, await sender.PostAsync(webhook, WebhookMessage.Ping(delivery.Id, store.Now), cancellation), store.Now);
        if (delivery.State == DeliveryState.Pending)
            delivery.State = DeliveryState.Dead;
        store.Deliveries.Add(delivery);
        return delivery;
    }

    private async Task ReplayAsync(StoreContext store, Webhook webhook, CancellationToken cancellation)
    {
        var now = store.Now;
        var replays = await store.Deliveries.Where(d => d.WebhookId == webhook.Id && d.State == DeliveryState.Pending && d.IsReplay && (d.NextAttemptAt == null || d.NextAttemptAt <= now))
            .OrderBy(d => d.Position).Take(Page).Select(d => d.Id).ToListAsync(cancellation);
        foreach (var id in replays)
        {
            var delivery = await store.Deliveries.AsTracking().SingleAsync(d => d.Id == id, cancellation);
            var recommendation = await store.Recommendations.SingleOrDefaultAsync(r => r.Id == delivery.RecommendationId && r.TakenBackAt == null, cancellation);
            await TryAsync(store, webhook, delivery, recommendation, cancellation);
            await CommitAsync(store, webhook, cancellation);
        }
    }

    private async Task<bool> TellAsync(StoreContext store, Webhook webhook, long end, CancellationToken cancellation)
    {
        for (var told = 0; told < MostInARow;)
        {
            var page = await inbox.ReadAfterAsync(webhook.Owner.Scope(webhook.NeedId), webhook.Position, Page, cancellation);
            if (page.Count == 0)
            {
                if (webhook.NextAttemptAt is not null)
                {
                    // What it failed to take was taken back meanwhile.
                    webhook.NextAttemptAt = null;
                    await WithdrawAsync(store, webhook, end, cancellation);
                    await CommitAsync(store, webhook, cancellation);
                }
                return true;
            }
            foreach (var recommendation in page)
            {
                told++;
                if (!await TellAsync(store, webhook, recommendation, cancellation))
                    return false;
            }
        }
        return false;
    }

    /// <returns>Whether the next one may follow.</returns>
    private async Task<bool> TellAsync(StoreContext store, Webhook webhook, Recommendation recommendation, CancellationToken cancellation)
    {
        var delivery = await store.Deliveries.AsTracking().SingleOrDefaultAsync(d => d.WebhookId == webhook.Id && d.RecommendationId == recommendation.Id, cancellation);
        if (delivery is null)
        {
            delivery = new Delivery
            {
                Id = store.NewKey(),
                WebhookId = webhook.Id,
                RecommendationId = recommendation.Id,
                Position = recommendation.Position,
                CreatedAt = store.Now,
                GiveUpAt = Latest(recommendation.CreatedAt, webhook.CreatedAt, webhook.SucceededAt) + Patience.Whole,
            };
            store.Deliveries.Add(delivery);
        }
        // Given up by hand, or asked for again by hand before its turn: then the way is free.
        if (delivery.State == DeliveryState.Pending && !delivery.IsReplay)
            await TryAsync(store, webhook, delivery, recommendation, cancellation);
        var settled = delivery.State != DeliveryState.Pending || delivery.IsReplay;
        if (settled)
        {
            webhook.Position = recommendation.Position!.Value;
            webhook.NextAttemptAt = null;
        }
        else
        {
            webhook.NextAttemptAt = delivery.NextAttemptAt;
        }
        await WithdrawAsync(store, webhook, recommendation.Position!.Value, cancellation);
        await CommitAsync(store, webhook, cancellation);
        return settled;
    }

    private async Task TryAsync(StoreContext store, Webhook webhook, Delivery delivery, Recommendation? recommendation, CancellationToken cancellation)
    {
        var tellings = recommendation is null ? [] : await Telling.LoadAsync(store, [recommendation], webhook.Owner.Audience, cancellation);
        if (tellings.Count == 0)
        {
            (delivery.State, delivery.NextAttemptAt, delivery.UpdatedAt) = (DeliveryState.Withdrawn, null, store.Now);
            return;
        }
        var attempt = await sender.PostAsync(webhook, WebhookMessage.Of(tellings[0]), cancellation);
        Note(delivery, attempt, store.Now);
        Measures.Delivery("webhook", delivery.State == DeliveryState.Delivered ? "delivered" : delivery.State == DeliveryState.Dead ? "dead" : "failed");
        if (attempt.Fault is null)
            (webhook.Failures, webhook.SucceededAt) = (0, store.Now);
        else
            webhook.Failures++;
        if (attempt.Took >= Slow.TotalMilliseconds)
            _slow[webhook.Id] = true;
        else
            _slow.TryRemove(webhook.Id, out _);
    }

    /// <summary>What a try means for the delivery.</summary>
    private static void Note(Delivery delivery, Attempt attempt, DateTime now)
    {
        delivery.Attempts++;
        (delivery.LastStatus, delivery.LastFault, delivery.LastTook, delivery.UpdatedAt) = (attempt.Status, attempt.Fault, attempt.Took, now);
        (delivery.State, delivery.NextAttemptAt) = (attempt.Fault, now >= delivery.GiveUpAt && delivery.Attempts >= Patience.LeastAttempts) switch
        {
            (null, _) => (DeliveryState.Delivered, (DateTime?)null),
            (_, true) => (DeliveryState.Dead, null),
            _ => (DeliveryState.Pending, now + Wait(delivery.Attempts, attempt.RetryAfter)),
        };
    }

    private static TimeSpan Wait(int attempts, TimeSpan? asked)
    {
        var wait = Patience.After(attempts, Random.Shared.NextDouble());
        return asked > wait ? (asked < Patience.Longest ? asked.Value : Patience.Longest) : wait;
    }

    /// <summary>What stood before a place and isn't in the inbox any more was taken back.</summary>
    private static async Task WithdrawAsync(StoreContext store, Webhook webhook, long position, CancellationToken cancellation)
    {
        if (webhook.Failures == 0)
            return;
        foreach (var old in await store.Deliveries.AsTracking().Where(d => d.WebhookId == webhook.Id && d.State == DeliveryState.Pending && !d.IsReplay && d.Position < position).ToListAsync(cancellation))
            (old.State, old.NextAttemptAt, old.UpdatedAt) = (DeliveryState.Withdrawn, null, store.Now);
    }

    /// <summary>What is tracked and where the webhook stands, in one transaction; the lease is taken anew.</summary>
    private async Task CommitAsync(StoreContext store, Webhook webhook, CancellationToken cancellation)
    {
        var turn = webhook.Turn;
        try
        {
            await using var transaction = await store.Database.BeginTransactionAsync(cancellation);
            if (!await MoveAsync(store, webhook, store.Now + Lease, cancellation))
                throw new DbUpdateConcurrencyException("Another process works for the webhook, or it is gone.");
            await store.CommitAsync(cancellation);
            await transaction.CommitAsync(cancellation);
        }
        catch
        {
            webhook.Turn = turn;
            throw;
        }
        store.ChangeTracker.Clear();
    }

    /// <summary>Writes where the webhook stands, unless another process has.</summary>
    private static async Task<bool> MoveAsync(StoreContext store, Webhook webhook, DateTime? busyUntil, CancellationToken cancellation)
    {
        var turn = webhook.Turn;
        if (await store.Webhooks.Where(w => w.Id == webhook.Id && w.Turn == turn).ExecuteUpdateAsync(w => w
            .SetProperty(x => x.Turn, turn + 1).SetProperty(x => x.BusyUntil, busyUntil).SetProperty(x => x.Position, webhook.Position)
            .SetProperty(x => x.NextAttemptAt, webhook.NextAttemptAt).SetProperty(x => x.Failures, webhook.Failures).SetProperty(x => x.SucceededAt, webhook.SucceededAt), cancellation) == 0)
            return false;
        webhook.Turn = turn + 1;
        return true;
    }

    private static DateTime Latest(DateTime a, DateTime b, DateTime? c)
    {
        var latest = a > b ? a : b;
        return c > latest ? c.Value : latest;
    }
}
