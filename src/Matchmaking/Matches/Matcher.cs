using Matchmaking.Api;
using Matchmaking.Indexing;
using Matchmaking.Needs;
using Matchmaking.Observing;
using Matchmaking.Patents;
using Matchmaking.Search.Ranking;
using Matchmaking.Store;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matches;

/// <summary>Finds and scores pairs for one request, from either side by the same function.</summary>
internal sealed class Matcher(IndexView view, StoreFactory stores, Batches batches, TimeProvider clock)
{
    /// <summary>How far down a list of matches reaches; nobody follows up what comes later.</summary>
    public const int Reach = 1000;

    /// <summary>Today in China, where legal dates are counted.</summary>
    public DateOnly Today => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime.AddHours(8));

    public WeightedQuery Query(Need need) => Scoring.Query(need);

    /// <summary>The living patents that could serve a need, best first: keys with points.</summary>
    public List<Hit> Patents(WeightedQuery query)
    {
        using var timing = Measures.Match("need");
        var ranked = view.Patents.Rank(query, PatentDocument.Living(Today), Reach);
        return [.. ranked.Hits.Select(hit => new Hit(hit.Key, Scoring.Points(view.Patents, query, hit.Score)))];
    }

    /// <summary>The open needs that a patent could serve, best first, with what they look for.</summary>
    /// <remarks>The index of needs only says which needs share a word with the patent; the score is the one of the other direction.</remarks>
    public async Task<List<(Hit Hit, Need Need, WeightedQuery Query)>> NeedsAsync(Patent patent, CancellationToken cancellation)
    {
        using var timing = Measures.Match("patent");
        if (patent.IsDead(Today) || !view.Patents.Contains(patent.Id))
            return [];
        var candidates = view.Needs.Rank(PatentTerms(patent), NeedDocument.Open(Today), int.MaxValue).Hits.Select(h => h.Key).ToList();
        await using var store = stores.Open();
        var matches = new List<(Hit Hit, Need Need, WeightedQuery Query)>();
        await foreach (var need in store.Needs.Where(n => EF.Parameter(candidates).Contains(n.Id)).AsAsyncEnumerable().WithCancellation(cancellation))
        {
            var query = Query(need);
            var points = Points(query, patent.Id);
            if (points > 0)
                matches.Add((new Hit(need.Id, points), need, query));
        }
        matches.Sort((a, b) => a.Hit.IsBefore(b.Hit) ? -1 : b.Hit.IsBefore(a.Hit) ? 1 : 0);
        return matches.Count <= Reach ? matches : matches[..Reach];
    }

    /// <summary>The score of one pair; 0 where they share nothing or the index doesn't hold the patent yet.</summary>
    public double Points(WeightedQuery query, Guid patent) =>
        Scoring.Points(view.Patents, query, view.Patents.Score(query, patent)?.Score ?? 0);

    /// <summary>The living patents most like this one.</summary>
    public (List<Hit> Hits, WeightedQuery Query) Similar(Patent patent, int count)
    {
        using var timing = Measures.Match("similar");
        var query = PatentTerms(patent);
        var ranked = view.Patents.Rank(query, PatentDocument.Living(Today), count + 1);
        return ([.. ranked.Hits.Where(hit => hit.Key != patent.Id).Take(count).Select(hit => new Hit(hit.Key, Scoring.Points(view.Patents, query, hit.Score)))], query);
    }

    /// <summary>A need's matches as entities, in their order; one statement for all patents.</summary>
    public async Task<List<Match>> WithPatentsAsync(Need need, WeightedQuery query, IReadOnlyList<(Hit Hit, int Rank)> page, CancellationToken cancellation)
    {
        var byId = batches.ById<Patent>();
        foreach (var (hit, _) in page)
            byId.Load(hit.Key);
        var matches = new List<Match>(page.Count);
        foreach (var (hit, rank) in page)
        {
            if (await byId.GetAsync(hit.Key, cancellation) is { } patent)
                matches.Add(new Match(need, patent, hit.Score, rank, query));
        }
        return matches;
    }

    private WeightedQuery PatentTerms(Patent patent) => WeightedQuery
        .From(Analyzers.Asked, [
            new QueryPart(PatentDocument.Title, patent.Title, 1),
            .. patent.Keywords.Select(keyword => new QueryPart(PatentDocument.Keywords, keyword, 0.6)),
            new QueryPart(PatentDocument.Abstract, patent.Abstract, 0.4),
            new QueryPart(PatentDocument.Claims, patent.Claims, 0.2)])
        .With(patent.IpcCodes.SelectMany(PatentDocument.IpcLevels).Distinct(StringComparer.Ordinal)
            .Select(symbol => new WeightedTerm(IndexTerm.Symbol(PatentDocument.Ipc, symbol), 0.3, [PatentDocument.Ipc])));
}
