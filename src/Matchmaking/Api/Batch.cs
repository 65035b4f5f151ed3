using GraphQL;
using GraphQL.DataLoader;
using Matchmaking.Access;
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
internal sealed class Batches(StoreFactory stores, Viewer viewer)
{
    private readonly Dictionary<object, object> _batches = [];

    /// <summary>Entities by their key.</summary>
    public Batch<Guid, T> ById<T>() where T : class => ById(typeof(T), Projection<T>.Whole);

    /// <summary>Entities by their key, with what the selection below a field reads of them.</summary>
    public Batch<Guid, T> ById<T>(IResolveFieldContext context) where T : class
    {
        var projection = Projection<T>.Of(context);
        return projection.Key is null ? ById<T>() : ById((typeof(T), projection.Key), projection);
    }

    /// <summary>Entities by a key that they have or once had.</summary>
    /// <param name="moved">Those of the given keys that lead to another, with it.</param>
    public Batch<Guid, T> ByAnyId<T>(IResolveFieldContext? context, Func<StoreContext, List<Guid>, IQueryable<KeyValuePair<Guid, Guid>>> moved) where T : class
    {
        var projection = context is null ? Projection<T>.Whole : Projection<T>.Of(context);
        return Get<Guid, T>((typeof(T), "any", projection.Key), async (keys, cancellation) =>
        {
            await using var store = stores.Open(viewer);
            var found = await FindAsync(store, projection, keys, cancellation);
            if (found.Count == keys.Count)
                return found;
            var leads = await moved(store, [.. keys.Where(key => !found.ContainsKey(key))]).ToListAsync(cancellation);
            var others = leads.Count == 0 ? [] : await FindAsync(store, projection, [.. leads.Select(lead => lead.Value).Distinct()], cancellation);
            foreach (var (from, to) in leads)
            {
                if (others.TryGetValue(to, out var entity))
                    found[from] = entity;
            }
            return found;
        });
    }

    private Batch<Guid, T> ById<T>(object name, Projection<T> projection) where T : class => Get<Guid, T>(name, async (keys, cancellation) =>
    {
        await using var store = stores.Open(viewer);
        return await FindAsync(store, projection, keys, cancellation);
    });

    private static async Task<Dictionary<Guid, T>> FindAsync<T>(StoreContext store, Projection<T> projection, IReadOnlyCollection<Guid> keys, CancellationToken cancellation) where T : class
    {
        var found = new Dictionary<Guid, T>(keys.Count);
        await foreach (var row in projection.Of(store, keys).WithCancellation(cancellation))
            found.Add(Lookup<T>.KeyOf(row), row);
        return found;
    }

    /// <summary>The rows that belong to a parent, in the order of the query.</summary>
    public Batch<Guid, List<T>> Children<T>(object name, Func<StoreContext, IReadOnlyCollection<Guid>, IQueryable<T>> rows, Func<T, Guid> parent) =>
        Get<Guid, List<T>>(name, async (keys, cancellation) =>
        {
            await using var store = stores.Open(viewer);
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
}
