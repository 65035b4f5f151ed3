using System.Linq.Expressions;
using System.Reflection;
using Matchmaking.Store;

namespace Matchmaking.Api;

/// <summary>Stands in a condition for the rows of another table, until it is known which store is asked.</summary>
internal static class Rows
{
    private static readonly MethodInfo Marker = typeof(Rows).GetMethod(nameof(Of), BindingFlags.Static | BindingFlags.NonPublic)!;

    /// <summary>All rows of an entity, as an expression.</summary>
    public static Expression Of(Type entity) => Expression.Call(Marker.MakeGenericMethod(entity));

    /// <summary>The expression with the rows of this store in it.</summary>
    public static TExpression In<TExpression>(StoreContext store, TExpression expression) where TExpression : Expression => (TExpression)new Filling(store).Visit(expression);

    private static IQueryable<T> Of<T>() => throw new NotSupportedException("Only the text of an expression.");

    private sealed class Filling(StoreContext store) : ExpressionVisitor
    {
        private static readonly MethodInfo Set = typeof(StoreContext).GetMethod(nameof(StoreContext.Set), 1, [])!;

        protected override Expression VisitMethodCall(MethodCallExpression node) =>
            node.Method.IsGenericMethod && node.Method.GetGenericMethodDefinition() == Marker
                ? ((IQueryable)Set.MakeGenericMethod(node.Method.GetGenericArguments()).Invoke(store, null)!).Expression
                : base.VisitMethodCall(node);
    }
}
