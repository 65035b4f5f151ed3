using GraphQL;
using GraphQL.DataLoader;
using GraphQL.Types;
using Matchmaking.Api;
using Matchmaking.Store;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Recommendations;

/// <summary>How the inbox is read.</summary>
internal static class RecommendationQueries
{
    public static void AddTo(ObjectGraphType query, Connections connections, FilterTypes filters) => query.AddField(new FieldType
    {
        Name = "recommendations",
        Description = "The caller's inbox in the order of its cursors, oldest first; without rights, everybody's (推荐收件箱).",
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
            await using var store = stores.Open();
            var items = list.WantsItems ? await list.Page(store, Inbox.Of(store, scope)).ToListAsync(context.CancellationToken) : [];
            return list.Connection(items, async cancellation =>
            {
                await using var counting = stores.Open();
                return await list.Matching(counting, Inbox.Of(counting, scope)).CountAsync(cancellation);
            });
        }),
    });

    /// <summary>A recommendation by its key; null where there is none in the inbox.</summary>
    public static IDataLoaderResult<Recommendation?> Load(Batches batches, Guid key) =>
        new Then<Recommendation, Recommendation?>(batches.ById<Recommendation>().Load(key), found => found is { Position: not null, TakenBackAt: null } ? found : null);

    private static InboxScope Scope(IResolveFieldContext context) => new(
        context.GetArgument<string?>("needId") is { } need ? Ids.Decode(need, "Need", "needId") : null,
        context.GetArgument<string?>("institutionId") is { } institution ? Ids.Decode(institution, "Institution", "institutionId") : null);
}
