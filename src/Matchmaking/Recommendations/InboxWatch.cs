using System.Diagnostics;
using Matchmaking.Needs;
using Matchmaking.Observing;
using Matchmaking.Store;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Recommendations;

/// <summary>Sees for all who follow the inbox what comes in: one look at the store for any number of them, whichever process wrote.</summary>
internal sealed class InboxWatch(StoreFactory stores, MatchingSignal signal, ILogger<InboxWatch> log) : BackgroundService
{
    /// <summary>How an operator, or a test that counts, tells its statements from those of requests.</summary>
    public const string Worker = "inbox";

    /// <summary>What came in last is remembered up to so many; who is further behind asks the store.</summary>
    private const int Most = 4096;

    // Another process may have written without a signal reaching this one: it's looked for, once for all who follow.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Recent _recent = new(0, 0, []);

    /// <summary>What came in last, as soon as the inbox reaches beyond a position.</summary>
    public async ValueTask<Recent> BeyondAsync(long position, CancellationToken cancellation)
    {
        while (true)
        {
            // Taken before the look, so that what comes while it looks wakes it again.
            var next = Volatile.Read(ref _next).Task;
            if (Volatile.Read(ref _recent) is var recent && recent.End > position)
                return recent;
            await next.WaitAsync(cancellation);
        }
    }

    /// <summary>The end of the inbox at present.</summary>
    public async Task<long> EndAsync(CancellationToken cancellation)
    {
        await _first.Task.WaitAsync(cancellation);
        return Volatile.Read(ref _recent).End;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var failed = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            var change = signal.NextChange;
            try
            {
                await LookAsync(stoppingToken);
                failed = false;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // An absent database comes back; who follows hears then what came in meanwhile.
                if (!failed)
                    log.LogWarning("The inbox can't be watched, trying again each second: {Failure}", Outline.Line(e));
                failed = true;
            }
            await Task.WhenAny(change, Task.Delay(Patience, stoppingToken));
        }
    }

    private async Task LookAsync(CancellationToken cancellation)
    {
        await using var store = stores.Open(Worker);
        var end = await store.MatchingStates.Select(s => s.Inbox).SingleAsync(cancellation);
        var before = _recent;
        if (_first.Task.IsCompleted && end <= before.End)
            return;
        Volatile.Write(ref _recent, _first.Task.IsCompleted ? await ReadAsync(store, before, end, cancellation) : new Recent(end, end, []));
        _first.TrySetResult();
        Interlocked.Exchange(ref _next, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
    }

    private static async Task<Recent> ReadAsync(StoreContext store, Recent before, long end, CancellationToken cancellation)
    {
        var came = await store.Recommendations.Where(r => r.Position > before.End && r.Position <= end).OrderBy(r => r.Position).Take(Most + 1)
            .Select(r => new Arrival(r, store.Patents.Where(p => p.Id == r.PatentId).Select(p => p.HolderId).FirstOrDefault(),
                store.Needs.Where(n => n.Id == r.NeedId).Select(n => n.EnterpriseId).FirstOrDefault(),
                store.Needs.Any(n => n.Id == r.NeedId && n.Visibility != NeedVisibility.Confidential && n.Status == NeedStatus.Open),
                store.NeedInvitations.Any(i => i.NeedId == r.NeedId))).ToListAsync(cancellation);
        if (came.Count > Most)
            return new Recent(end, end, []);
        var kept = before.Arrivals.Length + came.Count <= Most ? before.Arrivals.AsSpan() : before.Arrivals.AsSpan(before.Arrivals.Length + came.Count - Most);
        return new Recent(kept.Length == before.Arrivals.Length ? before.From : kept.Length > 0 ? kept[0].Position - 1 : before.End, end, [.. kept, .. came]);
    }

    /// <summary>One recommendation that came in, as it was then, and what decides who may hear of it.</summary>
    /// <param name="IsGivenOut">Whether everybody may see the need.</param>
    /// <param name="InvitesAny">Whether the need invites anybody to see it.</param>
    internal readonly record struct Arrival(Recommendation Recommendation, Guid? HolderId, Guid? EnterpriseId, bool IsGivenOut, bool InvitesAny)
    {
        public long Position => Recommendation.Position!.Value;
    }

    /// <summary>All that came in behind one position up to another.</summary>
    internal sealed record Recent(long From, long End, Arrival[] Arrivals)
    {
        // What has just been read needn't be read again by each who follows; later it may have been taken back, or be somebody else's.
        private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

        private readonly long _at = Stopwatch.GetTimestamp();

        // Thousands follow a need each, and each asks about each arrival: by need they needn't look at those of all others.
        private readonly Lazy<ILookup<Guid, Arrival>> _byNeed = new(() => Arrivals.ToLookup(a => a.Recommendation.NeedId));

        public bool IsFresh => Stopwatch.GetElapsedTime(_at) < Fresh;

        /// <summary>What of it lies behind a position and in the scope, in order; null where the store must be asked: it isn't all known, or isn't new any more.</summary>
        public List<Recommendation>? Behind(long position, InboxScope scope)
        {
            if (position < From)
                return null;
            List<Recommendation>? behind = null;
            var fresh = IsFresh;
            foreach (var arrival in scope.NeedId is { } need ? _byNeed.Value[need].SkipWhile(a => a.Position <= position) : Arrivals.Skip(Start(position)))
            {
                if (scope.Holds(arrival, fresh) is not { } holds)
                    return null;
                if (holds)
                    (behind ??= []).Add(arrival.Recommendation);
            }
            return behind is null ? [] : fresh ? behind : null;
        }

        // The first behind the position; they lie in its order.
        private int Start(long position)
        {
            var (low, high) = (0, Arrivals.Length);
            while (low < high)
            {
                var middle = (low + high) / 2;
                (low, high) = Arrivals[middle].Position > position ? (low, middle) : (middle + 1, high);
            }
            return low;
        }
    }
}
