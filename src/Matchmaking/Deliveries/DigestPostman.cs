using Matchmaking.Observing;
using Matchmaking.Recommendations;
using Matchmaking.Store;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Deliveries;

/// <summary>Mails each digest when it is due and there is something to tell; one after the other, for there is one mail server.</summary>
/// <remarks>
/// A mail server's yes and our commit can't be one step. Told at most once, a crash between the two would lose recommendations, which
/// nobody may miss; so they are told at least once. To make the second mail recognisable for what it is, the mail is noted before it is
/// handed over, and goes out again as the same one: same Message-ID, same end. That happens only where a process dies, or the connection
/// breaks, between the end of the mail and the server's answer.
/// </remarks>
internal sealed class DigestPostman(
    StoreFactory stores, Inbox inbox, MatchingSignal arrivals, DigestSignal signal, DigestMailer mailer, DeliverySettings settings, ILogger<DigestPostman> log) : BackgroundService
{
    /// <summary>How an operator, or a test that counts, tells its statements from those of requests.</summary>
    public const string Worker = "digests";

    private const int MostInOne = 50;
    private const int Page = 100;

    private static readonly TimeSpan Nap = TimeSpan.FromSeconds(1);

    /// <summary>Longer than a mail is under way: what is older was left by a process that died.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (settings.Smtp is null)
            return;
        var (failed, begun) = (false, false);
        while (!stoppingToken.IsCancellationRequested)
        {
            var look = signal.Begin();
            var arrival = arrivals.NextChange;
            var more = false;
            try
            {
                if (!begun)
                    await FreeAsync(stoppingToken);
                begun = true;
                more = await SendDueAsync(stoppingToken);
                if (!more)
                    signal.Reached(look);
                failed = false;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                if (!failed)
                    log.LogWarning("Mails can't be looked after, trying again each second: {Failure}", Outline.Line(e));
                failed = true;
            }
            using var woken = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            if (!more)
                await Task.WhenAny(arrival, signal.WaitAsync(Nap, woken.Token));
            await woken.CancelAsync();
        }
    }

    /// <summary>SQLite has one process at a time: what seems to be under way there was left by one that was killed.</summary>
    private async Task FreeAsync(CancellationToken cancellation)
    {
        if (stores.Provider != Provider.Sqlite)
            return;
        await using var store = stores.Open(Worker);
        await store.Digests.Where(d => d.SendingSince != null).ExecuteUpdateAsync(d => d.SetProperty(x => x.SendingSince, (DateTime?)null), cancellation);
    }

    /// <summary>Deals with some of what is due; false where nothing is.</summary>
    private async Task<bool> SendDueAsync(CancellationToken cancellation)
    {
        await using var store = stores.Open(Worker);
        var (now, far, left) = (store.Now, store.Now.AddDays(8), store.Now - Lease);
        var end = await store.MatchingStates.Select(s => s.Inbox).SingleAsync(cancellation);
        var due = await store.Digests.Where(d => d.UnsubscribedAt == null && (d.DueAt <= now || d.DueAt > far) && (d.SendingSince == null || d.SendingSince <= left || d.SendingSince > now)
                && (d.Position < end || d.Frequency != DigestFrequency.Immediate))
            .OrderBy(d => d.DueAt).ThenBy(d => d.Id).Take(Page).ToListAsync(cancellation);
        foreach (var digest in due)
            await SendAsync(store, digest, end, cancellation);
        return due.Count > 0;
    }

    private async Task SendAsync(StoreContext store, Digest digest, long end, CancellationToken cancellation)
    {
        var read = await inbox.ReadAfterAsync(digest.Owner.Scope(null), digest.Position, MostInOne, cancellation);
        var told = digest.SendingTo is { } to ? read.Where(r => r.Position <= to).ToList() : read;
        var tellings = await Telling.LoadAsync(store, told, digest.Owner.Audience, cancellation);
        // Of a mail under way its end stays what it was; else what was read, or all there is.
        var last = digest.SendingTo ?? (read.Count == MostInOne ? read[^1].Position!.Value : Math.Max(end, read.Count > 0 ? read[^1].Position!.Value : 0));
        var next = read.Count == MostInOne ? store.Now : DigestTimes.Next(digest.Frequency, store.Now);
        if (tellings.Count == 0)
        {
            // Nothing to tell: no mail. What comes later has its own time.
            await MoveAsync(store, digest, last, digest.Frequency == DigestFrequency.Immediate ? store.Now : next, sent: false, cancellation);
            return;
        }
        if (!await TakeAsync(store, digest, last, cancellation))
            return;
        try
        {
            await mailer.SendAsync(mailer.Write(digest, last, tellings), cancellation);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            Measures.Delivery("digest", "failed");
            if (digest.Failures == 0)
                log.LogWarning("The mail server didn't take a mail of digest {Digest}: {Failure}", digest.Id, Outline.Line(e));
            await LeaveAsync(store, digest, cancellation);
            return;
        }
        await MoveAsync(store, digest, last, next, sent: true, cancellation);
        Measures.Delivery("digest", "delivered");
    }

    /// <summary>Notes a mail before it is handed over; false where another process was faster.</summary>
    private static async Task<bool> TakeAsync(StoreContext store, Digest digest, long last, CancellationToken cancellation)
    {
        var (now, since) = (store.Now, digest.SendingSince);
        return await store.Digests.Where(d => d.Id == digest.Id && d.Position == digest.Position && d.SendingSince == since && d.UnsubscribedAt == null)
            .ExecuteUpdateAsync(d => d.SetProperty(x => x.SendingTo, last).SetProperty(x => x.SendingSince, now), cancellation) == 1;
    }

    /// <summary>Moves the place in the inbox behind what was told, or what needn't be.</summary>
    private static async Task MoveAsync(StoreContext store, Digest digest, long last, DateTime next, bool sent, CancellationToken cancellation)
    {
        var at = sent ? store.Now : digest.SentAt;
        // Not to be cancelled once the mail is out: that would send it again.
        await store.Digests.Where(d => d.Id == digest.Id && d.Position == digest.Position).ExecuteUpdateAsync(d => d
            .SetProperty(x => x.Position, last).SetProperty(x => x.DueAt, next).SetProperty(x => x.SentAt, at).SetProperty(x => x.Failures, 0)
            .SetProperty(x => x.SendingTo, (long?)null).SetProperty(x => x.SendingSince, (DateTime?)null), sent ? CancellationToken.None : cancellation);
    }

    /// <summary>Leaves a mail that wasn't taken for later, as it is: it may have arrived all the same.</summary>
    private static async Task LeaveAsync(StoreContext store, Digest digest, CancellationToken cancellation)
    {
        var next = store.Now + Deliveries.Patience.After(digest.Failures + 1, Random.Shared.NextDouble());
        await store.Digests.Where(d => d.Id == digest.Id && d.Position == digest.Position).ExecuteUpdateAsync(d => d
            .SetProperty(x => x.DueAt, next).SetProperty(x => x.Failures, x => x.Failures + 1).SetProperty(x => x.SendingSince, (DateTime?)null), cancellation);
    }
}
