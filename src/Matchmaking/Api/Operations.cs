using System.Linq.Expressions;
using System.Reflection;
using System.Text;
using GraphQL.Types;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Api;

/// <summary>The comparisons that one scalar type allows in a filter, and what they mean in SQL.</summary>
/// <remarks>Names and meaning are HotChocolate's. They are exact: case and width count, on both databases alike.</remarks>
internal sealed class Operations
{
    private static readonly string[] Equality = ["eq", "neq", "in", "nin"];
    private static readonly string[] Order = ["gt", "ngt", "gte", "ngte", "lt", "nlt", "lte", "nlte"];
    private static readonly string[] Text = ["contains", "ncontains", "startsWith", "nstartsWith", "endsWith", "nendsWith"];

    private Operations(string name, Type scalar, Type type, IEnumerable<string> names)
    {
        Name = name;
        Scalar = scalar;
        Type = type;
        Names = [.. names];
    }

    /// <summary>The first word of the input type's name: String in StringOperationFilterInput.</summary>
    public string Name { get; }

    /// <summary>The graph type of the operand.</summary>
    public Type Scalar { get; }

    /// <summary>The CLR type of the operand.</summary>
    public Type Type { get; }

    public IReadOnlyList<string> Names { get; }

    public static Operations Of(Type type) => type switch
    {
        _ when type == typeof(string) => new("String", typeof(StringGraphType), type, [.. Equality, .. Text]),
        _ when type == typeof(int) => new("Int", typeof(IntGraphType), type, [.. Equality, .. Order]),
        _ when type == typeof(decimal) => new("Decimal", typeof(DecimalGraphType), type, [.. Equality, .. Order]),
        _ when type == typeof(double) => new("Float", typeof(FloatGraphType), type, [.. Equality, .. Order]),
        _ when type == typeof(DateOnly) => new("LocalDate", typeof(LocalDateType), type, [.. Equality, .. Order]),
        _ when type == typeof(DateTime) => new("DateTime", typeof(InstantType), type, [.. Equality, .. Order]),
        _ when type == typeof(bool) => new("Boolean", typeof(BooleanGraphType), type, ["eq", "neq"]),
        { IsEnum: true } => new(type.Name, typeof(EnumerationGraphType<>).MakeGenericType(type), type, Equality),
        _ => throw new NotSupportedException($"{type.Name} can't be filtered."),
    };

    public bool IsList(string operation) => operation is "in" or "nin";

    /// <summary>The condition <paramref name="operation"/> of a member and an operand.</summary>
    public Expression Apply(Expression member, string operation, object? operand)
    {
        if (operand is null && operation is not ("eq" or "neq"))
            return Expression.Constant(true);
        return operation switch
        {
            "eq" => Expression.Equal(member, Operand(operand, member.Type)),
            "neq" => Expression.NotEqual(member, Operand(operand, member.Type)),
            "in" => In(member, operand!),
            "nin" => Expression.Not(In(member, operand!)),
            "gt" => Compare(ExpressionType.GreaterThan, member, operand),
            "gte" => Compare(ExpressionType.GreaterThanOrEqual, member, operand),
            "lt" => Compare(ExpressionType.LessThan, member, operand),
            "lte" => Compare(ExpressionType.LessThanOrEqual, member, operand),
            "contains" => Call(member, nameof(string.Contains), Operand(operand, typeof(string))),
            "startsWith" => StartsWith(member, (string)operand!),
            "endsWith" => EndsWith(member, (string)operand!),
            _ when operation[0] == 'n' => Expression.Not(Apply(member, operation[1..], operand)),
            _ => throw new NotSupportedException(operation),
        };
    }

    /// <summary>An operand as a parameter of the statement, so that the plan is compiled once for all values.</summary>
    internal static Expression Operand(object? value, Type type)
    {
        var holder = typeof(Holder<>).MakeGenericType(type);
        return Expression.Field(Expression.Constant(Activator.CreateInstance(holder, value), holder), nameof(Holder<int>.Value));
    }

    internal static Expression Compare(ExpressionType comparison, Expression member, object? operand)
    {
        var value = Operand(operand, member.Type);
        return Nullable.GetUnderlyingType(member.Type) is null && member.Type == typeof(string)
            ? Expression.MakeBinary(comparison, Expression.Call(StringCompare, member, value), Expression.Constant(0))
            : Expression.MakeBinary(comparison, member, value);
    }

    private static readonly MethodInfo StringCompare = typeof(string).GetMethod(nameof(string.Compare), [typeof(string), typeof(string)])!;

    private Expression In(Expression member, object operand)
    {
        var list = (System.Collections.IEnumerable)operand;
        var items = (System.Collections.IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(member.Type))!;
        foreach (var item in list)
            items.Add(item);
        return Expression.Call(Operand(items, items.GetType()), items.GetType().GetMethod(nameof(List<int>.Contains))!, member);
    }

    // Not string.StartsWith: SQLite's LIKE would ignore case. Databases count code points, .NET counts UTF-16 units.
    private static Expression StartsWith(Expression member, string prefix) => Expression.Equal(
        Call(member, nameof(string.Substring), Operand(0, typeof(int)), Operand(CodePoints(prefix), typeof(int))), Operand(prefix, typeof(string)));

    private static Expression EndsWith(Expression member, string suffix)
    {
        var length = Expression.Property(member, nameof(string.Length));
        var count = Operand(CodePoints(suffix), typeof(int));
        return Expression.AndAlso(
            Expression.GreaterThanOrEqual(length, count),
            Expression.Equal(Call(member, nameof(string.Substring), Expression.Subtract(length, count)), Operand(suffix, typeof(string))));
    }

    private static int CodePoints(string text)
    {
        var count = 0;
        foreach (var _ in text.EnumerateRunes())
            count++;
        return count;
    }

    private static MethodCallExpression Call(Expression member, string method, params Expression[] arguments) =>
        Expression.Call(member, typeof(string).GetMethod(method, [.. arguments.Select(a => a.Type)])!, arguments);

    private sealed class Holder<T>(T value)
    {
        public readonly T Value = value;
    }
}
