using GraphQL;
using GraphQL.DataLoader;
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
        Field<NonNullGraphType<FloatGraphType>>("score").Description("From 0 to 100, two decimals: how many of a hundred such matches judges call of use; the same from either side. A patent of which only the title is known gets fewer for the same words (匹配度).").Resolve(c => Math.Round(c.Source.Score, 2));
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

internal sealed class RequirementType : ValueType<Requirement>
{
    public RequirementType()
    {
        Name = "Requirement";
        Description = "One thing that a need requires, and whether the patent speaks of it (需求要点).";
    }
}

internal sealed class FigureType : ValueType<Figure>
{
    public FigureType()
    {
        Name = "Figure";
        Description = "A figure with its unit that a need names, beside the patent's (技术指标).";
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
            Description = $"The living patents that could serve it, best first; the best {Matcher.Reach} are looked at. A further patent of one holder comes up to {Spreading.MostOfHolder} points later, a further one of the same title up to {Spreading.MostOfTwin} more (匹配到的专利).",
            ResolvedType = connection,
            Arguments = Arguments(),
            Resolver = new GraphQL.Resolvers.FuncFieldResolver<Need, object>(OfNeed),
        }.Weighs(Costs.Ranking));
        patent.AddField(new FieldType
        {
            Name = "matches",
            Description = $"The open needs it could serve, best first; the best {Matcher.Reach} are looked at (匹配到的需求).",
            ResolvedType = connection,
            Arguments = Arguments(),
            Resolver = new GraphQL.Resolvers.FuncFieldResolver<Patent, object>(OfPatent),
        }.Weighs(Costs.Ranking));
        patent.Field<NonNullGraphType<ListGraphType<NonNullGraphType<PatentSearchHitType>>>>("similar").Description("The living patents most like it, best first (相似专利).").Weighs(Costs.Ranking)
            .Argument<IntGraphType>("first", $"At most so many; {DefaultTried} by default, {Paging.MaxSize} at most (前几项).")
            .Resolve(Similar);
        TechnicalFields.AddTo(need, patent);
        query.Field<MatchType>("match").Description("Any pair, explained, whatever its score and gates; null where one of the two doesn't exist (匹配).")
            .Argument<NonNullGraphType<IdGraphType>>("needId", "The need's id (需求标识).")
            .Argument<NonNullGraphType<IdGraphType>>("patentId", "The patent's id (专利标识).")
            .Resolve(c => c.Get<Matcher>().Pair(Ids.Decode(c.GetArgument<string>("needId"), "Need", "needId"), Ids.Decode(c.GetArgument<string>("patentId"), "Patent", "patentId")));
        query.Field<NonNullGraphType<ListGraphType<NonNullGraphType<MatchType>>>>("tryNeed").Description("The patents that could serve a text, without saving it; best first (试匹配).").Weighs(Costs.Ranking)
            .Argument<StringGraphType>("title", $"What is wanted in a few words, at most {Need.MaxTitle} characters (需求名称).")
            .Argument<NonNullGraphType<StringGraphType>>("description", $"What is wanted, in any words, at most {Need.MaxDescription} characters (需求描述).")
            .Argument<StringGraphType>("industryCode", "The industry by GB/T 4754-2017, for instance C3841; classes that it works in count (国民经济行业代码).")
            .Argument<IntGraphType>("first", $"At most so many; {DefaultTried} by default, {Paging.MaxSize} at most (前几项).")
            .Resolve(Try);
    }

    private static Deferred<List<PatentSearchHit>> Similar(IResolveFieldContext<Patent> context)
    {
        var paging = Paging.From(context, DefaultTried);
        var (hits, query) = context.Get<Matcher>().Similar(context.Source, paging.Size);
        var batch = context.Get<Batches>().ById<Patent>(context);
        foreach (var hit in hits)
            batch.Load(hit.Key);
        return new(async cancellation =>
        {
            var similar = new List<PatentSearchHit>(hits.Count);
            foreach (var hit in hits)
            {
                if (await batch.GetAsync(hit.Key, cancellation) is { } patent)
                    similar.Add(new PatentSearchHit(patent, hit.Score, query));
            }
            return similar;
        });
    }

    private static Deferred<Connection<Match>> OfNeed(IResolveFieldContext<Need> context)
    {
        var matcher = context.Get<Matcher>();
        var query = matcher.Query(context.Source);
        var list = new MatchList(context, "needMatches:" + context.Source.Id.ToString("N"));
        var page = list.Cut(matcher.Patents(query));
        var matches = list.WantsItems ? matcher.WithPatents(context.Source, query, page.Items) : null;
        return new(async cancellation => list.Connection(page, matches is null ? [] : await matches.GetResultAsync(cancellation)));
    }

    private static Deferred<Connection<Match>> OfPatent(IResolveFieldContext<Patent> context)
    {
        var patent = context.Source;
        var list = new MatchList(context, "patentMatches:" + patent.Id.ToString("N"));
        var needs = context.Get<Matcher>().Needs(patent);
        needs.Load(patent.Id);
        return new(async cancellation =>
        {
            var hits = (await needs.GetAsync(patent.Id, cancellation))!;
            var byKey = hits.ToDictionary(hit => hit.Hit.Key);
            var page = list.Cut(hits.ConvertAll(hit => hit.Hit));
            return list.Connection(page, [.. page.Items.Select(at => new Match(byKey[at.Hit.Key].Need, patent, at.Rank, byKey[at.Hit.Key].Query, at.Hit.Points))]);
        });
    }

    private static IDataLoaderResult<List<Match>> Try(IResolveFieldContext context)
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
        var industry = context.GetArgument<string?>("industryCode")?.Trim().ToUpperInvariant() ?? "";
        if (industry.Length > 0 && !TextRules.IsIndustry(industry))
            throw Errors.BadQuery("industryCode", $"'{Errors.Shorten(industry)}' is no industry code of GB/T 4754-2017, such as C3841.");
        var need = new Need { Title = title, Description = description, IndustryCode = industry.Length == 0 ? null : industry, Status = NeedStatus.Draft };
        var matcher = context.Get<Matcher>();
        var query = matcher.Query(need);
        var page = matcher.Patents(query).Take(paging.Size).Select((hit, i) => (hit, i + 1)).ToList();
        return matcher.WithPatents(need, query, page);
    }
}
