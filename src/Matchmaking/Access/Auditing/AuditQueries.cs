using GraphQL;
using GraphQL.Types;
using Matchmaking.Api;
using Matchmaking.Store;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Access.Auditing;

/// <summary>An entry of the trail on the wire.</summary>
internal sealed class AuditEntryType : ObjectGraphType<AuditEntry>
{
    /// <summary>What the trail may be filtered by.</summary>
    public static readonly Filterable<AuditEntry> Filterable = new Filterable<AuditEntry>("AuditEntry")
        .Add(e => e.At).Add(e => e.Actor).Add(e => e.TokenId).Add(e => e.Address).Add(e => e.RequestId).Add(e => e.Action).Add(e => e.Kind).Add(e => e.Province);

    public AuditEntryType()
    {
        Name = "AuditEntry";
        Description = "One thing that somebody did or looked at (审计记录).";
        Field<NonNullGraphType<LongType>>("id").Description("Its place in the trail: 1, 2, 3 … (序号).").Resolve(c => c.Source.Id);
        Field<NonNullGraphType<InstantType>>("at").Description("When (时间).").Resolve(c => c.Source.At);
        Field<NonNullGraphType<StringGraphType>>("actor").Description("Who (操作者).").Resolve(c => c.Source.Actor);
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<EnumerationGraphType<Role>>>>>("roles").Description("What the actor was (角色).").Resolve(c => c.Source.Roles);
        Field<StringGraphType>("tokenId").Description("The token the actor showed; null without one (令牌标识).").Resolve(c => c.Source.TokenId);
        Field<StringGraphType>("address").Description("Where the actor came from; null for commands (来源地址).").Resolve(c => c.Source.Address);
        Field<StringGraphType>("requestId").Description("The request by which logs name it; null for commands (请求标识).").Resolve(c => c.Source.RequestId);
        Field<NonNullGraphType<EnumerationGraphType<AuditAction>>>("action").Description("What was done (操作).").Resolve(c => c.Source.Action);
        Field<NonNullGraphType<StringGraphType>>("kind").Description("The kind of thing it was done to, as the schema calls it (对象类型).").Resolve(c => c.Source.Kind);
        Field<IdGraphType>("entityId").Description("The thing's id; null where it has none here (对象标识).").Resolve(c => c.Source.EntityId == default ? null : Ids.Encode(c.Source.Kind == "NeedInvitation" ? "Need" : c.Source.Kind, c.Source.EntityId));
        Field<StringGraphType>("province").Description("The province of the enterprise concerned; null where none is (省份).").Resolve(c => c.Source.Province);
        Field<StringGraphType>("before").Description("What changed as it was, as JSON; null for what was made or looked at (修改前).").Resolve(c => c.Source.Before);
        Field<StringGraphType>("after").Description("What changed as it is since, as JSON; null for what was removed or looked at, and for rows that an import added (修改后).").Resolve(c => c.Source.After);
        Field<NonNullGraphType<StringGraphType>>("hash").Description("SHA-256 of all this and of the entry before it, in hexadecimal (哈希).").Resolve(c => c.Source.Hash);
    }
}

/// <summary>How the trail is read.</summary>
internal static class AuditQueries
{
    public static void AddTo(ObjectGraphType query, Connections connections, FilterTypes filters) => query.AddField(new FieldType
    {
        Name = "auditTrail",
        Description = "Who did what, or looked at what is confidential, oldest first; for an authority what concerns the firms of its province (审计记录列表).",
        ResolvedType = connections.Type<AuditEntry>("entry", "AuditTrail", new GraphQLTypeReference("AuditEntry")),
        Arguments = new QueryArguments(
        [
            new QueryArgument<IdGraphType> { Name = "entityId", Description = "Only what was done to this thing (对象标识)." },
            new QueryArgument(filters.Filter(AuditEntryType.Filterable)) { Name = "where", Description = "Only what meets these conditions (筛选)." },
            .. Connections.PagingArguments(both: true),
        ]),
        Resolver = new GraphQL.Resolvers.FuncFieldResolver<object?, Connection<AuditEntry>>(async context =>
        {
            var list = new ListRequest<AuditEntry>(context, AuditEntryType.Filterable, filters);
            Guid? entity = context.GetArgument<string?>("entityId") is { } id ? Ids.Decode(id, "entityId").Key : null;
            var (stores, viewer) = (context.Get<StoreFactory>(), context.Get<Viewer>());
            await using var store = stores.Open(viewer);
            var items = list.WantsItems ? await list.Page(store, Of(store, entity)).ToListAsync(context.CancellationToken) : [];
            return list.Connection(items, async cancellation =>
            {
                await using var counting = stores.Open(viewer);
                return await list.Matching(counting, Of(counting, entity)).CountAsync(cancellation);
            });
        }),
    });

    private static IQueryable<AuditEntry> Of(StoreContext store, Guid? entity) => entity is { } id ? store.AuditTrail.Where(e => e.EntityId == id) : store.AuditTrail;
}
