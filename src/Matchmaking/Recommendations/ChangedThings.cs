using Matchmaking.Needs;
using Matchmaking.Patents;
using Matchmaking.Store;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Recommendations;

/// <summary>What a batch of changes says about needs and patents, less what changed in nothing that matters.</summary>
internal sealed class ChangedThings
{
    private const int Chunk = 500;

    private readonly Dictionary<Guid, MatchedVersion> _matched;
    private readonly Dictionary<Guid, long> _changedAt;

    private ChangedThings(Dictionary<Guid, MatchedVersion> matched, Dictionary<Guid, long> changedAt)
    {
        _matched = matched;
        _changedAt = changedAt;
    }

    /// <summary>Needs as they are now, in the order of their changes.</summary>
    public List<Need> Needs { get; } = [];

    /// <summary>Patents as they are now, with their holders, in the order of their changes.</summary>
    public List<Patent> Patents { get; } = [];

    public List<Guid> RemovedNeeds { get; } = [];

    public List<Guid> RemovedPatents { get; } = [];

    public bool IsAnything => Needs.Count + Patents.Count + RemovedNeeds.Count + RemovedPatents.Count > 0;

    /// <summary>Reads the things of a batch and notes their versions as matched.</summary>
    public static async Task<ChangedThings> LoadAsync(StoreContext store, List<Change> changes, CancellationToken cancellation)
    {
        var changedAt = new Dictionary<Guid, long>();
        foreach (var change in changes)
            changedAt[change.EntityId] = change.Position;
        // A holder's province decides the gate of its patents' region.
        var institutions = changes.Where(c => c.Kind == ChangedKind.Institution).Select(c => c.EntityId).Distinct().ToList();
        var held = institutions.Count == 0 ? [] : await store.Patents.Where(p => p.HolderId != null && institutions.Contains(p.HolderId.Value))
            .Select(p => new { p.Id, Holder = p.HolderId!.Value }).ToListAsync(cancellation);
        foreach (var patent in held)
            changedAt.TryAdd(patent.Id, changedAt[patent.Holder]);
        var needs = changes.Where(c => c.Kind == ChangedKind.Need).Select(c => c.EntityId).Distinct().ToList();
        var patents = changes.Where(c => c.Kind == ChangedKind.Patent).Select(c => c.EntityId).Concat(held.Select(p => p.Id)).Distinct().ToList();
        var things = new ChangedThings([], changedAt);
        foreach (var ids in needs.Chunk(Chunk))
            await things.TakeAsync(store, ids, store.Needs.Where(n => ids.Contains(n.Id)), n => n.Id, Versions.Of, things.Needs, things.RemovedNeeds, cancellation);
        foreach (var ids in patents.Chunk(Chunk))
            await things.TakeAsync(store, ids, store.Patents.Include(p => p.Holder).Where(p => ids.Contains(p.Id)), p => p.Id, Versions.Of, things.Patents, things.RemovedPatents, cancellation);
        things.Needs.Sort((a, b) => changedAt[a.Id].CompareTo(changedAt[b.Id]));
        things.Patents.Sort((a, b) => changedAt[a.Id] != changedAt[b.Id] ? changedAt[a.Id].CompareTo(changedAt[b.Id]) : a.Id.CompareTo(b.Id));
        return things;
    }

    /// <summary>What brought a pair about: whichever of the two changed later.</summary>
    public RecommendationReason Reason(Guid need, Guid patent) => _changedAt.GetValueOrDefault(patent) > _changedAt.GetValueOrDefault(need)
        ? _matched.ContainsKey(patent) ? RecommendationReason.PatentChanged : RecommendationReason.NewPatent
        : _matched.ContainsKey(need) ? RecommendationReason.NeedChanged : RecommendationReason.NewNeed;

    private async Task TakeAsync<T>(
        StoreContext store, Guid[] ids, IQueryable<T> query, Func<T, Guid> key, Func<T, long> version, List<T> changed, List<Guid> removed, CancellationToken cancellation)
    {
        var matched = await store.MatchedVersions.AsTracking().Where(m => ids.Contains(m.Id)).ToDictionaryAsync(m => m.Id, cancellation);
        var found = (await query.ToListAsync(cancellation)).ToDictionary(key);
        foreach (var id in ids)
        {
            var known = matched.GetValueOrDefault(id);
            if (!found.TryGetValue(id, out var thing))
            {
                if (known is null)
                    continue;
                store.MatchedVersions.Remove(known);
                removed.Add(id);
                continue;
            }
            var now = version(thing);
            if (known?.Version == now)
            {
                _changedAt.Remove(id);
                continue;
            }
            changed.Add(thing);
            if (known is null)
            {
                store.MatchedVersions.Add(new MatchedVersion { Id = id, Version = now });
                continue;
            }
            known.Version = now;
            _matched[id] = known;
        }
    }
}
