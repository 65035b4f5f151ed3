using GraphQL;
using GraphQL.DataLoader;
using Matchmaking.Access;
using Matchmaking.Api;
using Matchmaking.Indexing;
using Matchmaking.Needs;
using Matchmaking.Observing;
using Matchmaking.Patents;
using Matchmaking.Search;
using Matchmaking.Search.Queries;
using Matchmaking.Search.Ranking;
using Matchmaking.Store;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Matches;

/// <summary>Finds and scores pairs for one request, from either side by the same function.</summary>
internal sealed class Matcher(IndexView view, StoreFactory stores, Batches batches, Viewer viewer, TimeProvider clock)
{
    /// <summary>How far down a list of matches reaches; nobody follows up what comes later.</summary>
    public const int Reach = 1000;

    private readonly Dictionary<Guid, Patent> _asked = [];

    /// <summary>Today in China, where legal dates are counted.</summary>
    public DateOnly Today => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime.AddHours(8));

    public WeightedQuery Query(Need need) => Scoring.Query(need);

    /// <summary>The living patents that could serve a need, best first and spread.</summary>
    public List<Listed> Patents(WeightedQuery query)
    {
        using var timing = Measures.Match("need");
        return Listed(view.Patents, query, PatentDocument.Living(Today), Reach);
    }

    /// <summary>The same of a snapshot.</summary>
    public static List<Listed> Listed(IndexSnapshot patents, WeightedQuery query, IndexFilter? filter, int reach) => Spreading.Of(
        [.. patents.Rank(query, filter, reach, [PatentDocument.HolderKey, PatentDocument.TwinKey, PatentDocument.Described])
            .Select(hit => (hit.Hit.Key, Points: Scoring.Points(patents, query, hit.Hit.Score, hit.Numbers[2] > 0), hit.Numbers[0], hit.Numbers[1]))
            .OrderByDescending(hit => hit.Points)]);

    /// <summary>The open needs that a patent could serve, best first, with what they look for; a level of patents costs one statement.</summary>
    /// <remarks>The index of needs says which are open and which to look at; one that shares no word with the patent may still mean the like.</remarks>
    public Batch<Guid, List<NeedHit>> Needs(Patent patent)
    {
        _asked[patent.Id] = patent;
        return batches.Get<Guid, List<NeedHit>>("needs of patents", FindNeedsAsync);
    }

    private async Task<Dictionary<Guid, List<NeedHit>>> FindNeedsAsync(IReadOnlyCollection<Guid> patents, CancellationToken cancellation)
    {
        using var timing = Measures.Match("patent");
        var found = patents.ToDictionary(patent => patent, _ => new List<NeedHit>());
        await using var store = stores.Open(viewer);
        List<Guid> invited = viewer.Is(Role.Institution) || viewer.Is(Role.Agency) ? await store.NeedInvitations.Select(i => i.NeedId).Distinct().ToListAsync(cancellation) : [];
        var open = IndexFilter.All(NeedDocument.Open(Today), NeedDocument.For(viewer, invited));
        var candidates = patents.ToDictionary(patent => patent, patent => Candidates(_asked[patent], open));
        List<Guid> all = [.. candidates.Values.SelectMany(keys => keys).Distinct()];
        if (all.Count == 0)
            return found;
        // Cut into its terms once, not looked up in the index term by term for each need; the scores are the same.
        var terms = patents.ToDictionary(patent => patent, patent => DocumentTerms.From(view.Patents.Schema, Analyzers.Stored, PatentDocument.Of(_asked[patent], null, [])));
        await foreach (var need in Projection<Need>.Whole.Of(store, all).WithCancellation(cancellation))
        {
            var query = Query(need);
            foreach (var patent in patents)
            {
                if (candidates[patent].Contains(need.Id) && Scoring.Points(view.Patents, query, view.Patents.ScoreOnly(query, terms[patent]), _asked[patent].IsDescribed()) is > 0 and var points)
                    found[patent].Add(new NeedHit(new Listed(need.Id, points, points), need, query));
            }
        }
        foreach (var hits in found.Values)
        {
            hits.Sort((a, b) => a.Hit.Place.CompareTo(b.Hit.Place));
            if (hits.Count > Reach)
                hits.RemoveRange(Reach, hits.Count - Reach);
        }
        return found;
    }

    // As many as the list reaches are all scored. Of more than that, those that share most with the patent: to cut each open need of a province
    // into words for one list would take a minute, and what shares no word at all scores next to nothing.
    private HashSet<Guid> Candidates(Patent patent, IndexFilter open)
    {
        if (patent.IsDead(Today) || !view.Patents.Contains(patent.Id))
            return [];
        var all = view.Needs.Keys(open);
        return all.Count <= Reach ? [.. all] : [.. view.Needs.Rank(WeightedQuery.From(Analyzers.Asked, PatentTexts(patent)), open, Reach).Hits.Select(hit => hit.Key)];
    }

    /// <summary>A pair that is known to have a need, for a selection: a thousand who hear of one patent and ask for nothing else don't have their needs read.</summary>
    public IDataLoaderResult<Match?> Pair(Guid needId, Guid patentId, IResolveFieldContext selection)
    {
        if (selection.AsksFor("need", "score", "explanation"))
            return Pair(needId, patentId);
        var unread = new Need { Id = needId };
        return new Then<Patent, Match?>(PatentQueries.ById(batches).Load(patentId), patent => patent is null ? null
            : new Match(unread, patent, null, new Lazy<(WeightedQuery, double)>(() => throw new InvalidOperationException("The score wasn't selected."))));
    }

    /// <summary>Any pair as it stands today; null where one of the two doesn't exist. All pairs of a level cost a statement or two a side.</summary>
    public IDataLoaderResult<Match?> Pair(Guid needId, Guid patentId)
    {
        var needs = batches.ById<Need>().Load(needId);
        var patents = PatentQueries.ById(batches).Load(patentId);
        return new Deferred<Match?>(async cancellation =>
        {
            if (await needs.GetResultAsync(cancellation) is not { } need || await patents.GetResultAsync(cancellation) is not { } patent)
                return null;
            return new Match(need, patent, null, new Lazy<(WeightedQuery, double)>(() => Scored(need, patent)));
        });
    }

    /// <summary>What a need looks for, and the score of the pair; 0 where they share nothing or the index doesn't hold the patent yet.</summary>
    private (WeightedQuery Query, double Score) Scored(Need need, Patent patent)
    {
        var query = Query(need);
        return (query, Scoring.Points(view.Patents, query, view.Patents.Score(query, patent.Id)?.Score ?? 0, patent.IsDescribed()));
    }

    /// <summary>The living patents most like this one.</summary>
    public (List<Hit> Hits, WeightedQuery Query) Similar(Patent patent, int count)
    {
        using var timing = Measures.Match("similar");
        var query = PatentTerms(patent);
        var ranked = view.Patents.Rank(query, PatentDocument.Living(Today), count + 1);
        return ([.. ranked.Hits.Where(hit => hit.Key != patent.Id).Take(count).Select(hit => new Hit(hit.Key, Likeness(query, hit.Score)))], query);
    }

    // How much of the heart of a patent another one covers, 0 to 100; no judge was ever asked, so it isn't calibrated as matches are.
    private double Likeness(WeightedQuery query, double raw)
    {
        var full = view.Patents.LeadingScore(query, 8);
        return full <= 0 ? 0 : 100 * (1 - Math.Exp(-1.3 * raw / full));
    }

    /// <summary>A need's matches as entities, in their order; one statement for all patents of a level.</summary>
    public IDataLoaderResult<List<Match>> WithPatents(Need need, WeightedQuery query, IReadOnlyList<(Listed Hit, int Rank)> page)
    {
        var byId = batches.ById<Patent>();
        foreach (var (hit, _) in page)
            byId.Load(hit.Key);
        return new Deferred<List<Match>>(async cancellation =>
        {
            var matches = new List<Match>(page.Count);
            foreach (var (hit, rank) in page)
            {
                if (await byId.GetAsync(hit.Key, cancellation) is { } patent)
                    matches.Add(new Match(need, patent, rank, query, hit.Points));
            }
            return matches;
        });
    }

    private static IEnumerable<QueryPart> PatentTexts(Patent patent) =>
    [
        new QueryPart(PatentDocument.Title, patent.Title, 1),
        .. patent.Keywords.Select(keyword => new QueryPart(PatentDocument.Keywords, keyword, 0.6)),
        new QueryPart(PatentDocument.Abstract, patent.Abstract, 0.4),
        new QueryPart(PatentDocument.Claims, patent.Claims, 0.2),
    ];

    private static WeightedQuery PatentTerms(Patent patent) => WeightedQuery
        .From(Analyzers.Asked, PatentTexts(patent))
        .With(patent.IpcCodes.SelectMany(PatentDocument.IpcLevels).Distinct(StringComparer.Ordinal)
            .Select(symbol => new WeightedTerm(IndexTerm.Symbol(PatentDocument.Ipc, symbol), 0.3, [PatentDocument.Ipc])));
}

/// <summary>A need that a patent could serve, and what it looks for.</summary>
internal sealed record NeedHit(Listed Hit, Need Need, WeightedQuery Query);
