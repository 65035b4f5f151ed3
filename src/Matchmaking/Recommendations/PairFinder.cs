using Matchmaking.Indexing;
using Matchmaking.Matches;
using Matchmaking.Needs;
using Matchmaking.Patents;
using Matchmaking.Search;
using Matchmaking.Search.Ranking;
using Matchmaking.Store;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Recommendations;

/// <summary>A need and a patent that are worth telling.</summary>
internal sealed record Pair(Guid NeedId, long NeedVersion, Guid PatentId, long PatentVersion, PatentFacts Facts, double Score, RecommendationReason Reason);

/// <summary>Finds the pairs of changed things that are worth telling: scored as <c>match(needId, patentId)</c> is, above the threshold, no gate failed.</summary>
internal sealed class PairFinder(StoreContext store, IndexSnapshot patents, NeedBook book, double threshold, DateOnly today)
{
    private const int Chunk = 500;

    public async Task<List<Pair>> FindAsync(ChangedThings things, CancellationToken cancellation)
    {
        var pairs = new List<Pair>();
        foreach (var need in things.Needs.Where(n => n.Status == NeedStatus.Open))
        {
            cancellation.ThrowIfCancellationRequested();
            await OfNeedAsync(need, things, pairs, cancellation);
        }
        OfPatents(things, pairs, cancellation);
        return pairs;
    }

    private async Task OfNeedAsync(Need need, ChangedThings things, List<Pair> pairs, CancellationToken cancellation)
    {
        var query = Scoring.Query(need);
        var version = Versions.Of(need);
        var points = patents.Rank(query, PatentDocument.Living(today), Matcher.Reach, [PatentDocument.Described])
            .Select(hit => (hit.Hit.Key, Points: Scoring.Points(patents, query, hit.Hit.Score, hit.Numbers[0] > 0))).Where(hit => hit.Points >= threshold).ToDictionary(hit => hit.Key, hit => hit.Points);
        foreach (var ids in points.Keys.Chunk(Chunk))
        {
            foreach (var patent in await store.Patents.Include(p => p.Holder).Where(p => ids.Contains(p.Id)).ToListAsync(cancellation))
                Add(need, version, patent, points[patent.Id], things, pairs);
        }
    }

    /// <summary>Changed patents against the needs that had their turn before; those of this batch have seen all patents.</summary>
    private void OfPatents(ChangedThings things, List<Pair> pairs, CancellationToken cancellation)
    {
        var done = things.Needs.Select(n => n.Id).ToHashSet();
        foreach (var patent in things.Patents.Where(p => !p.IsDead(today)))
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (var (entry, points) in book.Served(patents, Terms(patent), patent.IsDescribed()))
            {
                if (!done.Contains(entry.Need.Id))
                    Add(entry.Need, entry.Version, patent, points, things, pairs);
            }
        }
    }

    /// <summary>What of a patent is scored, as the index has it.</summary>
    private DocumentTerms Terms(Patent patent) => DocumentTerms.From(patents.Schema, Analyzers.Stored, PatentDocument.Of(patent, patent.Holder, []));

    private void Add(Need need, long version, Patent patent, double points, ChangedThings things, List<Pair> pairs)
    {
        if (!Gates.Of(need, patent, patent.Holder, today).Any(g => g.Verdict == Verdict.Fail))
            pairs.Add(new Pair(need.Id, version, patent.Id, Versions.Of(patent), PatentFacts.Of(patent), Math.Round(points, 2), things.Reason(need.Id, patent.Id)));
    }
}
