using System.Linq.Expressions;
using System.Reflection;
using GraphQL;
using GraphQL.Types;
using Matchmaking.Access;
using Matchmaking.Store;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Api;

/// <summary>One page of a list and how to go on from it.</summary>
/// <remarks>The count is asked for later than the page, when the page field's own context has been put to another use.</remarks>
internal record Connection<T>(IReadOnlyList<Edge<T>> Edges, bool HasNextPage, bool HasPreviousPage, Func<CancellationToken, Task<int>> Count)
{
    public static readonly Connection<T> Empty = new([], false, false, _ => Task.FromResult(0));
}

internal sealed record Edge<T>(string Cursor, T Node);

/// <summary>How much of a list is asked for, and where.</summary>
internal readonly record struct Paging(int Size, string? After, string? Before, bool Backwards)
{
    public const int DefaultSize = 10;
    public const int MaxSize = 50;

    /// <exception cref="ExecutionError">HC0051, HC0079 or BOTH_FIRST_AND_LAST.</exception>
    public static Paging From(IResolveFieldContext context, int defaultSize = DefaultSize)
    {
        var first = context.GetArgument<int?>("first");
        var last = context.HasArgument("last") ? context.GetArgument<int?>("last") : null;
        if (first is not null && last is not null)
            throw Errors.BothFirstAndLast();
        var (argument, size) = last is { } n ? ("last", n) : ("first", first ?? defaultSize);
        if (size < 0)
            throw Errors.NegativePage(argument, size);
        if (size > MaxSize)
            throw Errors.PageTooLarge(argument, size, MaxSize);
        return new Paging(size, context.GetArgument<string?>("after"), context.HasArgument("before") ? context.GetArgument<string?>("before") : null, last is not null);
    }
}

/// <summary>The connection types, each once by its name, and the fields that page through the store.</summary>
internal sealed class Connections(FilterTypes filters)
{
    /// <summary>How many parents' pages one statement unites; SQLite takes 500 at most.</summary>
    private const int MaxUnion = 100;

    private readonly Dictionary<string, IObjectGraphType> _types = [];

    /// <summary>Adds a filtered, ordered, paged list of all entities of a kind.</summary>
    public void Field<TEntity>(ObjectGraphType query, string name, string description, Filterable<TEntity> entity) where TEntity : class
    {
        var field = Listed(query, name, description, entity);
        field.Resolver = new GraphQL.Resolvers.FuncFieldResolver<object?, Connection<TEntity>>(async context =>
        {
            var list = new ListRequest<TEntity>(context, entity, filters);
            await using var store = context.OpenStore();
            var items = list.WantsItems ? await list.Fetched(store, list.Page(store, store.Set<TEntity>())).ToListAsync(context.CancellationToken) : [];
            var (stores, viewer) = (context.Get<StoreFactory>(), context.Get<Viewer>());
            return list.Connection(items, async cancellation =>
            {
                await using var counting = stores.Open(viewer);
                return await list.Matching(counting, counting.Set<TEntity>()).CountAsync(cancellation);
            });
        });
    }

