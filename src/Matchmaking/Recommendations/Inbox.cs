using System.Reflection;
using Matchmaking.Api;
using Matchmaking.Store;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Recommendations;

/// <summary>Whose recommendations, and about what.</summary>
/// <param name="NeedId">Only those for this need; null for all.</param>
/// <param name="InstitutionId">Only those of this institution's patents; null for all.</param>
internal sealed record InboxScope(Guid? NeedId = null, Guid? InstitutionId = null);

/// <summary>The inbox as a reader sees it, in the order of cursors: what was put in and not taken back.</summary>
internal sealed class Inbox(StoreFactory stores, MatchingSignal signal)
{
    /// <summary>The place of a recommendation, as the generic lists take it.</summary>
    public static readonly PropertyInfo Place = typeof(Recommendation).GetProperty(nameof(Recommendation.Position))!;

    private const string List = "Recommendation:";

    // Another process may have written without a signal reaching this one.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public static string Cursor(Recommendation recommendation) => Cursors.Write(List, recommendation.Position!.Value);

    /// <summary>The position that a cursor names.</summary>
    /// <exception cref="GraphQL.ExecutionError">HC0078 where it is none of the inbox.</exception>
    public static long Read(string cursor) => (long)Cursors.Read(cursor, List, typeof(long))[0]!;

    /// <summary>What a reader may see of the inbox.</summary>
    public static IQueryable<Recommendation> Of(StoreContext store, InboxScope scope)
    {
        var inbox = store.Recommendations.Where(r => r.Position != null && r.TakenBackAt == null);
        if (scope.NeedId is { } need)
            inbox = inbox.Where(r => r.NeedId == need);
        if (scope.InstitutionId is { } institution)
            inbox = inbox.Where(r => store.Patents.Any(p => p.Id == r.PatentId && p.HolderId == institution));
        return inbox;
    }

    /// <summary>The next recommendations behind a position, in order; live delivery and replay are both this.</summary>
    public async Task<List<Recommendation>> ReadAfterAsync(InboxScope scope, long position, int most, CancellationToken cancellation)
    {
        await using var store = stores.Open();
        return await Of(store, scope).Where(r => r.Position > position).OrderBy(r => r.Position).Take(most).ToListAsync(cancellation);
    }

    /// <summary>The end of the inbox at present.</summary>
    public async Task<long> EndAsync(CancellationToken cancellation)
    {
        await using var store = stores.Open();
        return await store.MatchingStates.Select(s => s.Inbox).SingleAsync(cancellation);
    }

    /// <summary>Everything behind a position, then whatever comes, without a gap or a repeat, until it is cancelled.</summary>
    /// <remarks>Reads on only when the caller has taken what was read: a slow one holds one page, however much comes.</remarks>
    public async IAsyncEnumerable<Recommendation> FollowAsync(InboxScope scope, long position, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        const int page = 50;
        while (true)
        {
            // Taken before the look, so that what comes while it looks wakes it again.
            var change = signal.NextChange;
            // What is read up to here is complete: positions appear in order.
            var end = await EndAsync(cancellation);
            if (end > position)
            {
                var read = await ReadAfterAsync(scope, position, page, cancellation);
                foreach (var recommendation in read)
                    yield return recommendation;
                position = read.Count == page ? read[^1].Position!.Value : Math.Max(end, read.Count > 0 ? read[^1].Position!.Value : 0);
                if (read.Count == page)
                    continue;
            }
            try
            {
                await change.WaitAsync(Patience, cancellation);
            }
            catch (TimeoutException)
            {
                // Time to look whether another process has written.
            }
        }
    }
}
