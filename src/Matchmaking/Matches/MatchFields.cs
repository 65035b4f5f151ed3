using GraphQL;
using GraphQL.Types;
using Matchmaking.Api;
using Matchmaking.Needs;
using Matchmaking.Organizations;
using Matchmaking.Patents;
using Matchmaking.Search.Ranking;

namespace Matchmaking.Matches;

internal sealed class MatchType : ObjectGraphType<Match>
{
    public MatchType()
    {
        Name = "Match";
        Description = "How well a patent could serve a need (匹配).";
        Field<NonNullGraphType<PatentType>>("patent").Description("The patent (存量专利).").Resolve(c => c.Source.Patent);
        Field<NonNullGraphType<NeedType>>("need").Description("The need; for a text that was only tried, one whose id names nothing (技术需求).").Resolve(c => c.Source.Need);
        Field<NonNullGraphType<FloatGraphType>>("score").Description("From 0 to 100, two decimals; the same from either side (匹配度).").Resolve(c => Math.Round(c.Source.Score, 2));
        Field<IntGraphType>("rank").Description("The place in the list it came in, from 1; null where it wasn't a list (名次).").Resolve(c => c.Source.Rank);
        Field<NonNullGraphType<MatchExplanationType>>("explanation").Description("Why it has this score (匹配解释).").Weighs(Costs.Asking)
            .Resolve(c =>
            {
                var (explainer, match) = (c.Get<Explainer>(), c.Source);
                return match.Patent.HolderId is { } holder
                    ? new Then<Institution, MatchExplanation>(c.Get<Batches>().ById<Institution>().Load(holder), institution => explainer.Explain(match, institution))
                    : explainer.Explain(match, null);
            });
    }
}

internal sealed class MatchExplanationType : ValueType<MatchExplanation>
{
    public MatchExplanationType()
    {
        Name = "MatchExplanation";
        Description = "Why a match has its score (匹配解释).";
    }
}

internal sealed class ScoreComponentType : ValueType<ScoreComponent>
{
    public ScoreComponentType()
    {
        Name = "ScoreComponent";
        Description = "One part of a score (得分构成).";
    }
}

internal sealed class MatchedTermType : ValueType<MatchedTerm>
{
    public MatchedTermType()
    {
        Name = "MatchedTerm";
        Description = "A word that both sides have (命中词).";
    }
}

internal sealed class GateType : ValueType<Gate>
{
    public GateType()
    {
        Name = "Gate";
        Description = "A condition that stands outside the score (门槛).";
    }
}

/// <summary>What matches may be filtered by.</summary>
internal sealed class MatchFilterInputType : InputObjectGraphType
{
    public MatchFilterInputType(FilterTypes filters)
    {
        Name = "MatchFilterInput";
        Description = "Conditions on matches; siblings must all hold (筛选).";
        AddField(new FieldType { Name = "score", Description = "A condition on the score, 0 to 100 (匹配度).", ResolvedType = filters.Operation(Operations.Of(typeof(double))) });
    }
}

/// <summary>The lists of matches on both sides, and the pairs that can be asked for.</summary>
internal static class MatchQueries
{
    private const int DefaultTried = 10;

    public static void AddTo(ObjectGraphType query, Connections connections, NeedType need, PatentType patent, MatchFilterInputType filter)
    {
        var connection = connections.Type<Match>("match", "Matches", new GraphQLTypeReference("Match"));
        QueryArguments Arguments() => new(Connections.PagingArguments(both: false))
        {
            new QueryArgument(filter) { Name = "where", Description = "Only matches that meet these conditions (筛选)." },
        };
        need.AddField(new FieldType
        {
            Name = "matches",
            Description = $"The living patents that could serve it, best first; the best {Matcher.Reach} are looked at (匹配到的专利).",
            ResolvedType = connection,
            Arguments = Arguments(),
            Resolver = new GraphQL.Resolvers.FuncFieldResolver<Need, Connection<Match>>(async c => await OfNeedAsync(c)),
        }.Weighs(Costs.Ranking));
        patent.AddField(new FieldType
        {
            Name = "matches",
            Description = $"The open needs it could serve, best first; the best {Matcher.Reach} are looked at (匹配到的需求).",
            ResolvedType = connection,
            Arguments = Arguments(),
            Resolver = new GraphQL.Resolvers.FuncFieldResolver<Patent, Connection<Match>>(async c => await OfPatentAsync(c)),
        }.Weighs(Costs.Ranking));
        patent.Field<NonNullGraphType<ListGraphType<NonNullGraphType<PatentSearchHitType>>>>("similar").Description("The living patents most like it, best first (相似专利).").Weighs(Costs.Ranking)
            .Argument<IntGraphType>("first", $"At most so many; {DefaultTried} by default, {Paging.MaxSize} at most (前几项).")
            .ResolveAsync(async c => await SimilarAsync(c));
        query.Field<MatchType>("match").Description("Any pair, explained, whatever its score and gates; null where one of the two doesn't exist (匹配).")
            .Argument<NonNullGraphType<IdGraphType>>("needId", "The need's id (需求标识).")
            .Argument<NonNullGraphType<IdGraphType>>("patentId", "The patent's id (专利标识).")
            .ResolveAsync(async c => await PairAsync(c));
        query.Field<NonNullGraphType<ListGraphType<NonNullGraphType<MatchType>>>>("tryNeed").Description("The patents that could serve a text, without saving it; best first (试匹配).").Weighs(Costs.Ranking)
            .Argument<StringGraphType>("title", $"What is wanted in a few words, at most {Need.MaxTitle} characters (需求名称).")
            .Argument<NonNullGraphType<StringGraphType>>("description", $"What is wanted, in any words, at most {Need.MaxDescription} characters (需求描述).")
            .Argument<StringGraphType>("industryCode", "The industry by GB/T 4754-2017, for instance C3841 (国民经济行业代码).")
            .Argument<IntGraphType>("first", $"At most so many; {DefaultTried} by default, {Paging.MaxSize} at most (前几项).")
            .ResolveAsync(async c => await TryAsync(c));
    }

