using System.Diagnostics;
using Matchmaking.Indexing;
using Matchmaking.Observing;
using Matchmaking.Store;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Recommendations;

/// <summary>Follows the change feed into the inbox: what is new or changed is matched, once, as soon as the index has it.</summary>
/// <remarks>Its position, and all that it found up to there, are one transaction: killed between any two statements, it goes on from the last
/// commit and finds the same again. Several processes on one PostgreSQL take turns, each with its own index.</remarks>
internal sealed class RecommendationMatcher(
    StoreFactory stores, Indexes indexes, FeedSignal feed, MatchingSignal signal, RecommendationSettings settings, TimeProvider clock, ILogger<RecommendationMatcher> log)
    : BackgroundService
{
    private const int BatchSize = 500;

    /// <summary>How an operator, or a test that counts, tells its statements from those of requests.</summary>
    public const string Worker = "matcher";

    // Who holds the turn may wait so long for its own index; then somebody else may be quicker.
    private static readonly TimeSpan IndexPatience = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(10);

    /// <summary>Between two turns while others are there, for them to get theirs.</summary>
    private static readonly TimeSpan Courtesy = TimeSpan.FromMilliseconds(5);

    private readonly NeedBook _book = new(settings.Threshold, indexes.Patents.Schema);
    private DateOnly? _swept;
    private long? _heard;
    private bool _others;

    private enum Look
    {
        Nothing,
        Matched,
        TakenByAnother,
    }

    private DateOnly Today => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime.AddHours(8));

    /// <summary>Matches all that is on the feed, and does what a new day brings; false where another process is at it.</summary>
    public async Task<bool> CatchUpAsync(CancellationToken cancellation)
    {
        while (true)
        {
            await BeHeardAsync(cancellation);
            var today = Today;
            var look = _swept == today ? Look.Nothing : await SweepAsync(today, cancellation);
            if (look == Look.Nothing)
            {
                _swept = today;
                look = await MatchAsync(today, cancellation);
            }
            if (look != Look.Matched)
                return look == Look.Nothing;
            signal.InboxChanged();
            if (_others)
                await Task.Delay(Courtesy, cancellation);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        feed.Followed += Wake;
        while (!stoppingToken.IsCancellationRequested)
        {
            var look = signal.Begin();
            try
            {
                var idle = await CatchUpAsync(stoppingToken);
                signal.Failure = null;
                if (idle)
                    signal.Reached(look);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (DbUpdateConcurrencyException)
            {
                // Somebody answered what was being changed: look again at what there is now.
                signal.Wake();
            }
            catch (Exception e)
            {
                // A full disk or an absent database mends itself or is mended; the feed waits.
                if (signal.Failure is null)
                    log.LogError(e, "Matching stands still; trying again each second");
                signal.Failure = Outline.Line(e);
            }
            await signal.WaitAsync(TimeSpan.FromSeconds(1), stoppingToken);
        }
        feed.Followed -= Wake;
    }

    /// <summary>One batch of changes.</summary>
    private async Task<Look> MatchAsync(DateOnly today, CancellationToken cancellation)
    {
        await using var store = stores.Open(Worker);
        // Whose index is far behind doesn't keep the turn from those whose index isn't.
        var waiting = await store.Changes.Where(c => c.Position > store.MatchingStates.Single().Position).OrderBy(c => c.Position).Select(c => (long?)c.Position).FirstOrDefaultAsync(cancellation);
        if (waiting is null)
            return Look.Nothing;
        if (!await IndexedAsync(waiting.Value, cancellation))
            return Look.TakenByAnother;
        await using var turn = await MatchingTurn.TakeAsync(store, cancellation);
        if (turn is null)
            return Look.TakenByAnother;
        var (begun, state, inbox) = (Stopwatch.GetTimestamp(), turn.State, turn.State.Inbox);
        await _book.FollowAsync(store, state.Position, cancellation);
        var changes = await store.Changes.Where(c => c.Position > state.Position).OrderBy(c => c.Position).Take(BatchSize).ToListAsync(cancellation);
        if (changes.Count == 0)
            return Look.Nothing;
        var things = await ChangedThings.LoadAsync(store, changes, cancellation);
        if (things.IsAnything)
        {
            // What was just read may be newer than the batch. The index must know at least as much, else a text would be taken for matched by its older score.
            if (!await IndexedAsync(await store.FeedHeads.Select(h => h.Position).SingleAsync(cancellation), cancellation))
                return Look.TakenByAnother;
            using var patents = indexes.Patents.Acquire();
            var pairs = await new PairFinder(store, patents, _book, settings.Threshold, today).FindAsync(things, cancellation);
            await new InboxWriter(store, state, settings).WriteAsync(things, pairs, cancellation);
        }
        state.Position = changes[^1].Position;
        await turn.CommitAsync(Work(begun, changes.Count, state.Inbox - inbox, store.Now), cancellation);
        _book.Advance(state.Position, things.Needs, things.RemovedNeeds);
        return Look.Matched;
    }

    /// <summary>Some of what a new day brings: what has run out is taken back, what waited comes in.</summary>
    private async Task<Look> SweepAsync(DateOnly today, CancellationToken cancellation)
    {
        await using var store = stores.Open(Worker);
        await using var turn = await MatchingTurn.TakeAsync(store, cancellation);
        if (turn is null)
            return Look.TakenByAnother;
        var (begun, inbox) = (Stopwatch.GetTimestamp(), turn.State.Inbox);
        var writer = new InboxWriter(store, turn.State, settings);
        if (!await writer.TakeBackExpiredAsync(today, cancellation) && !await writer.ReleaseAsync(cancellation))
            return Look.Nothing;
        await turn.CommitAsync(Work(begun, 0, turn.State.Inbox - inbox, store.Now), cancellation);
        return Look.Matched;
    }

    private MatchingNode Work(long begun, int changes, long told, DateTime now) => new()
    {
        Name = settings.Node,
        Turns = 1,
        Changes = changes,
        Recommendations = told,
        BusyMilliseconds = (long)Stopwatch.GetElapsedTime(begun).TotalMilliseconds,
        IndexPosition = indexes.Position,
        SeenAt = now,
    };

    /// <summary>Says now and then that this process is there, and looks for others; only where there can be any.</summary>
    private async Task BeHeardAsync(CancellationToken cancellation)
    {
        if (stores.Provider != Provider.PostgreSql || (_heard is { } at && Stopwatch.GetElapsedTime(at) < Heartbeat))
            return;
        await using var store = stores.Open(Worker);
        await MatchingTurn.CountAsync(store, new MatchingNode { Name = settings.Node, IndexPosition = indexes.Position, SeenAt = store.Now }, cancellation);
        await store.CommitAsync(cancellation);
        var since = store.Now - 3 * Heartbeat;
        _others = await store.MatchingNodes.AnyAsync(n => n.Name != settings.Node && n.SeenAt > since, cancellation);
        _heard = Stopwatch.GetTimestamp();
    }

    private void Wake(long position) => signal.Wake();

    private async Task<bool> IndexedAsync(long position, CancellationToken cancellation)
    {
        for (var begun = Stopwatch.GetTimestamp(); indexes.Position < position; await feed.FollowedAsync(position, TimeSpan.FromSeconds(1), cancellation))
        {
            cancellation.ThrowIfCancellationRequested();
            if (Stopwatch.GetElapsedTime(begun) > IndexPatience)
                return false;
        }
        return true;
    }
}
