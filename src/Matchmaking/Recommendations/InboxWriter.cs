using Matchmaking.Store;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Recommendations;

/// <summary>Puts pairs into the inbox, changes and takes back what nobody has seen; nothing is written before the context commits.</summary>
internal sealed class InboxWriter(StoreContext store, MatchingState state, RecommendationSettings settings)
{
    /// <summary>How many of a need's pairs one turn keeps; nobody follows up what comes later.</summary>
    private const int Kept = 100;

    private const int Chunk = 500;

    private readonly DateTime _now = store.Now;
    private readonly HashSet<Guid> _takenBack = [];

    private IQueryable<Recommendation> Standing => store.Recommendations.AsTracking().Where(r => r.TakenBackAt == null);

    /// <summary>The inbox as it should be after the changed things were matched.</summary>
    public async Task WriteAsync(ChangedThings things, List<Pair> pairs, CancellationToken cancellation)
    {
        var answers = await NeedAnswers.LoadAsync(store, pairs.Select(p => p.NeedId), cancellation);
        var rows = await RowsAsync(things, cancellation);
        var byPair = rows.Values.ToLookup(r => (r.NeedId, r.PatentId));
        var fresh = new List<(Pair Pair, Adjusted Adjusted)>();
        var placing = new List<Recommendation>();
        var held = new HashSet<(Guid, Guid)>();
        foreach (var pair in pairs)
        {
            var adjusted = answers.Adjust(pair.NeedId, pair.NeedVersion, pair.PatentVersion, pair.Facts);
            if (!adjusted.IsTold(pair.Score, settings.Threshold))
                continue;
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
                await ChangeAsync(unseen, pair, adjusted, placing, cancellation);
            else
                fresh.Add((pair, adjusted));
        }
        // Nobody has looked at these, and they hold no more.
        foreach (var row in rows.Values.Where(r => r.IsUnseen && !held.Contains((r.NeedId, r.PatentId))))
            TakeBack(row);
        placing.AddRange(await FreedAsync(cancellation));
        foreach (var need in fresh.GroupBy(f => f.Pair.NeedId))
        {
            foreach (var (pair, adjusted) in need.OrderByDescending(f => f.Adjusted.Order(f.Pair.Score)).ThenBy(f => f.Pair.PatentId).Take(Kept))
                placing.Add(Add(pair, adjusted));
        }
        await PlaceAsync(placing, cancellation);
    }

    /// <summary>Takes back some of what ran out without a change: patents by their term, needs by their deadline; false where there is none.</summary>
    public async Task<bool> TakeBackExpiredAsync(DateOnly today, CancellationToken cancellation)
    {
        var rows = await Standing.Where(r => r.State == RecommendationState.Pushed
                && (store.Patents.Any(p => p.Id == r.PatentId && p.ExpiresOn < today) || store.Needs.Any(n => n.Id == r.NeedId && n.Deadline < today)))
            .OrderBy(r => r.Id).Take(Chunk).ToListAsync(cancellation);
        rows.ForEach(TakeBack);
        await PlaceAsync(await FreedAsync(cancellation), cancellation);
        return rows.Count > 0;
    }