    private static async Task<List<PatentSearchHit>> SimilarAsync(IResolveFieldContext<Patent> context)
    {
        var paging = Paging.From(context, DefaultTried);
        var (hits, query) = context.Get<Matcher>().Similar(context.Source, paging.Size);
        var batch = context.Get<Batches>().ById<Patent>(context);
        foreach (var hit in hits)
            batch.Load(hit.Key);
        var similar = new List<PatentSearchHit>(hits.Count);
        foreach (var hit in hits)
        {
            if (await batch.GetAsync(hit.Key, context.CancellationToken) is { } patent)
                similar.Add(new PatentSearchHit(patent, hit.Score, query));
        }
        return similar;
    }

    private static async Task<Connection<Match>> OfNeedAsync(IResolveFieldContext<Need> context)
    {
        var matcher = context.Get<Matcher>();
        var query = matcher.Query(context.Source);
        return await PageAsync(context, "needMatches:" + context.Source.Id.ToString("N"), matcher.Patents(query), h => h,
            page => matcher.WithPatentsAsync(context.Source, query, page, context.CancellationToken));
    }

    private static async Task<Connection<Match>> OfPatentAsync(IResolveFieldContext<Patent> context)
    {
        var matches = await context.Get<Matcher>().NeedsAsync(context.Source, context.CancellationToken);
        var byKey = matches.ToDictionary(m => m.Hit.Key);
        return await PageAsync(context, "patentMatches:" + context.Source.Id.ToString("N"), matches, m => m.Hit, page => Task.FromResult(
            page.Select(at => new Match(byKey[at.Hit.Key].Need, context.Source, at.Hit.Score, at.Rank, byKey[at.Hit.Key].Query)).ToList()));
    }

    private static async Task<Connection<Match>> PageAsync<TSource, T>(
        IResolveFieldContext<TSource> context, string list, List<T> all, Func<T, Hit> hitOf, Func<List<(Hit Hit, int Rank)>, Task<List<Match>>> entities)
    {
        var paging = Paging.From(context);
        var ranked = all.Select((item, i) => (Hit: hitOf(item), Rank: i + 1)).ToList();
        if (context.GetArgument<IDictionary<string, object?>?>("where") is { } where && where.TryGetValue("score", out var score) && score is IDictionary<string, object?> conditions)
        {
            var passes = FilterTypes.Test<double>(conditions, "where.score");
            ranked = ranked.FindAll(at => passes(Math.Round(at.Hit.Score, 2)));
        }
        var start = 0;
        if (paging.After is { } cursor)
        {
            var values = Cursors.Read(cursor, list, typeof(long), typeof(Guid));
            var after = new Hit((Guid)values[1]!, BitConverter.Int64BitsToDouble((long)values[0]!));
            start = ranked.FindIndex(at => after.IsBefore(at.Hit));
            start = start < 0 ? ranked.Count : start;
        }
        var page = ranked.Skip(start).Take(paging.Size).ToList();
        var matches = context.AsksFor("edges", "nodes", "pageInfo") ? await entities(page) : [];
        var edges = matches.Zip(page, (match, at) => new Edge<Match>(Cursors.Write(list, BitConverter.DoubleToInt64Bits(at.Hit.Score), at.Hit.Key), match)).ToList();
        return new Connection<Match>(edges, start + page.Count < ranked.Count, start > 0, _ => Task.FromResult(ranked.Count));
    }

    private static async Task<Match?> PairAsync(IResolveFieldContext context)
    {
        var needId = Ids.Decode(context.GetArgument<string>("needId"), "Need", "needId");
        var patentId = Ids.Decode(context.GetArgument<string>("patentId"), "Patent", "patentId");
        var batches = context.Get<Batches>();
        var need = await batches.ById<Need>().GetAsync(needId, context.CancellationToken);
        var patent = await PatentQueries.FindAsync(context.Get<Store.StoreFactory>(), batches.ById<Patent>(), patentId, context.CancellationToken);
        if (need is null || patent is null)
            return null;
        var matcher = context.Get<Matcher>();
        var query = matcher.Query(need);
        return new Match(need, patent, matcher.Points(query, patent.Id), null, query);
    }

    private static async Task<List<Match>> TryAsync(IResolveFieldContext context)
    {
        var paging = Paging.From(context, DefaultTried);
        var title = context.GetArgument<string?>("title") ?? "";
        var description = context.GetArgument<string>("description");
        if (string.IsNullOrWhiteSpace(title) && string.IsNullOrWhiteSpace(description))
            throw Errors.BadQuery("description", "there is no text to match.");
        if (title.Length > Need.MaxTitle)
            throw Errors.BadQuery("title", $"{title.Length} characters were given, at most {Need.MaxTitle} are allowed.");
        if (description.Length > Need.MaxDescription)
            throw Errors.BadQuery("description", $"{description.Length} characters were given, at most {Need.MaxDescription} are allowed.");
        var need = new Need { Title = title, Description = description, IndustryCode = context.GetArgument<string?>("industryCode"), Status = NeedStatus.Draft };
        var matcher = context.Get<Matcher>();
        var query = matcher.Query(need);
        var page = matcher.Patents(query).Take(paging.Size).Select((hit, i) => (hit, i + 1)).ToList();
        return await matcher.WithPatentsAsync(need, query, page, context.CancellationToken);
    }
}
