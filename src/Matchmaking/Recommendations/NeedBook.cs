using Matchmaking.Matches;
using Matchmaking.Needs;
using Matchmaking.Search.Ranking;
using Matchmaking.Store;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Recommendations;

/// <summary>The needs that patents are matched against, with what each looks for: those that are open and had their own turn.</summary>
/// <remarks>In memory, and made from the store when the process starts. A need that hasn't had its turn isn't in it: its turn will look at all patents.
/// For one thread.</remarks>
internal sealed class NeedBook
{
    private const int Chunk = 500;

    private readonly Dictionary<Guid, Entry> _entries = [];
    private long _position = -1;

    public IReadOnlyCollection<Entry> Entries => _entries.Values;

    /// <summary>Brings the book to what was matched up to a position, also where another process did it.</summary>
    public async Task FollowAsync(StoreContext store, long position, CancellationToken cancellation)
    {
        if (_position == position)
            return;
        if (_position < 0 || _position > position)
        {
            _entries.Clear();
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
                        _entries.Remove(id);
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
            _entries.Remove(id);
        _position = position;
    }

    private static IQueryable<Need> Matched(StoreContext store) =>
        store.Needs.Where(n => n.Status == NeedStatus.Open && store.MatchedVersions.Any(m => m.Id == n.Id)).OrderBy(n => n.Id);

    private void Put(Need need)
    {
        if (need.Status != NeedStatus.Open)
        {
            _entries.Remove(need.Id);
            return;
        }
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
            Scoring.Query(need),
            Versions.Of(need));
    }

    /// <summary>One need: the conditions it makes, what it looks for, and what of it mattered.</summary>
    internal sealed record Entry(Need Need, WeightedQuery Query, long Version);
}
