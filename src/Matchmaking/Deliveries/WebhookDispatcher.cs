using System.Collections.Concurrent;
using Matchmaking.Observing;
using Matchmaking.Recommendations;
using Matchmaking.Store;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Deliveries;

/// <summary>Sees which webhooks have something to be told, and has it told: many at once, each one in the order of the inbox.</summary>
/// <remarks>Nothing is kept here that a crash could lose. Who failed or was slow last time is served in a lane of its own, so that however many
/// receivers are dead, those that answer don't wait for them; and who hangs for the first time gives up its place in the lane after a moment.</remarks>
internal sealed class WebhookDispatcher(StoreFactory stores, InboxWatch watch, DeliverySignal signal, WebhookWork work, ILogger<WebhookDispatcher> log) : BackgroundService
{
    private const int MaxSwift = 48;
    private const int MaxSuspect = 16;
    private const int MaxBeside = 500;

    /// <summary>How long rows of what is settled are kept to be looked at.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    /// <summary>Longer than most need for all that they are told at once.</summary>
    private static readonly TimeSpan Long = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan Nap = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _swift = new(MaxSwift);
    private readonly SemaphoreSlim _suspect = new(MaxSuspect);
    private readonly SemaphoreSlim _beside = new(MaxBeside);
    private readonly ConcurrentDictionary<Guid, Task> _running = [];

    /// <summary>Up to where the inbox is known to hold nothing more for a webhook; else each one would look at each arrival.</summary>
    private readonly ConcurrentDictionary<Guid, long> _seen = [];

    private DateOnly? _cleared;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var failed = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            var look = signal.Begin();
            using var woken = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            var more = Task.CompletedTask;
            try
            {
                var recent = await watch.BeyondAsync(-1, stoppingToken);
                more = watch.BeyondAsync(recent.End, woken.Token).AsTask();
                if (!await StartAsync(recent, stoppingToken) && _running.IsEmpty)
                    signal.Reached(look);
                failed = false;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception e)
            {
                if (!failed)
                    log.LogWarning("Webhooks can't be looked after, trying again each second: {Failure}", Outline.Line(e));
                failed = true;
            }
            await Task.WhenAny(more, signal.WaitAsync(Nap, woken.Token));
            await woken.CancelAsync();
        }
        await Task.WhenAll(_running.Values);
    }

    /// <summary>Starts what can be told now; false where there is nothing.</summary>
    private async Task<bool> StartAsync(InboxWatch.Recent recent, CancellationToken cancellation)
    {
        await using var store = stores.Open(WebhookWork.Worker);
        await ClearAsync(store, cancellation);
        var now = store.Now;
        var end = await store.MatchingStates.Select(s => s.Inbox).SingleAsync(cancellation);
        var webhooks = await store.Webhooks.Where(w => !w.IsPaused).Select(w => new
        {
            w.Id,
            w.EnterpriseId,
            w.InstitutionId,
            w.NeedId,
            w.Position,
            w.Failures,
            w.NextAttemptAt,
            w.BusyUntil,
            Replays = store.Deliveries.Any(d => d.WebhookId == w.Id && d.State == DeliveryState.Pending && d.IsReplay && (d.NextAttemptAt == null || d.NextAttemptAt <= now)),
        }).ToListAsync(cancellation);
        foreach (var gone in _seen.Keys.Except(webhooks.Select(w => w.Id)).ToList())
            _seen.TryRemove(gone, out _);
        // What the watch hasn't seen yet may be somebody's.
        var any = recent.End < end;
        foreach (var w in webhooks)
        {
            if (_running.ContainsKey(w.Id))
            {
                any = true;
                continue;
            }
            var at = Math.Max(w.Position, _seen.GetValueOrDefault(w.Id));
            var news = Patience.IsDue(w.NextAttemptAt, now) && recent.End > at;
            if (news && recent.Behind(at, new Owner(w.EnterpriseId, w.InstitutionId).Scope(w.NeedId)) is { Count: 0 })
            {
                _seen[w.Id] = recent.End;
                news = false;
            }
            if (!(news || w.Replays) || !WebhookWork.IsFree(w.BusyUntil, now))
                continue;
            any = true;
            var lane = w.Failures > 0 || work.IsSlow(w.Id) ? _suspect : _swift;
            // Marked before it starts: it may be over before the next line.
            var begin = new TaskCompletionSource();
            _running[w.Id] = RunAsync(w.Id, recent.End, lane, begin.Task, cancellation);
            begin.SetResult();
        }
        return any;
    }

    private async Task RunAsync(Guid id, long end, SemaphoreSlim lane, Task begin, CancellationToken cancellation)
    {
        await begin.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            await lane.WaitAsync(cancellation);
            var working = work.RunAsync(id, end, cancellation);
            // Who takes longer than most makes room in the lane and goes on beside it, as long as not too many do.
            await Task.WhenAny(working, Task.Delay(Long, cancellation));
            var beside = !working.IsCompleted && _beside.Wait(0, CancellationToken.None);
            if (beside)
                lane.Release();
            try
            {
                if (await working)
                    _seen[id] = end;
            }
            finally
            {
                (beside ? _beside : lane).Release();
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The service stops; the next start goes on from here.
        }
        catch (Exception e)
        {
            log.LogWarning("Webhook {Webhook} can't be worked for at present: {Failure}", id, Outline.Line(e));
            await Task.WhenAny(Task.Delay(Nap, cancellation));
        }
        finally
        {
            _running.TryRemove(id, out _);
            signal.Wake();
        }
    }

    /// <summary>Once a day, and at the start: forgets what was settled long ago.</summary>
    private async Task ClearAsync(StoreContext store, CancellationToken cancellation)
    {
        var today = DateOnly.FromDateTime(store.Now);
        if (_cleared == today)
            return;
        // SQLite has one process at a time: who seems to be at work there was killed.
        if (_cleared is null && stores.Provider == Provider.Sqlite)
            await store.Webhooks.Where(w => w.BusyUntil != null).ExecuteUpdateAsync(w => w.SetProperty(x => x.BusyUntil, (DateTime?)null), cancellation);
        var before = store.Now - Kept;
        await store.Deliveries.Where(d => d.UpdatedAt < before && d.State != DeliveryState.Pending).ExecuteDeleteAsync(cancellation);
        _cleared = today;
    }
}
