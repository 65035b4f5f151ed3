using System.Runtime.CompilerServices;
using GraphQL;
using GraphQL.DataLoader;
using GraphQL.Types;
using Matchmaking.Access;
using Matchmaking.Api;
using Matchmaking.Store;
using Matchmaking.Transport.Subscriptions;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Recommendations;

/// <summary>How the inbox is read.</summary>
internal static class RecommendationQueries
{
    public static void AddTo(ObjectGraphType query, Connections connections, FilterTypes filters) => query.AddField(new FieldType
    {
        Name = "recommendations",
        Description = "The caller's inbox in the order of its cursors, oldest first: for an enterprise what its needs were told, for an institution what its patents were recommended for (推荐收件箱).",
        ResolvedType = connections.Type<Recommendation>("recommendation", "Recommendations", new GraphQLTypeReference("Recommendation")),
        Arguments = new QueryArguments(
        [
            new QueryArgument<IdGraphType> { Name = "needId", Description = "Only those for this need (需求标识)." },
            new QueryArgument<IdGraphType> { Name = "institutionId", Description = "Only those of this institution's patents (机构标识)." },
            new QueryArgument(filters.Filter(RecommendationType.Filterable)) { Name = "where", Description = "Only what meets these conditions (筛选)." },
            .. Connections.PagingArguments(both: true),
        ]),
        Resolver = new GraphQL.Resolvers.FuncFieldResolver<object?, Connection<Recommendation>>(async context =>
        {
            var list = new ListRequest<Recommendation>(context, RecommendationType.Filterable, filters, Inbox.Place);
            var scope = Scope(context);
            var stores = context.Get<StoreFactory>();
            await using var store = stores.Open(scope.Viewer);
            var items = list.WantsItems ? await list.Page(store, Inbox.Of(store, scope)).ToListAsync(context.CancellationToken) : [];
            return list.Connection(items, async cancellation =>
            {
                await using var counting = stores.Open(scope.Viewer);
                return await list.Matching(counting, Inbox.Of(counting, scope)).CountAsync(cancellation);
            });
        }),
    });

    public static void AddToFollow(ObjectGraphType subscription)
    {
        subscription.Field<NonNullGraphType<RecommendationType>>("recommendationAdded")
            .Description("What is recommended, as it comes into the inbox: first everything behind the cursor, then what is new; for all of the caller's needs, or one (新推荐).")
            .Argument<IdGraphType>("needId", "Only those for this need (需求标识).")
            .Argument<StringGraphType>("after", "The cursor of what was heard last; without it, only what comes from now on is told (游标).")
            .Follow((c, after) => FollowAsync(c.Get<Inbox>(), c.Get<StoreFactory>(), Scope(c), after), Inbox.Cursor);
        subscription.Field<NonNullGraphType<RecommendationType>>("needMatched")
            .Description("What an institution's patents are recommended for, as it comes in: first everything behind the cursor, then what is new (需求匹配到本机构专利).")
            .Argument<NonNullGraphType<IdGraphType>>("institutionId", "The holder of the patents (机构标识).")
            .Argument<StringGraphType>("after", "The cursor of what was heard last; without it, only what comes from now on is told (游标).")
            .Follow((c, after) => FollowAsync(c.Get<Inbox>(), c.Get<StoreFactory>(), Scope(c), after), Inbox.Cursor);
    }

    private static async IAsyncEnumerable<Recommendation> FollowAsync(Inbox inbox, StoreFactory stores, InboxScope scope, string? after, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        long? position = after is null ? null : Inbox.Read(after);
        // Of what doesn't exist nothing would ever be heard.
        await using (var store = stores.Open(scope.Viewer))
        {
            if (scope.NeedId is { } need && !await store.Needs.AnyAsync(n => n.Id == need, cancellation))
                throw Errors.BadId("needId: there is no need of this id.");
            if (scope.InstitutionId is { } institution && !await store.Institutions.AnyAsync(i => i.Id == institution, cancellation))
                throw Errors.BadId("institutionId: there is no institution of this id.");
        }
        await foreach (var recommendation in inbox.FollowAsync(scope, position, cancellation))
            yield return recommendation;
    }

    /// <summary>A recommendation by its key; null where there is none in the inbox.</summary>
    public static IDataLoaderResult<Recommendation?> Load(Batches batches, Guid key) =>
        new Then<Recommendation, Recommendation?>(batches.ById<Recommendation>().Load(key), found => found is { Position: not null, TakenBackAt: null } ? found : null);

    private static InboxScope Scope(IResolveFieldContext context) => new(
        context.Get<Viewer>(),
        context.HasArgument("needId") && context.GetArgument<string?>("needId") is { } need ? Ids.Decode(need, "Need", "needId") : null,
        context.HasArgument("institutionId") && context.GetArgument<string?>("institutionId") is { } institution ? Ids.Decode(institution, "Institution", "institutionId") : null);
}
