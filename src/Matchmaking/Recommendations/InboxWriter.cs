using Matchmaking.Store;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Recommendations;

/// <summary>Puts pairs into the inbox, changes and takes back what nobody has seen; nothing is written before the context commits.</summary>
internal sealed class InboxWriter(StoreContext store, MatchingState state, int perDay)
{
    /// <summary>How many of a need's pairs one turn keeps; nobody follows up what comes later.</summary>
    private const int Kept = 100;

    private const int Chunk = 500;

    private readonly DateTime _now = store.Now;

    private IQueryable<Recommendation> Standing => store.Recommendations.AsTracking().Where(r => r.TakenBackAt == null);

    /// <summary>The inbox as it should be after the changed things were matched.</summary>
    public async Task WriteAsync(ChangedThings things, List<Pair> pairs, CancellationToken cancellation)
    {
        var rows = await RowsAsync(things, cancellation);
        var byPair = rows.Values.ToLookup(r => (r.NeedId, r.PatentId));
        var fresh = new List<Pair>();
        var held = new HashSet<(Guid, Guid)>();
        foreach (var pair in pairs)
        {
            held.Add((pair.NeedId, pair.PatentId));
            var known = byPair[(pair.NeedId, pair.PatentId)];
            if (known.FirstOrDefault(r => r.NeedVersion == pair.NeedVersion && r.PatentVersion == pair.PatentVersion) is { } told)
            {
                // Changed and changed back: what was told before holds again, the change in between no more.
                foreach (var row in known.Where(r => r.IsUnseen && r != told))
                    TakeBack(row);
                continue;
            }
            if (known.FirstOrDefault(r => r.IsUnseen) is { } unseen)
                Change(unseen, pair);
            else
                fresh.Add(pair);
        }
        // Nobody has looked at these, and they hold no more.
        foreach (var row in rows.Values.Where(r => r.IsUnseen && !held.Contains((r.NeedId, r.PatentId))))
            TakeBack(row);
        await AddAsync(fresh, things, cancellation);
    }

    /// <summary>Takes back some of what ran out without a change: patents by their term, needs by their deadline; false where there is none.</summary>
    public async Task<bool> TakeBackExpiredAsync(DateOnly today, CancellationToken cancellation)
    {
        var rows = await Standing.Where(r => r.State == RecommendationState.Pushed
                && (store.Patents.Any(p => p.Id == r.PatentId && p.ExpiresOn < today) || store.Needs.Any(n => n.Id == r.NeedId && n.Deadline < today)))
            .OrderBy(r => r.Id).Take(Chunk).ToListAsync(cancellation);
        rows.ForEach(TakeBack);
        return rows.Count > 0;
    }

    /// <summary>Lets some of what waited into the inbox, where its need hasn't had its share of the day; false where there is none.</summary>
    public async Task<bool> ReleaseAsync(CancellationToken cancellation)
    {
        var day = DayStart();
        var needs = await store.Recommendations.Where(r => r.Position == null && r.TakenBackAt == null).Select(r => r.NeedId).Distinct()
            .Where(need => store.Recommendations.Count(r => r.NeedId == need && r.Position != null && r.CreatedAt >= day) < perDay)
            .OrderBy(need => need).Take(Chunk).ToListAsync(cancellation);
        if (needs.Count == 0)
            return false;
        var told = await ToldAsync(needs, cancellation);
        var waiting = await Standing.Where(r => r.Position == null && needs.Contains(r.NeedId)).ToListAsync(cancellation);
        foreach (var rows in waiting.GroupBy(r => r.NeedId).OrderBy(g => g.Key))
        {
            foreach (var row in rows.OrderByDescending(r => r.Score).ThenBy(r => r.PatentId).Take(perDay - told.GetValueOrDefault(rows.Key)))
            {
                row.Position = ++state.Inbox;
                (row.CreatedAt, row.UpdatedAt) = (_now, Later(row.UpdatedAt));
            }
        }
        return true;
    }

