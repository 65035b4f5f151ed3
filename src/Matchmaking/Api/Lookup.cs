using System.Linq.Expressions;
using Matchmaking.Store;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Api;

/// <summary>The statement that finds rows by their keys, which nearly each request sends.</summary>
/// <remarks>EF either reads an expression anew each time, which takes longer than the statement itself, or compiles it once. A selection's is
/// compiled when it's asked again: one that never comes back isn't worth the while.</remarks>
/// <param name="fetch">What is read of a row; null for all of it.</param>
internal sealed class Lookup<T>(Expression<Func<T, T>>? fetch) where T : class
{
    public static readonly Func<T, Guid> KeyOf = typeof(T).GetProperty("Id")!.GetMethod!.CreateDelegate<Func<T, Guid>>();

    private static readonly ParameterExpression Row = Expression.Parameter(typeof(T), "e");
    private static readonly MemberExpression Column = Expression.Property(Row, "Id");

    private bool _isKnown;
    private Func<StoreContext, Guid, IAsyncEnumerable<T>>? _one;
    private Func<StoreContext, List<Guid>, IAsyncEnumerable<T>>? _several;

    /// <summary>The rows of these keys, as far as there are any.</summary>
    public IAsyncEnumerable<T> Find(StoreContext store, IReadOnlyCollection<Guid> keys)
    {
        // One key is looked up faster than a list of one.
        var one = keys.Count == 1;
        if (_isKnown)
            return one ? (_one ??= Compile<Guid>(Is))(store, keys.First()) : (_several ??= Compile<List<Guid>>(IsIn))(store, [.. keys]);
        _isKnown = true;
        var rows = store.Set<T>().Where(Among(keys));
        return (fetch is null ? rows : rows.Select(fetch)).AsAsyncEnumerable();
    }

    /// <summary>Whether a row has one of these keys.</summary>
    public static Expression<Func<T, bool>> Among(IReadOnlyCollection<Guid> keys) =>
        keys.Count == 1 ? Is(Operations.Operand(keys.First(), typeof(Guid))) : IsIn(Operations.Operand(keys.ToList(), typeof(List<Guid>)));

    private static Expression<Func<T, bool>> Is(Expression key) => Expression.Lambda<Func<T, bool>>(Expression.Equal(Column, key), Row);

    private static Expression<Func<T, bool>> IsIn(Expression keys) => Expression.Lambda<Func<T, bool>>(Expression.Call(keys, nameof(List<Guid>.Contains), [], Column), Row);

    private Func<StoreContext, TKey, IAsyncEnumerable<T>> Compile<TKey>(Func<Expression, Expression<Func<T, bool>>> condition)
    {
        var store = Expression.Parameter(typeof(StoreContext), "store");
        var key = Expression.Parameter(typeof(TKey), "key");
        var rows = Expression.Call(store, nameof(DbContext.Set), [typeof(T)]);
        rows = Expression.Call(typeof(Queryable), nameof(Queryable.Where), [typeof(T)], rows, Expression.Quote(condition(key)));
        if (fetch is not null)
            rows = Expression.Call(typeof(Queryable), nameof(Queryable.Select), [typeof(T), typeof(T)], rows, Expression.Quote(fetch));
        return EF.CompileAsyncQuery(Expression.Lambda<Func<StoreContext, TKey, IQueryable<T>>>(rows, store, key));
    }
}
