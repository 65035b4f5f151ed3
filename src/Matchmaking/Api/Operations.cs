using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Reflection;
using System.Text;
using GraphQL.Types;
using Matchmaking.Store;

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
        _ when type == typeof(decimal) => new("Decimal", typeof(DecimalType), type, [.. Equality, .. Order]),
        _ when type == typeof(double) => new("Float", typeof(FloatGraphType), type, [.. Equality, .. Order]),
        _ when type == typeof(DateOnly) => new("LocalDate", typeof(LocalDateType), type, [.. Equality, .. Order]),
        _ when type == typeof(DateTime) => new("DateTime", typeof(InstantType), type, [.. Equality, .. Order]),
        _ when type == typeof(bool) => new("Boolean", typeof(BooleanGraphType), type, ["eq", "neq"]),
        { IsEnum: true } => new(type.Name, typeof(EnumerationGraphType<>).MakeGenericType(type), type, Equality),
        _ => throw new NotSupportedException($"{type.Name} can't be filtered."),
    };

    public bool IsList(string operation) => operation is "in" or "nin";

    /// <summary>The condition <paramref name="operation"/> of a member and an operand.</summary>
    /// <remarks>An unknown value meets no comparison, and so meets each negated one, as in C# and in HotChocolate on EF Core.</remarks>
    /// <exception cref="GraphQL.ExecutionError">A null that can't be compared, or text that can't be stored.</exception>
    public Expression Apply(Expression member, string operation, object? operand, string path)
    {
        if (operand is string text && TextRules.FirstBad(text) is { } bad)
            throw Errors.BadQuery(path, $"it holds {bad.What} at position {bad.Position}.");
        return operation switch
        {
            "eq" => operand is null ? Unknown(member) : Equal(member, operand),
            "neq" => Expression.Not(Apply(member, "eq", operand, path)),
            _ when operand is null => throw Errors.NullOperand(path),
            "in" => In(member, (System.Collections.IEnumerable)operand, path),
            // What is stored lies on a grid, of cents or milliseconds: an operand between two of its lines is compared by one of them.
            "gt" => Compare(ExpressionType.GreaterThan, member, Around(operand).Floor),
            "gte" => Compare(ExpressionType.GreaterThanOrEqual, member, Around(operand).Ceiling),
            "lt" => Compare(ExpressionType.LessThan, member, Around(operand).Ceiling),
            "lte" => Compare(ExpressionType.LessThanOrEqual, member, Around(operand).Floor),
            "contains" => Call(member, nameof(string.Contains), Operand(operand, typeof(string))),
            "startsWith" => StartsWith(member, (string)operand),
            "endsWith" => EndsWith(member, (string)operand),
            _ when operation[0] == 'n' => Expression.Not(Apply(member, operation[1..], operand, path)),
            _ => throw new NotSupportedException(operation),
        };
    }

    private static Expression Unknown(Expression member) =>
        member.Type.IsValueType && Nullable.GetUnderlyingType(member.Type) is null
            ? Expression.Constant(false)
            : Expression.Equal(member, Expression.Constant(null, member.Type));

    private static Expression Equal(Expression member, object operand)
    {
        var (floor, ceiling) = Around(operand);
        return Equals(floor, ceiling) ? Expression.Equal(member, Operand(floor, member.Type)) : Expression.Constant(false);
    }

    /// <summary>The next values down and up that can be stored; both the operand itself where it can be.</summary>
    private static (object Floor, object Ceiling) Around(object operand)
    {
        switch (operand)
        {
            case decimal yuan when Math.Abs(yuan) < Fen.Bound:
                return (decimal.Floor(yuan * 100m) / 100m, decimal.Ceiling(yuan * 100m) / 100m);
            case DateTime at when at < DateTime.MaxValue.AddMilliseconds(-1):
                var floor = at.AddTicks(-(at.Ticks % TimeSpan.TicksPerMillisecond));
                return (floor, floor == at ? at : floor.AddMilliseconds(1));
            default:
                return (operand, operand);
        }
    }

    /// <summary>An operand as a parameter of the statement, so that the plan is compiled once for all values.</summary>
    internal static Expression Operand(object? value, Type type)
    {
        // Rather a delegate a type than reflection a value: each page of each list comes by here.
        var held = Operands.GetOrAdd(type, static type =>
            typeof(Operations).GetMethod(nameof(Held), BindingFlags.Static | BindingFlags.NonPublic)!.MakeGenericMethod(type).CreateDelegate<Func<object?, Expression>>());
        return held(value);
    }

    private static readonly ConcurrentDictionary<Type, Func<object?, Expression>> Operands = [];

    private static MemberExpression Held<T>(object? value) => Expression.Field(Expression.Constant(new Holder<T>((T)value!)), nameof(Holder<T>.Value));

    internal static Expression Compare(ExpressionType comparison, Expression member, object? operand)
    {
        var value = Operand(operand, member.Type);
        return Nullable.GetUnderlyingType(member.Type) is null && member.Type == typeof(string)
            ? Expression.MakeBinary(comparison, Expression.Call(StringCompare, member, value), Expression.Constant(0))
            : Expression.MakeBinary(comparison, member, value);
    }

    private static readonly MethodInfo StringCompare = typeof(string).GetMethod(nameof(string.Compare), [typeof(string), typeof(string)])!;

    private static Expression In(Expression member, System.Collections.IEnumerable operand, string path)
    {
        var items = (System.Collections.IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(member.Type))!;
        var unknown = false;
        foreach (var item in operand)
        {
            if (item is string text && TextRules.FirstBad(text) is { } bad)
                throw Errors.BadQuery(path, $"an item holds {bad.What} at position {bad.Position}.");
            if (item is null)
                unknown = true;
            else if (Around(item) is var (floor, ceiling) && Equals(floor, ceiling))
                items.Add(item);
        }
        var known = Expression.Call(Operand(items, items.GetType()), items.GetType().GetMethod(nameof(List<int>.Contains))!, member);
        return unknown ? Expression.OrElse(Unknown(member), known) : known;
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
