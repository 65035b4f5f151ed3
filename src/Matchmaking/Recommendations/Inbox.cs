using System.Reflection;
using Matchmaking.Access;
using Matchmaking.Api;
using Matchmaking.Store;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Recommendations;

/// <summary>Whose recommendations, and about what.</summary>
/// <param name="Viewer">Who reads: of the inbox there is what the viewer may see when it is read.</param>
/// <param name="NeedId">Only those for this need; null for all.</param>
/// <param name="InstitutionId">Only those of this institution's patents; null for all.</param>
/// <param name="EnterpriseId">Only those for this enterprise's needs; null for all.</param>
internal sealed record InboxScope(Viewer Viewer, Guid? NeedId = null, Guid? InstitutionId = null, Guid? EnterpriseId = null)
{
    /// <summary>Whether what came in is within it; null where only the store knows. <see cref="Inbox.Of"/> asks the store the same, and whatever is asked there must be asked here.</summary>
    /// <param name="isFresh">Whether it has just come in: later, others may have been let in to see the need.</param>
    public bool? Holds(in InboxWatch.Arrival arrival, bool isFresh)
    {
        if (arrival.Recommendation.TakenBackAt is not null || (NeedId is not null && NeedId != arrival.Recommendation.NeedId)
            || (InstitutionId is not null && InstitutionId != arrival.HolderId) || (EnterpriseId is not null && EnterpriseId != arrival.EnterpriseId))
            return false;
        return Rights.MayHear(Viewer, arrival.EnterpriseId, arrival.HolderId, arrival.IsGivenOut, arrival.InvitesAny) switch
        {
            false when !isFresh && (Viewer.InstitutionId != default || Viewer.Agency.Length > 0) => null,
            var may => may,
        };
    }
}

/// <summary>The inbox as a reader sees it, in the order of cursors: what was put in and not taken back.</summary>
internal sealed class Inbox(StoreFactory stores, InboxWatch watch)
{
    /// <summary>The place of a recommendation, as the generic lists take it.</summary>
    public static readonly PropertyInfo Place = typeof(Recommendation).GetProperty(nameof(Recommendation.Position))!;

    private const string List = "Recommendation:";

    private static readonly TimeSpan Again = TimeSpan.FromSeconds(1);

    public static string Cursor(Recommendation recommendation) => CursorAt(recommendation.Position!.Value);

    public static string CursorAt(long position) => Cursors.Write(List, position);

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
        if (scope.EnterpriseId is { } enterprise)
            inbox = inbox.Where(r => store.Needs.Any(n => n.Id == r.NeedId && n.EnterpriseId == enterprise));
        return inbox;
    }

    /// <summary>The next recommendations behind a position, in order; live delivery and replay are both this.</summary>
    public async Task<List<Recommendation>> ReadAfterAsync(InboxScope scope, long position, int most, CancellationToken cancellation)
    {
        await using var store = stores.Open(scope.Viewer);
        return await Of(store, scope).Where(r => r.Position > position).OrderBy(r => r.Position).Take(most).ToListAsync(cancellation);
    }

    /// <summary>The newest recommendations, newest first.</summary>
    public static Task<List<Recommendation>> ReadNewestAsync(StoreContext store, InboxScope scope, int most, CancellationToken cancellation) =>
        Of(store, scope).OrderByDescending(r => r.Position).Take(most).ToListAsync(cancellation);

    /// <summary>Everything behind a position, then whatever comes, without a gap or a repeat, until it is cancelled.</summary>
    /// <param name="position">Null for what comes from now on.</param>
    /// <remarks>Reads on only when the caller has taken what was read: a slow one holds one page, however much comes.</remarks>
    /// <exception cref="GraphQL.ExecutionError">HC0078 where the position lies beyond the inbox: it is of another store, or forged.</exception>
    public async IAsyncEnumerable<Recommendation> FollowAsync(InboxScope scope, long? position, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation = default)
    {
        const int page = 50;
        var end = await watch.EndAsync(cancellation);
        var at = position ?? end;
        // Another process may have told what this one hasn't seen yet.
        if (at > end && at > await StoredEndAsync(cancellation))
            throw Errors.BadCursor(Cursors.Write(List, at));
        while (true)
        {
            var recent = await watch.BeyondAsync(at, cancellation);
            if (recent.Behind(at, scope) is { } known)
            {
                var told = 0;
                foreach (var recommendation in known)
                {
                    yield return recommendation;
                    (at, told) = (recommendation.Position!.Value, told + 1);
                    // A slow reader is told the rest as it stands by then.
                    if (!recent.IsFresh)
                        break;
                }
                if (told == known.Count)
                    at = recent.End;
                continue;
            }
            var read = await PatientlyAsync(() => ReadAfterAsync(scope, at, page, cancellation), cancellation);
            foreach (var recommendation in read)
                yield return recommendation;
            // Positions appear in order: what is read up to the end that was seen is complete.
            at = read.Count == page ? read[^1].Position!.Value : Math.Max(recent.End, read.Count > 0 ? read[^1].Position!.Value : 0);
        }
    }

    /// <summary>An absent database comes back, and who follows is told then what came meanwhile; <see cref="InboxWatch"/> says that it is away.</summary>
    private static async Task<T> PatientlyAsync<T>(Func<Task<T>> read, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                return await read();
            }
            catch (Exception e) when (e is System.Data.Common.DbException or TimeoutException or System.Net.Sockets.SocketException || e.InnerException is System.Data.Common.DbException)
            {
                await Task.Delay(Again, cancellation);
            }
        }
    }

    private async Task<long> StoredEndAsync(CancellationToken cancellation)
    {
        await using var store = stores.Open("inbox");
        return await store.MatchingStates.Select(s => s.Inbox).SingleAsync(cancellation);
    }
}
