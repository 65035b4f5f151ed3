using GraphQL;
using GraphQL.Types;
using Matchmaking.Access;
using Matchmaking.Api;
using Matchmaking.Store;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Deliveries;

/// <summary>How registrations are listed.</summary>
internal static class DeliveryQueries
{
    public static void AddTo(ObjectGraphType query, Connections connections, FilterTypes filters)
    {
        AddList(query, connections, filters, "webhooks", "webhook", "Webhooks", "The webhooks of an enterprise or an institution (回调通知列表).", WebhookType.Filterable,
            (store, owner) => store.Webhooks.Where(w => w.EnterpriseId == owner.EnterpriseId && w.InstitutionId == owner.InstitutionId));
        AddList(query, connections, filters, "digests", "digest", "Digests", "The e-mail digests of an enterprise or an institution (邮件摘要列表).", DigestType.Filterable,
            (store, owner) => store.Digests.Where(d => d.EnterpriseId == owner.EnterpriseId && d.InstitutionId == owner.InstitutionId));
        query.Field<NonNullGraphType<ListGraphType<NonNullGraphType<NeedFeedType>>>>("needFeeds").Description($"The feeds of a need, {NeedFeed.MostPerNeed} at most, oldest first (订阅源列表).")
            .Argument<NonNullGraphType<IdGraphType>>("needId", "The need's id (需求标识).")
            .ResolveAsync(async context =>
            {
                await using var store = context.OpenStore();
                var need = Ids.Decode(context.GetArgument<string>("needId"), "Need", "needId");
                var owner = await store.Needs.Where(n => n.Id == need).Select(n => new { n.EnterpriseId }).SingleOrDefaultAsync(context.CancellationToken);
                return owner is not null && Owners.MaySpeakFor(context, new Owner(owner.EnterpriseId, null))
                    ? await store.NeedFeeds.Where(f => f.NeedId == need).OrderBy(f => f.Id).ToListAsync(context.CancellationToken)
                    : throw Errors.BadId("needId: there is no need of this id.");
            });
    }

    private static void AddList<T>(
        ObjectGraphType query, Connections connections, FilterTypes filters, string name, string what, string plural, string description, Filterable<T> filterable,
        Func<StoreContext, Owner, IQueryable<T>> of) where T : Registration => query.AddField(new FieldType
        {
            Name = name,
            Description = description,
            ResolvedType = connections.Type<T>(what, plural, new GraphQLTypeReference(typeof(T).Name)),
            Arguments = new QueryArguments(
            [
                new QueryArgument<IdGraphType> { Name = "enterpriseId", Description = "Those of this enterprise; this or institutionId is needed (企业标识)." },
                new QueryArgument<IdGraphType> { Name = "institutionId", Description = "Those of this institution; this or enterpriseId is needed (机构标识)." },
                new QueryArgument(filters.Filter(filterable)) { Name = "where", Description = "Only what meets these conditions (筛选)." },
                .. Connections.PagingArguments(both: true),
            ]),
            Resolver = new GraphQL.Resolvers.FuncFieldResolver<object?, Connection<T>>(async context =>
            {
                var owner = Owners.Named(context);
                var list = new ListRequest<T>(context, filterable, filters);
                var (stores, viewer) = (context.Get<StoreFactory>(), context.Get<Viewer>());
                await using var store = stores.Open(viewer);
                var items = list.WantsItems ? await list.Page(store, of(store, owner)).ToListAsync(context.CancellationToken) : [];
                return list.Connection(items, async cancellation =>
                {
                    await using var counting = stores.Open(viewer);
                    return await list.Matching(counting, of(counting, owner)).CountAsync(cancellation);
                });
            }),
        });
}