    /// <summary>Adds the filtered, ordered, paged list of what belongs to a parent; a level of parents costs one statement.</summary>
    /// <param name="of">The parent, which can be filtered by what belongs to it.</param>
    /// <param name="keyOf">The parent's key.</param>
    /// <param name="owner">The property of the entity that holds it.</param>
    public void Children<TParent, TEntity>(
        ComplexGraphType<TParent> parent, string name, string description, Filterable<TEntity> entity,
        Filterable<TParent> of, Expression<Func<TParent, Guid>> keyOf, Expression<Func<TEntity, Guid?>> owner)
        where TEntity : class
    {
        filters.Relate(of, name, entity, keyOf, owner);
        var key = keyOf.Compile();
        var field = Listed(parent, name, description, entity);
        var ownerOf = owner.Compile();
        field.Resolver = new GraphQL.Resolvers.FuncFieldResolver<TParent, object>(context =>
        {
            var list = new ListRequest<TEntity>(context, entity, filters);
            var (stores, viewer) = (context.Get<StoreFactory>(), context.Get<Viewer>());
            var batches = context.Get<Batches>();
            // The same field of the same document has the same arguments for each parent of a level.
            var pages = batches.Get<Guid, List<TEntity>>((context.FieldAst, "page"), async (keys, cancellation) =>
            {
                await using var store = stores.Open(viewer);
                var items = new List<TEntity>();
                foreach (var some in keys.Chunk(MaxUnion))
                {
                    var all = some.Select(k => list.Page(store, Known(store, owner).Where(Owned(owner, k)))).Aggregate(Queryable.Concat);
                    items.AddRange(await list.Fetched(store, list.Ordered(store, all), Relation.Property(owner)).ToListAsync(cancellation));
                }
                return items.GroupBy(item => ownerOf(item)!.Value).ToDictionary(g => g.Key, g => g.ToList());
            }, missing: []);
            var counts = batches.Get<Guid, int>((context.FieldAst, "count"), async (keys, cancellation) =>
            {
                await using var store = stores.Open(viewer);
                var wanted = keys.Select(k => (Guid?)k).ToList();
                var owned = Expression.Lambda<Func<TEntity, bool>>(Expression.Call(Expression.Constant(wanted), nameof(List<Guid?>.Contains), [], owner.Body), owner.Parameters);
                return await list.Matching(store, Known(store, owner)).Where(owned).GroupBy(owner).Select(g => new { g.Key, Count = g.Count() })
                    .ToDictionaryAsync(g => g.Key!.Value, g => g.Count, cancellation);
            });
            var id = key(context.Source);
            // Announced here, where all parents of the level come by before the first count is awaited.
            if (context.AsksFor("totalCount"))
                counts.Load(id);
            return list.WantsItems
                ? new Then<List<TEntity>, Connection<TEntity>>(pages.Load(id), items => list.Connection(items!, cancellation => counts.GetAsync(id, cancellation)))
                : list.Connection([], cancellation => counts.GetAsync(id, cancellation));
        });
    }

    private FieldType Listed<TSource, TEntity>(ComplexGraphType<TSource> parent, string name, string description, Filterable<TEntity> entity)
    {
        var field = new FieldType
        {
            Name = name,
            Description = description,
            ResolvedType = Type<TEntity>(entity.Name, Plural(entity.Name), new GraphQLTypeReference(entity.Name)),
            Arguments = new QueryArguments(PagingArguments(both: true))
            {
                new QueryArgument(filters.Filter(entity)) { Name = "where", Description = "Only what meets these conditions (筛选)." },
                new QueryArgument(new ListGraphType(new NonNullGraphType(filters.Sort(entity)))) { Name = "order", Description = "The order; by default the order of creation (排序)." },
            },
        };
        parent.AddField(field);
        return field.Weighs(Costs.Asking);
    }

    /// <summary>The rows of which the viewer may know whose they are.</summary>
    private static IQueryable<T> Known<T>(StoreContext store, Expression<Func<T, Guid?>> owner) where T : class =>
        Guards.May(store.Viewer, owner.Parameters[0], Relation.Property(owner)) is { } may
            ? store.Set<T>().Where(Rows.In(store, Expression.Lambda<Func<T, bool>>(may, owner.Parameters)))
            : store.Set<T>();

    private static Expression<Func<T, bool>> Owned<T>(Expression<Func<T, Guid?>> owner, Guid key) =>
        Expression.Lambda<Func<T, bool>>(Expression.Equal(owner.Body, Operations.Operand((Guid?)key, typeof(Guid?))), owner.Parameters);

