using Matchmaking.Matches;
using Matchmaking.Needs;
using Matchmaking.Search;
using Matchmaking.Search.Monitoring;
using Matchmaking.Search.Ranking;
using Matchmaking.Store;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Recommendations;

/// <summary>The needs that patents are matched against, with what each looks for: those that are open and had their own turn.</summary>
/// <remarks>In memory, and made from the store when the process starts. A need that hasn't had its turn isn't in it: its turn will look at all patents.
/// For one thread.</remarks>
/// <param name="threshold">The points from which on a match is worth telling.</param>
/// <param name="schema">That of the patents.</param>
internal sealed class NeedBook(double threshold, TextIndexSchema schema)
{
    private const int Chunk = 500;

    private readonly Dictionary<Guid, Entry> _entries = [];
    private readonly QueryMonitor _monitor = new(schema);
    private readonly double _deviations = Scoring.Deviations(threshold);
    private long _position = -1;

    public int Count => _entries.Count;

    /// <summary>The needs that a patent serves by its terms, with their points, in the order of their keys.</summary>
    /// <remarks>The score is that of <c>match(needId, patentId)</c>, to the last bit.</remarks>
    public List<(Entry Entry, double Points)> Served(IndexSnapshot patents, DocumentTerms patent, bool isDescribed)
    {
        var served = new List<(Entry Entry, double Points)>();
        foreach (var (key, score, deviation) in _monitor.Candidates(patents, patent))
        {
            if (Scoring.Points(deviation, score, isDescribed) is var points && points >= threshold)
                served.Add((_entries[key], points));
        }
        served.Sort((a, b) => a.Entry.Need.Id.CompareTo(b.Entry.Need.Id));
        return served;
    }

    /// <summary>Brings the book to what was matched up to a position, also where another process did it.</summary>
    public async Task FollowAsync(StoreContext store, long position, CancellationToken cancellation)
    {
        if (_position == position)
            return;
        if (_position < 0 || _position > position)
        {
            _entries.Clear();
            _monitor.Clear();
            await foreach (var need in Matched(store).AsAsyncEnumerable().WithCancellation(cancellation))
                Put(need);
        }
        else
        {
            var changed = await store.Changes.Where(c => c.Position > _position && c.Position <= position && c.Kind == ChangedKind.Need)
                .Select(c => c.EntityId).Distinct().ToListAsync(cancellation);
            foreach (var ids in changed.Chunk(Chunk))
            {
                var found = await Matched(store).Where(n => ids.Contains(n.Id)).ToDictionaryAsync(n => n.Id, cancellation);
                foreach (var id in ids)
                {
                    if (found.TryGetValue(id, out var need))
                        Put(need);
                    else
                        Remove(id);
                }
            }
        }
        _position = position;
    }

    /// <summary>The book as of a turn that was committed: these needs had it.</summary>
    public void Advance(long position, IEnumerable<Need> matched, IEnumerable<Guid> removed)
    {
        foreach (var need in matched)
            Put(need);
        foreach (var id in removed)
            Remove(id);
        _position = position;
    }

    private static IQueryable<Need> Matched(StoreContext store) =>
        store.Needs.Where(n => n.Status == NeedStatus.Open && store.MatchedVersions.Any(m => m.Id == n.Id)).OrderBy(n => n.Id);

    /// <summary>Takes in a need that had its turn, as it is now.</summary>
    public void Put(Need need)
    {
        if (need.Status != NeedStatus.Open)
        {
            Remove(need.Id);
            return;
        }
        _monitor.Put(need.Id, Scoring.Query(need), _deviations);
        // The long texts stay in the store: what is looked for and what the gates ask is enough.
        _entries[need.Id] = new Entry(
            new Need
            {
                Id = need.Id,
                Status = need.Status,
                AcceptedModes = need.AcceptedModes,
                MinReadiness = need.MinReadiness,
                Provinces = need.Provinces,
                Deadline = need.Deadline,
            },
            Versions.Of(need));
    }

    private void Remove(Guid need)
    {
        if (_entries.Remove(need))
            _monitor.Remove(need);
    }

    /// <summary>One need: the conditions it makes, and what of it mattered.</summary>
    internal sealed record Entry(Need Need, long Version);
}
