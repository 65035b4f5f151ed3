using GraphQL.DataLoader;
using GraphQL.Types;
using Matchmaking.Api;
using Matchmaking.Matches;
using Matchmaking.Needs;
using Matchmaking.Patents;
using Matchmaking.Store;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Recommendations;

/// <summary>A recommendation on the wire.</summary>
internal sealed class RecommendationType : EntityType<Recommendation>
{
    /// <summary>What the inbox may be filtered by.</summary>
    public static readonly Filterable<Recommendation> Filterable = new Filterable<Recommendation>("Recommendation")
        .Add(r => r.State).Add(r => r.Reason).Add(r => r.Score).Add(r => r.CreatedAt).Add(r => r.UpdatedAt);

    public RecommendationType() : base(
        r => r.Id, r => r.NeedId, r => r.PatentId, r => r.NeedVersion, r => r.PatentVersion, r => r.Family, r => r.Position, r => r.TakenBackAt, r => r.IsUnseen)
    {
        Description = "A match that was told to both sides: this patent could serve that need (推荐).";
        Field<NonNullGraphType<StringGraphType>>("cursor").Description("Its place in the inbox; send it as after to go on behind it, be it in the list or live (游标).")
            .Resolve(c => Inbox.Cursor(c.Source));
        Field<NonNullGraphType<Matches.MatchType>>("match").Description("The match as it stands today (匹配).")
            .Resolve(c => new TodaysMatch(c.Source, c.Get<Batches>(), c.Get<StoreFactory>(), c.Get<Matcher>()));
    }
}

internal sealed class FeedbackType : ValueType<Feedback>
{
    public FeedbackType()
    {
        Name = "Feedback";
        Description = "What was answered to a recommendation (反馈).";
    }
}

/// <summary>The pair of a recommendation, scored now; all pairs of a level cost one statement a side.</summary>
internal sealed class TodaysMatch : IDataLoaderResult<Match>
{
    private readonly Recommendation _recommendation;
    private readonly Batch<Guid, Need> _needs;
    private readonly Batch<Guid, Patent> _patents;
    private readonly Matcher _matcher;

    public TodaysMatch(Recommendation recommendation, Batches batches, StoreFactory stores, Matcher matcher)
    {
        (_recommendation, _matcher) = (recommendation, matcher);
        _needs = batches.ById<Need>();
        _patents = batches.Get<Guid, Patent>("patents, merged ones too", (keys, cancellation) => FindAsync(stores, keys, cancellation));
        _needs.Load(recommendation.NeedId);
        _patents.Load(recommendation.PatentId);
    }

    public async Task<Match> GetResultAsync(CancellationToken cancellationToken = default)
    {
        var need = await _needs.GetAsync(_recommendation.NeedId, cancellationToken);
        var patent = await _patents.GetAsync(_recommendation.PatentId, cancellationToken);
        if (need is null || patent is null)
            throw Errors.Gone("match: the need or the patent was removed.");
        var query = _matcher.Query(need);
        return new Match(need, patent, _matcher.Points(query, patent.Id), null, query);
    }

    async Task<object?> IDataLoaderResult.GetResultAsync(CancellationToken cancellationToken) => await GetResultAsync(cancellationToken);

    private static async Task<Dictionary<Guid, Patent>> FindAsync(StoreFactory stores, IReadOnlyCollection<Guid> keys, CancellationToken cancellation)
    {
        await using var store = stores.Open();
        var found = await store.Patents.Where(p => keys.Contains(p.Id)).ToDictionaryAsync(p => p.Id, cancellation);
        if (keys.Where(key => !found.ContainsKey(key)).ToList() is { Count: > 0 } missing)
        {
            foreach (var merged in await store.PatentAliases.Where(a => missing.Contains(a.Id)).Join(store.Patents, a => a.PatentId, p => p.Id, (a, p) => new { a.Id, Patent = p }).ToListAsync(cancellation))
                found[merged.Id] = merged.Patent;
        }
        return found;
    }
}