    /// <summary>The connection type over nodes of this name: PatentsConnection and PatentsEdge.</summary>
    public IObjectGraphType Type<T>(string what, string plural, IGraphType node, Action<ObjectGraphType<Connection<T>>>? more = null)
    {
        if (_types.TryGetValue(plural, out var known))
            return known;
        var edge = new ObjectGraphType<Edge<T>> { Name = plural + "Edge", Description = $"One {what} in a list, with the place where it stands (边)." };
        edge.Field<NonNullGraphType<StringGraphType>>("cursor").Description("The place in the list; send it back as after or before (游标).").Resolve(c => c.Source.Cursor).FieldType.ReadingNothing();
        edge.AddField(new FieldType
        {
            Name = "node",
            Description = $"The {what} itself (节点).",
            ResolvedType = new NonNullGraphType(node),
            Resolver = new GraphQL.Resolvers.FuncFieldResolver<Edge<T>, T>(c => c.Source.Node),
        }.PassingOn());
        var connection = new ObjectGraphType<Connection<T>> { Name = plural + "Connection", Description = $"A page of a list of {what} (分页列表)." };
        connection.Field<NonNullGraphType<PageInfoType>>("pageInfo").Description("Where this page stands (页信息).").Resolve(c => new PageInfo(
            c.Source.HasNextPage, c.Source.HasPreviousPage, c.Source.Edges.FirstOrDefault()?.Cursor, c.Source.Edges.LastOrDefault()?.Cursor)).FieldType.ReadingNothing();
        connection.AddField(new FieldType
        {
            Name = "edges",
            Description = "The items with their cursors (边).",
            ResolvedType = new ListGraphType(new NonNullGraphType(edge)),
            Resolver = new GraphQL.Resolvers.FuncFieldResolver<Connection<T>, IReadOnlyList<Edge<T>>>(c => c.Source.Edges),
        }.PassingOn());
        connection.AddField(new FieldType
        {
            Name = "nodes",
            Description = "The items (节点).",
            ResolvedType = new ListGraphType(new NonNullGraphType(node)),
            Resolver = new GraphQL.Resolvers.FuncFieldResolver<Connection<T>, IEnumerable<T>>(c => c.Source.Edges.Select(e => e.Node)),
        }.PassingOn());
        connection.Field<NonNullGraphType<IntGraphType>>("totalCount").Description("How many there are in all; counted only when asked for (总数).").Weighs(Costs.Asking)
            .ResolveAsync(async c => await c.Source.Count(c.CancellationToken)).FieldType.ReadingNothing();
        more?.Invoke(connection);
        return _types[plural] = connection;
    }

    public static QueryArgument[] PagingArguments(bool both) =>
    [
        new QueryArgument<IntGraphType> { Name = "first", Description = $"At most so many from the start or after the cursor; {Paging.DefaultSize} by default, {Paging.MaxSize} at most (前几项)." },
        new QueryArgument<StringGraphType> { Name = "after", Description = "Go on behind this cursor (之后)." },
        .. both
            ? new QueryArgument[]
            {
                new QueryArgument<IntGraphType> { Name = "last", Description = "At most so many from the end or before the cursor; excludes first (后几项)." },
                new QueryArgument<StringGraphType> { Name = "before", Description = "What stands before this cursor (之前)." },
            }
            : [],
    ];

    private static string Plural(string name) => name.EndsWith('y') ? name[..^1] + "ies" : name + "s";
}

/// <summary>Where a page stands in its list (页信息).</summary>
internal sealed record PageInfo(bool HasNextPage, bool HasPreviousPage, string? StartCursor, string? EndCursor);

internal sealed class PageInfoType : ObjectGraphType<PageInfo>
{
    public PageInfoType()
    {
        Name = "PageInfo";
        Description = "Where a page stands in its list (页信息).";
        Field<NonNullGraphType<BooleanGraphType>>("hasNextPage").Description("Whether there is more behind it (有下一页).").Resolve(c => c.Source.HasNextPage);
        Field<NonNullGraphType<BooleanGraphType>>("hasPreviousPage").Description("Whether there is more before it (有上一页).").Resolve(c => c.Source.HasPreviousPage);
        Field<StringGraphType>("startCursor").Description("The cursor of its first item (起始游标).").Resolve(c => c.Source.StartCursor);
        Field<StringGraphType>("endCursor").Description("The cursor of its last item (末尾游标).").Resolve(c => c.Source.EndCursor);
    }
}
