using Matchmaking.Indexing;
using Matchmaking.Observing;
using Matchmaking.Store;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Recommendations;

/// <summary>Follows the change feed into the inbox: what is new or changed is matched, once, as soon as the index has it.</summary>
/// <remarks>Its position, and all that it found up to there, are one transaction: killed between any two statements, it goes on from the last
/// commit and finds the same again.</remarks>
internal sealed class RecommendationMatcher(
    StoreFactory stores, Indexes indexes, FeedSignal feed, MatchingSignal signal, RecommendationSettings settings, TimeProvider clock, ILogger<RecommendationMatcher> log)
    : BackgroundService
{
    private const int BatchSize = 500;

    /// <summary>How an operator, or a test that counts, tells its statements from those of requests.</summary>
    public const string Worker = "matcher";

    private readonly NeedBook _book = new(settings.Threshold);
    private DateOnly? _swept;

    private DateOnly Today => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime.AddHours(8));

    /// <summary>Matches all that is on the feed, and does what a new day brings.</summary>
    public async Task CatchUpAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var today = Today;
            if (_swept != today)
            {
                while (await SweepAsync(today, cancellation))
                    signal.InboxChanged();
                _swept = today;
            }
            if (!await MatchAsync(today, cancellation))
                return;
            signal.InboxChanged();
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
                await CatchUpAsync(stoppingToken);
                signal.Failure = null;
                signal.Reached(look);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (DbUpdateConcurrencyException)
            {
                // Somebody answered what was being changed, or another node matched the same: look again at what there is now.
                signal.Wake();
            }
            catch (Exception e)
            {
                // A full disk or an absent database mends itself or is mended; the feed waits.
                signal.Failure = Outline.Line(e);
                log.LogError(e, "Matching stands still; trying again");
            }
            await signal.WaitAsync(TimeSpan.FromSeconds(1), stoppingToken);
        }
        feed.Followed -= Wake;
    }

    /// <summary>One batch of changes; false where there is none.</summary>
    private async Task<bool> MatchAsync(DateOnly today, CancellationToken cancellation)
    {
        await using var store = stores.Open(Worker);
        var state = await store.MatchingStates.SingleAsync(cancellation);
        await _book.FollowAsync(store, state.Position, cancellation);
        var changes = await store.Changes.Where(c => c.Position > state.Position).OrderBy(c => c.Position).Take(BatchSize).ToListAsync(cancellation);
        if (changes.Count == 0)
            return false;
        var things = await ChangedThings.LoadAsync(store, changes, cancellation);
        if (things.IsAnything)
        {
            // What was just read may be newer than the batch. The index must know at least as much, else a text would be taken for matched by its older score.
            await IndexedAsync(await store.FeedHeads.Select(h => h.Position).SingleAsync(cancellation), cancellation);
            using var patents = indexes.Patents.Acquire();
            var pairs = await new PairFinder(store, patents, _book, settings.Threshold, today).FindAsync(things, cancellation);
            await new InboxWriter(store, state, settings.PerDay).WriteAsync(things, pairs, cancellation);
        }
        state.Position = changes[^1].Position;
        await CommitAsync(store, state, cancellation);
        _book.Advance(state.Position, things.Needs, things.RemovedNeeds);
        return true;
    }

    /// <summary>Some of what a new day brings: what has run out is taken back, what waited comes in; false where nothing is left.</summary>
    private async Task<bool> SweepAsync(DateOnly today, CancellationToken cancellation)
    {
        await using var store = stores.Open(Worker);
        var state = await store.MatchingStates.SingleAsync(cancellation);
        var writer = new InboxWriter(store, state, settings.PerDay);
        if (!await writer.TakeBackExpiredAsync(today, cancellation) && !await writer.ReleaseAsync(cancellation))
            return false;
        await CommitAsync(store, state, cancellation);
        return true;
    }

    /// <summary>One transaction for the position and what was found up to it.</summary>
    /// <remarks>The row is taken first: who comes second waits here and finds that the turn has passed.</remarks>
    private static async Task CommitAsync(StoreContext store, MatchingState state, CancellationToken cancellation)
    {
        await using var transaction = await store.Database.BeginTransactionAsync(cancellation);
        if (await store.MatchingStates.Where(s => s.Id == state.Id && s.Turn == state.Turn)
            .ExecuteUpdateAsync(s => s.SetProperty(x => x.Position, state.Position).SetProperty(x => x.Inbox, state.Inbox).SetProperty(x => x.Turn, state.Turn + 1), cancellation) == 0)
            throw new DbUpdateConcurrencyException("Another process has matched meanwhile.");
        await store.CommitAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }

    private void Wake(long position) => signal.Wake();

    private async Task IndexedAsync(long position, CancellationToken cancellation)
    {
        while (indexes.Position < position)
        {
            cancellation.ThrowIfCancellationRequested();
            await feed.FollowedAsync(position, TimeSpan.FromSeconds(1), cancellation);
        }
    }
}