    private async Task<Dictionary<Guid, Recommendation>> RowsAsync(ChangedThings things, CancellationToken cancellation)
    {
        var rows = new Dictionary<Guid, Recommendation>();
        foreach (var ids in things.Needs.Select(n => n.Id).Concat(things.RemovedNeeds).Chunk(Chunk))
        {
            foreach (var row in await Standing.Where(r => ids.Contains(r.NeedId)).ToListAsync(cancellation))
                rows[row.Id] = row;
        }
        foreach (var ids in things.Patents.Select(p => p.Id).Concat(things.RemovedPatents).Chunk(Chunk))
        {
            foreach (var row in await Standing.Where(r => ids.Contains(r.PatentId)).ToListAsync(cancellation))
                rows[row.Id] = row;
        }
        return rows;
    }

    private async Task AddAsync(List<Pair> fresh, ChangedThings things, CancellationToken cancellation)
    {
        if (fresh.Count == 0)
            return;
        var needs = fresh.Select(p => p.NeedId).Distinct().ToList();
        var told = await ToldAsync(needs, cancellation);
        var families = await FamiliesAsync(fresh, cancellation);
        foreach (var need in needs)
        {
            var places = perDay - told.GetValueOrDefault(need);
            foreach (var pair in fresh.Where(p => p.NeedId == need).OrderByDescending(p => p.Score).ThenBy(p => p.PatentId)
                .Where(p => p.Family is not { } family || Admits(families, p, family)).Take(Kept))
            {
                store.Recommendations.Add(new Recommendation
                {
                    Id = store.NewKey(),
                    NeedId = pair.NeedId,
                    PatentId = pair.PatentId,
                    NeedVersion = pair.NeedVersion,
                    PatentVersion = pair.PatentVersion,
                    Family = pair.Family,
                    Position = places-- > 0 ? ++state.Inbox : null,
                    Score = pair.Score,
                    Reason = pair.Reason,
                    CreatedAt = _now,
                    UpdatedAt = _now,
                });
            }
        }
    }

    /// <summary>One patent a family and need: whichever came first, of those that come together the best.</summary>
    private static bool Admits(Dictionary<(Guid, long), Guid> families, Pair pair, long family) =>
        families.TryAdd((pair.NeedId, family), pair.PatentId) || families[(pair.NeedId, family)] == pair.PatentId;

    private async Task<Dictionary<(Guid, long), Guid>> FamiliesAsync(List<Pair> fresh, CancellationToken cancellation)
    {
        var families = new Dictionary<(Guid, long), Guid>();
        foreach (var some in fresh.Select(p => p.Family).OfType<long>().Distinct().Chunk(Chunk))
        {
            foreach (var row in await store.Recommendations.Where(r => r.TakenBackAt == null && r.Family != null && some.Contains(r.Family.Value))
                .Select(r => new { r.NeedId, Family = r.Family!.Value, r.PatentId }).ToListAsync(cancellation))
                families.TryAdd((row.NeedId, row.Family), row.PatentId);
        }
        return families;
    }

    /// <summary>How many each need was told today, those among them that were taken back.</summary>
    private async Task<Dictionary<Guid, int>> ToldAsync(List<Guid> needs, CancellationToken cancellation)
    {
        var day = DayStart();
        var told = new Dictionary<Guid, int>();
        foreach (var ids in needs.Chunk(Chunk))
        {
            foreach (var group in await store.Recommendations.Where(r => ids.Contains(r.NeedId) && r.Position != null && r.CreatedAt >= day)
                .GroupBy(r => r.NeedId).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(cancellation))
                told[group.Key] = group.Count;
        }
        return told;
    }

    // Midnight in China; the future counts as today, should the clock have been set back.
    private DateTime DayStart() => DateTime.SpecifyKind(_now.AddHours(8).Date.AddHours(-8), DateTimeKind.Utc);

    private DateTime Later(DateTime before) => _now > before ? _now : before.AddMilliseconds(1);

    private void Change(Recommendation row, Pair pair)
    {
        (row.NeedVersion, row.PatentVersion, row.Family, row.Score) = (pair.NeedVersion, pair.PatentVersion, pair.Family, pair.Score);
        row.UpdatedAt = Later(row.UpdatedAt);
    }

    private void TakeBack(Recommendation row)
    {
        row.TakenBackAt = _now;
        row.UpdatedAt = Later(row.UpdatedAt);
    }
}
