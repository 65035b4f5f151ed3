using System.Linq.Expressions;
using GraphQL;
using GraphQL.DataLoader;
using Matchmaking.Store;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Api;

/// <summary>Collects the keys that one level of a query asks for and fetches them in one go.</summary>
/// <remarks>One per request and kind. The executor gathers every result of a level before it awaits the first, which is when
/// the batch goes out. Nothing is remembered past the request, so nothing goes stale.</remarks>
internal sealed class Batch<TKey, TValue>(Func<IReadOnlyCollection<TKey>, CancellationToken, Task<Dictionary<TKey, TValue>>> fetch, TValue? missing = default)
    where TKey : notnull
{
    private readonly Dictionary<TKey, Task<Dictionary<TKey, TValue>>> _fetched = [];
    private readonly HashSet<TKey> _waiting = [];

    public IDataLoaderResult<TValue?> Load(TKey key)
    {
        lock (_fetched)
        {
            if (!_fetched.ContainsKey(key))
                _waiting.Add(key);
        }
        return new Result(this, key);
    }

    public async Task<TValue?> GetAsync(TKey key, CancellationToken cancellation)
    {
        Task<Dictionary<TKey, TValue>>? task;
        lock (_fetched)
        {
            if (!_fetched.TryGetValue(key, out task))
            {
                _waiting.Add(key);
                TKey[] keys = [.. _waiting];
                _waiting.Clear();
                task = fetch(keys, cancellation);
                foreach (var each in keys)
                    _fetched[each] = task;
            }
        }
        return (await task).TryGetValue(key, out var value) ? value : missing;
    }

    private sealed class Result(Batch<TKey, TValue> batch, TKey key) : IDataLoaderResult<TValue?>
    {
        public Task<TValue?> GetResultAsync(CancellationToken cancellationToken = default) => batch.GetAsync(key, cancellationToken);

        async Task<object?> IDataLoaderResult.GetResultAsync(CancellationToken cancellationToken) => await GetResultAsync(cancellationToken);
    }
}

/// <summary>The batches of one request.</summary>
internal sealed class Batches(StoreFactory stores)
{
    private readonly Dictionary<object, object> _batches = [];

    /// <summary>Entities by their key.</summary>
    public Batch<Guid, T> ById<T>() where T : class => Get<Guid, T>(typeof(T), (keys, cancellation) => FetchAsync<T>(keys, null, cancellation));

    /// <summary>Entities by their key, with what the selection below a field reads of them.</summary>
    public Batch<Guid, T> ById<T>(IResolveFieldContext context) where T : class
    {
        var projection = Projection<T>.Of(context);
        return projection.Key is null ? ById<T>() : Get<Guid, T>((typeof(T), projection.Key), (keys, cancellation) => FetchAsync(keys, projection, cancellation));
    }

    private async Task<Dictionary<Guid, T>> FetchAsync<T>(IReadOnlyCollection<Guid> keys, Projection<T>? projection, CancellationToken cancellation) where T : class
    {
        await using var store = stores.Open();
        // One key is looked up faster than a list of one.
        var rows = store.Set<T>().Where(keys.Count == 1 ? Keyed<T>.Is(keys.First()) : Keyed<T>.IsIn(keys));
        return await (projection?.Of(rows) ?? rows).ToDictionaryAsync(Keyed<T>.Key, cancellation);
    }

    /// <summary>The rows that belong to a parent, in the order of the query.</summary>
    public Batch<Guid, List<T>> Children<T>(object name, Func<StoreContext, IReadOnlyCollection<Guid>, IQueryable<T>> rows, Func<T, Guid> parent) =>
        Get<Guid, List<T>>(name, async (keys, cancellation) =>
        {
            await using var store = stores.Open();
            return (await rows(store, keys).ToListAsync(cancellation)).GroupBy(parent).ToDictionary(g => g.Key, g => g.ToList());
        }, missing: []);

    /// <summary>The batch of this name, made on first use.</summary>
    public Batch<TKey, TValue> Get<TKey, TValue>(
        object name, Func<IReadOnlyCollection<TKey>, CancellationToken, Task<Dictionary<TKey, TValue>>> fetch, TValue? missing = default)
        where TKey : notnull
    {
        lock (_batches)
        {
            if (!_batches.TryGetValue(name, out var batch))
                _batches[name] = batch = new Batch<TKey, TValue>(fetch, missing);
            return (Batch<TKey, TValue>)batch;
        }
    }

    private static class Keyed<T>
    {
        public static readonly Func<T, Guid> Key = typeof(T).GetProperty("Id")!.GetMethod!.CreateDelegate<Func<T, Guid>>();

        private static readonly ParameterExpression Row = Expression.Parameter(typeof(T), "e");
        private static readonly MemberExpression Column = Expression.Property(Row, "Id");

        public static Expression<Func<T, bool>> Is(Guid key) => Expression.Lambda<Func<T, bool>>(Expression.Equal(Column, Operations.Operand(key, typeof(Guid))), Row);

        public static Expression<Func<T, bool>> IsIn(IReadOnlyCollection<Guid> keys) =>
            Expression.Lambda<Func<T, bool>>(Expression.Call(Operations.Operand(keys.ToList(), typeof(List<Guid>)), nameof(List<Guid>.Contains), [], Column), Row);
    }
}