    /// <summary>Lets some of what waited into the inbox, where its need hasn't had its share of the day; false where there is none.</summary>
    /// <remarks>What was answered since is taken into account: what fits the answers comes first, what doesn't stand before them any more is taken back.</remarks>
    public async Task<bool> ReleaseAsync(CancellationToken cancellation)
    {
        var day = ChineseDay.Start(_now);
        var needs = await store.Recommendations.Where(r => r.Position == null && r.BehindId == null && r.TakenBackAt == null).Select(r => r.NeedId).Distinct()
            .Where(need => store.Recommendations.Count(r => r.NeedId == need && r.Position != null && r.CreatedAt >= day) < settings.PerDay)
            .OrderBy(need => need).Take(Chunk).ToListAsync(cancellation);
        if (needs.Count == 0)
            return false;
        var waiting = await Standing.Where(r => r.Position == null && r.BehindId == null && needs.Contains(r.NeedId)).ToListAsync(cancellation);
        var answers = await NeedAnswers.LoadAsync(store, needs, cancellation);
        var facts = await NeedAnswers.FactsAsync(store, waiting.Select(r => r.PatentId), cancellation);
        foreach (var row in waiting)
        {
            var adjusted = facts.TryGetValue(row.PatentId, out var patent) ? answers.Adjust(row.NeedId, row.NeedVersion, row.PatentVersion, patent) : Adjusted.Unchanged;
            if (adjusted.IsTold(row.Score, settings.Threshold))
                Adjust(row, adjusted);
            else
                TakeBack(row);
        }
        await PlaceAsync([.. waiting.Where(r => r.TakenBackAt is null), .. await FreedAsync(cancellation)], cancellation);
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

    /// <summary>Gives rows without a place theirs, best first: behind one of their family, in the inbox, or waiting for another day.</summary>
    private async Task PlaceAsync(List<Recommendation> rows, CancellationToken cancellation)
    {
        if (rows.Count == 0)
            return;
        var needs = rows.Select(r => r.NeedId).Distinct().ToList();
        var told = await ToldAsync(needs, cancellation);
        var heads = await HeadsAsync(rows, cancellation);
        foreach (var need in rows.Where(r => r.TakenBackAt is null).GroupBy(r => r.NeedId).OrderBy(g => needs.IndexOf(g.Key)))
        {
            var places = settings.PerDay - told.GetValueOrDefault(need.Key);
            foreach (var row in need.OrderByDescending(Order).ThenBy(r => r.PatentId))
            {
                // What was told stays told, whatever it is kin to now.
                var kin = new Kin(row.Family, row.Filing);
                row.BehindId = row.Position is null ? heads.Over(row.NeedId, kin, row.PatentId) : null;
                if (row.BehindId is not null)
                    continue;
                heads.Add(row.NeedId, kin, new Head(row.Id, row.PatentId));
                if (row.Position is not null || places-- <= 0)
                    continue;
                row.Position = ++state.Inbox;
                row.CreatedAt = _now;
                row.UpdatedAt = store.Entry(row).State == EntityState.Added ? _now : Later(row.UpdatedAt);
            }
        }
    }

    /// <summary>Those that stand for a family already, of the families of some rows.</summary>
    private async Task<Heads> HeadsAsync(List<Recommendation> rows, CancellationToken cancellation)
    {
        var heads = new Heads();
        var keys = rows.Select(r => r.Family).Concat(rows.Select(r => r.Filing)).OfType<long>().Distinct().ToList();
        var placing = rows.Select(r => r.Id).ToHashSet();
        foreach (var needs in keys.Count == 0 ? [] : rows.Select(r => r.NeedId).Distinct().Chunk(Chunk))
        {
            var standing = await store.Recommendations.Where(r => needs.Contains(r.NeedId) && r.TakenBackAt == null && r.BehindId == null
                    && ((r.Family != null && keys.Contains(r.Family.Value)) || (r.Filing != null && keys.Contains(r.Filing.Value))))
                .OrderBy(r => r.Id).Select(r => new { r.Id, r.NeedId, r.PatentId, r.Family, r.Filing }).ToListAsync(cancellation);
            foreach (var row in standing.Where(r => !placing.Contains(r.Id) && !_takenBack.Contains(r.Id)))
                heads.Add(row.NeedId, new Kin(row.Family, row.Filing), new Head(row.Id, row.PatentId));
        }
        return heads;
    }

    /// <summary>Those that stood behind one that was taken back: they stand for themselves now, or behind the best of them.</summary>
    private async Task<List<Recommendation>> FreedAsync(CancellationToken cancellation)
    {
        var freed = new List<Recommendation>();
        foreach (var ids in _takenBack.Chunk(Chunk))
            freed.AddRange(await BehindAsync(ids, cancellation));
        return freed;
    }

    private async Task<List<Recommendation>> BehindAsync(Guid[] heads, CancellationToken cancellation) =>
        [.. (await Standing.Where(r => r.BehindId != null && heads.Contains(r.BehindId.Value)).ToListAsync(cancellation)).Where(r => r.TakenBackAt is null)];

    /// <summary>How many each need was told today, those among them that were taken back.</summary>
    private async Task<Dictionary<Guid, int>> ToldAsync(List<Guid> needs, CancellationToken cancellation)
    {
        var day = ChineseDay.Start(_now);
        var told = new Dictionary<Guid, int>();
        foreach (var ids in needs.Chunk(Chunk))
        {
            foreach (var group in await store.Recommendations.Where(r => ids.Contains(r.NeedId) && r.Position != null && r.CreatedAt >= day)
                .GroupBy(r => r.NeedId).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(cancellation))
                told[group.Key] = group.Count;
        }
        return told;
    }

    private Recommendation Add(Pair pair, Adjusted adjusted)
    {
        var row = new Recommendation
        {
            Id = store.NewKey(),
            NeedId = pair.NeedId,
            PatentId = pair.PatentId,
            NeedVersion = pair.NeedVersion,
            PatentVersion = pair.PatentVersion,
            Family = pair.Facts.Kin.Family,
            Filing = pair.Facts.Kin.Filing,
            Score = pair.Score,
            Reason = pair.Reason,
            CreatedAt = _now,
            UpdatedAt = _now,
        };
        Adjust(row, adjusted);
        store.Recommendations.Add(row);
        return row;
    }

    private async Task ChangeAsync(Recommendation row, Pair pair, Adjusted adjusted, List<Recommendation> placing, CancellationToken cancellation)
    {
        var kin = pair.Facts.Kin;
        if (kin != new Kin(row.Family, row.Filing))
        {
            // It may be of another family now, and so may those behind it.
            placing.Add(row);
            placing.AddRange(await BehindAsync([row.Id], cancellation));
        }
        (row.NeedVersion, row.PatentVersion, row.Family, row.Filing, row.Score) = (pair.NeedVersion, pair.PatentVersion, kin.Family, kin.Filing, pair.Score);
        Adjust(row, adjusted);
        row.UpdatedAt = Later(row.UpdatedAt);
    }

    private static void Adjust(Recommendation row, Adjusted adjusted) => row.Adjustment = adjusted.Adjustment.Components.Count == 0 ? null : adjusted.Adjustment;

    private static double Order(Recommendation row) => Math.Clamp(row.Score + (row.Adjustment?.Points ?? 0), 0, 100);

    private DateTime Later(DateTime before) => _now > before ? _now : before.AddMilliseconds(1);

    private void TakeBack(Recommendation row)
    {
        row.TakenBackAt = _now;
        row.UpdatedAt = Later(row.UpdatedAt);
        _takenBack.Add(row.Id);
    }
}
