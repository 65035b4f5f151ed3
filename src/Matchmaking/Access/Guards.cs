using System.Linq.Expressions;
using System.Reflection;
using Matchmaking.Api;
using Matchmaking.Store;

namespace Matchmaking.Access;

/// <summary>Reads columns as a viewer may: where one isn't for the viewer, the row has nothing there, in answers, conditions and orders alike.</summary>
internal static class Guards
{
    /// <summary>Whether the rows of an entity look different to different viewers.</summary>
    public static bool Has(Type entity) => Rights.Values.Keys.Any(key => key.Item1 == entity);

    /// <summary>The column of a row, or nothing.</summary>
    /// <remarks>To be completed by <see cref="Rows"/>, since rules ask other tables.</remarks>
    public static Expression Read(Viewer viewer, Expression row, PropertyInfo property)
    {
        var column = Expression.Property(row, property);
        return May(viewer, row, property) is { } may ? Expression.Condition(may, column, Expression.Constant(null, column.Type)) : column;
    }

    /// <summary>Whether the column of this row may be read; null where anybody may who sees the row.</summary>
    public static Expression? May(Viewer viewer, Expression row, PropertyInfo property) =>
        viewer.SeesAll || !Rights.Values.TryGetValue((row.Type, property.Name), out var rule) ? null
        : new ForViewer(viewer, rule.Parameters[0]).Visit(new Replace(rule.Parameters[1], row).Visit(rule.Body));

    /// <summary>Puts values in the place of the viewer's, and any store's rows in the place of the store's.</summary>
    private sealed class ForViewer(Viewer viewer, ParameterExpression store) : ExpressionVisitor
    {
        protected override Expression VisitMember(MemberExpression node) => node switch
        {
            { Expression: MemberExpression { Member.Name: nameof(StoreContext.Viewer) }, Member: PropertyInfo property } => Operations.Operand(property.GetValue(viewer), property.PropertyType),
            { Expression: var from, Type.IsGenericType: true } when from == store => Rows.Of(node.Type.GetGenericArguments()[0]),
            _ => base.VisitMember(node),
        };
    }
}
