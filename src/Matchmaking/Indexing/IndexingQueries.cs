using System.Runtime.CompilerServices;
using GraphQL.Types;
using Matchmaking.Api;
using Matchmaking.Store;
using Matchmaking.Transport.Subscriptions;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Indexing;

internal sealed class IndexAdvanceType : ValueType<IndexAdvance>
{
    public IndexAdvanceType()
    {
        Name = "IndexAdvance";
        Description = "How far the index follows the changes (索引进度).";
    }
}

/// <summary>How far what is searched and matched follows what is stored.</summary>
internal static class IndexingQueries
{
    public static void AddTo(ObjectGraphType query) => query.Field<NonNullGraphType<IndexAdvanceType>>("indexing")
        .Description("How far search and matches follow the changes at present (当前索引进度).")
        .ResolveAsync(async c =>
        {
            await using var store = c.OpenStore();
            var head = await HeadAsync(store, c.CancellationToken);
            var stands = c.Get<Indexes>().Steps.Latest ?? new IndexAdvance(c.Get<Indexes>().Position, 0, store.Now);
            return stands with { Lag = Math.Max(0, head - stands.Position) };
        });

    public static void AddToFollow(ObjectGraphType subscription) => subscription.Field<NonNullGraphType<IndexAdvanceType>>("indexAdvanced")
        .Description("Follows the index as it takes in changes: first where it stands, if that is beyond the cursor, then each step forward; a reader slower than the index is told only of the last step (索引进度更新).")
        .Argument<StringGraphType>("after", "The cursor of what was heard last; without it, where the index stands is told first (游标).")
        .Follow((c, after) => FollowAsync(c.Get<StoreFactory>(), c.Get<Indexes>().Steps, after is null ? null : IndexAdvance.PositionOf(after), after), e => e.Cursor);

    private static async IAsyncEnumerable<IndexAdvance> FollowAsync(StoreFactory stores, IndexSteps steps, long? position, string? cursor, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var after = position ?? -1;
        // Of another store, or forged: waiting for it would be silence for ever.
        if (after > (steps.Latest?.Position ?? 0))
        {
            await using var store = stores.Open("indexing");
            if (after > await HeadAsync(store, cancellation))
                throw Errors.BadCursor(cursor!);
        }
        while (true)
        {
            var next = await steps.BeyondAsync(after, cancellation);
            yield return next;
            after = next.Position;
        }
    }

    private static Task<long> HeadAsync(StoreContext store, CancellationToken cancellation) => store.FeedHeads.Select(h => h.Position).SingleAsync(cancellation);
}
