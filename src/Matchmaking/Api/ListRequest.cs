using System.Linq.Expressions;
using System.Reflection;
using GraphQL;
using GraphQL.DataLoader;
using Matchmaking.Access;
using Matchmaking.Store;

namespace Matchmaking.Api;

/// <summary>What one list field asks for: conditions, order, place and size, all checked before anything is read.</summary>
internal sealed class ListRequest<TEntity> where TEntity : class
{
    /// <summary>How many comparisons one filter, or fields one order, may have.</summary>
    private const int MaxConditions = 200;

    private readonly Paging _paging;
    private readonly Ordering<TEntity> _ordering;
    private readonly Expression<Func<TEntity, bool>>? _condition;
    private readonly Expression<Func<TEntity, bool>>? _after;
    private readonly Expression<Func<TEntity, bool>>? _before;
    private readonly Projection<TEntity> _projection;

    /// <exception cref="ExecutionError">A page, cursor or condition that can't be taken.</exception>
    /// <param name="place">What the order ends in, unique to each; the key where null.</param>
    public ListRequest(IResolveFieldContext context, Filterable<TEntity> entity, FilterTypes filters, PropertyInfo? place = null)
    {
        _paging = Paging.From(context);
        var viewer = context.Get<Viewer>();
        Bound("where", ListSize.Conditions(context.GetArgument<object?>("where")));
        Bound("order", ListSize.Conditions(context.GetArgument<object?>("order")));
        _condition = context.GetArgument<IDictionary<string, object?>?>("where") is { } where ? filters.Condition(entity, where, viewer) : null;
        _ordering = Ordering<TEntity>.Of(entity, context.GetArgument<List<IDictionary<string, object?>>?>("order"), viewer, place);
        _after = _paging.After is { } after ? _ordering.Beyond(after, before: false) : null;
        _before = _paging.Before is { } before ? _ordering.Beyond(before, before: true) : null;
        _projection = Projection<TEntity>.Of(context);
        WantsItems = context.AsksFor("edges", "nodes", "pageInfo");
    }

    /// <summary>Whether more than the count is asked for.</summary>
    public bool WantsItems { get; }

    public IQueryable<TEntity> Matching(StoreContext store, IQueryable<TEntity> source) => _condition is null ? source : source.Where(Rows.In(store, _condition));

    public IQueryable<TEntity> Ordered(StoreContext store, IQueryable<TEntity> source) => _ordering.Apply(store, source, _paging.Backwards);

    /// <summary>The page and one item more, which tells whether there is a next one.</summary>
    public IQueryable<TEntity> Page(StoreContext store, IQueryable<TEntity> source)
    {
        var matching = Matching(store, source);
        if (_after is not null)
            matching = matching.Where(Rows.In(store, _after));
        if (_before is not null)
            matching = matching.Where(Rows.In(store, _before));
        return Ordered(store, matching).Take(_paging.Size + 1);
    }

    /// <summary>The rows with what the selection and the cursors read of them.</summary>
    public IQueryable<TEntity> Fetched(StoreContext store, IQueryable<TEntity> rows, params PropertyInfo[] also) => _projection.Of(store, rows, [.. _ordering.Properties, .. also]);

    public Connection<TEntity> Connection(List<TEntity> items, Func<CancellationToken, Task<int>> count)
    {
        var more = items.Count > _paging.Size;
        var page = items.Take(_paging.Size).Select(item => new Edge<TEntity>(_ordering.Cursor(item), item));
        return _paging.Backwards
            ? new Connection<TEntity>([.. page.Reverse()], _paging.Before is not null, more, count)
            : new Connection<TEntity>([.. page], more, _paging.After is not null, count);
    }

    // A database nests what is joined by and and or; SQLite does so 1,000 levels deep and no further.
    private static void Bound(string argument, int size)
    {
        if (size > MaxConditions)
            throw Errors.BadQuery(argument, $"{size} conditions were given, at most {MaxConditions} are allowed.");
    }
}

/// <summary>What is made when all fields of the level have said what they need from their batches.</summary>
internal sealed class Deferred<T>(Func<CancellationToken, Task<T>> make) : IDataLoaderResult<T>
{
    public Task<T> GetResultAsync(CancellationToken cancellationToken = default) => make(cancellationToken);

    async Task<object?> IDataLoaderResult.GetResultAsync(CancellationToken cancellationToken) => await make(cancellationToken);
}

/// <summary>What is made of a batch's result when it is there.</summary>
internal sealed class Then<TFirst, TSecond>(IDataLoaderResult<TFirst?> first, Func<TFirst?, TSecond> make) : IDataLoaderResult<TSecond>
{
    public async Task<TSecond> GetResultAsync(CancellationToken cancellationToken = default) => make(await first.GetResultAsync(cancellationToken));

    async Task<object?> IDataLoaderResult.GetResultAsync(CancellationToken cancellationToken) => await GetResultAsync(cancellationToken);
}
