using System.Linq.Expressions;
using GraphQL.Types;

namespace Matchmaking.Api;

/// <summary>Makes the input types of filters and orders, each once by its name, and turns their values into expressions.</summary>
internal sealed class FilterTypes
{
    private readonly Dictionary<string, IGraphType> _types = [];

    public IGraphType Filter<T>(Filterable<T> entity) => Filter(entity.Name, () => entity.Members);

    public IGraphType Sort<T>(Filterable<T> entity) => Once(entity.Name + "SortInput", name =>
    {
        var sort = new InputObjectGraphType { Name = name, Description = $"An order of {entity.Name}: one field an object, the first object counts most (排序)." };
        foreach (var (field, member) in entity.Members)
        {
            if (member is { Kind: FilterKind.Scalar, Operations.Type.IsEnum: false })
                sort.Field<EnumerationGraphType<SortEnumType>>(field).Description($"Order by {field}; unknown values come lowest.");
        }
        return sort;
    });

    private IGraphType Filter(string entity, Func<IReadOnlyDictionary<string, FilterMember>> members) => Once(entity + "FilterInput", name =>
    {
        var filter = new InputObjectGraphType { Name = name, Description = $"Conditions on {entity}; siblings must all hold (筛选)." };
        // In the table before its members: and, or and circles of entities lead back here.
        _types[name] = filter;
        var list = new ListGraphType(new NonNullGraphType(filter));
        Add(filter, "and", list, "All of these must hold (且).");
        Add(filter, "or", list, "At least one of these must hold (或).");
        foreach (var (field, member) in members())
        {
            var type = member.Kind switch
            {
                FilterKind.Scalar => Operation(member.Operations!),
                FilterKind.ScalarList => List(member.Operations!),
                _ => Filter(member.Object!.Name, member.Object.Members),
            };
            Add(filter, field, type, $"A condition on {field}.");
        }
        return filter;
    });

    /// <summary>The input type with the comparisons of one scalar.</summary>
    public IGraphType Operation(Operations operations) => Once(operations.Name + "OperationFilterInput", name =>
    {
        var input = new InputObjectGraphType { Name = name, Description = $"Comparisons of a {operations.Name}; siblings must all hold (比较)." };
        if (operations.Type == typeof(string))
        {
            _types[name] = input;
            var list = new ListGraphType(new NonNullGraphType(input));
            Add(input, "and", list, "All of these must hold (且).");
            Add(input, "or", list, "At least one of these must hold (或).");
        }
        foreach (var operation in operations.Names)
        {
            var type = operations.IsList(operation) ? typeof(ListGraphType<>).MakeGenericType(operations.Scalar) : operations.Scalar;
            input.Field(operation, type).Description(Meaning(operation));
        }
        return input;
    });

    private IGraphType List(Operations operations) => Once($"List{operations.Name}OperationFilterInput", name =>
    {
        var input = new InputObjectGraphType { Name = name, Description = $"Conditions on a list of {operations.Name}; siblings must all hold (列表条件)." };
        var item = Operation(operations);
        Add(input, "all", item, "Every item meets this (全部).");
        Add(input, "none", item, "No item meets this (无一).");
        Add(input, "some", item, "At least one item meets this (至少一项).");
        input.Field<BooleanGraphType>("any").Description("Whether the list has items at all (非空).");
        return input;
    });

    /// <summary>The condition that a value of a filter input states.</summary>
    public static Expression<Func<T, bool>> Condition<T>(Filterable<T> entity, IDictionary<string, object?> value)
    {
        var parameter = Expression.Parameter(typeof(T), "x");
        return Expression.Lambda<Func<T, bool>>(Condition(parameter, entity.Members, value), parameter);
    }

    /// <summary>The test of a single value that a scalar's comparisons state, for values that stand in no table.</summary>
    public static Func<T, bool> Test<T>(IDictionary<string, object?> value)
    {
        var parameter = Expression.Parameter(typeof(T), "x");
        return Expression.Lambda<Func<T, bool>>(Scalar(parameter, Operations.Of(typeof(T)), value), parameter).Compile(preferInterpretation: true);
    }

    private static Expression Condition(Expression source, IReadOnlyDictionary<string, FilterMember> members, IDictionary<string, object?> value)
    {
        Expression condition = Expression.Constant(true);
        foreach (var (field, given) in value)
        {
            if (given is null)
                continue;
            var next = field switch
            {
                "and" => Combine(given, v => Condition(source, members, v), Expression.AndAlso),
                "or" => Combine(given, v => Condition(source, members, v), Expression.OrElse),
                _ => Member(Expression.Property(source, members[field].Property), members[field], (IDictionary<string, object?>)given),
            };
            condition = And(condition, next);
        }
        return condition;
    }

    private static Expression Member(Expression member, FilterMember definition, IDictionary<string, object?> value) => definition.Kind switch
    {
        FilterKind.Scalar => Scalar(member, definition.Operations!, value),
        FilterKind.ScalarList => List(member, definition.Operations!, value),
        _ => And(Expression.NotEqual(member, Expression.Constant(null, member.Type)), Condition(member, definition.Object!.Members(), value)),
    };

    private static Expression Scalar(Expression member, Operations operations, IDictionary<string, object?> value)
    {
        Expression condition = Expression.Constant(true);
        foreach (var (operation, operand) in value)
        {
            condition = And(condition, operation switch
            {
                "and" => Combine(operand!, v => Scalar(member, operations, v), Expression.AndAlso),
                "or" => Combine(operand!, v => Scalar(member, operations, v), Expression.OrElse),
                _ => operations.Apply(member, operation, operand),
            });
        }
        return condition;
    }

    private static Expression List(Expression member, Operations operations, IDictionary<string, object?> value)
    {
        Expression condition = Expression.Constant(true);
        foreach (var (quantifier, given) in value)
        {
            if (given is null)
                continue;
            if (quantifier == "any")
            {
                var any = Quantify(nameof(Enumerable.Any), member, operations.Type, null);
                condition = And(condition, given is true ? any : Expression.Not(any));
                continue;
            }
            var item = Expression.Parameter(operations.Type, "i");
            var test = Expression.Lambda(Scalar(item, operations, (IDictionary<string, object?>)given), item);
            condition = And(condition, quantifier switch
            {
                "all" => Quantify(nameof(Enumerable.All), member, operations.Type, test),
                "some" => Quantify(nameof(Enumerable.Any), member, operations.Type, test),
                _ => Expression.Not(Quantify(nameof(Enumerable.Any), member, operations.Type, test)),
            });
        }
        return condition;
    }

    private static MethodCallExpression Quantify(string method, Expression list, Type item, LambdaExpression? test) =>
        Expression.Call(typeof(Enumerable), method, [item], test is null ? [list] : [list, test]);

    private static Expression Combine(object list, Func<IDictionary<string, object?>, Expression> each, Func<Expression, Expression, Expression> combine) =>
        ((System.Collections.IEnumerable)list).Cast<IDictionary<string, object?>>().Select(each)
            .Aggregate((Expression?)null, (all, one) => all is null ? one : combine(all, one)) ?? Expression.Constant(true);

    private static Expression And(Expression left, Expression right) =>
        left is ConstantExpression { Value: true } ? right : Expression.AndAlso(left, right);

    private static void Add(InputObjectGraphType input, string name, IGraphType type, string description) =>
        input.AddField(new FieldType { Name = name, ResolvedType = type, Description = description });

    private IGraphType Once(string name, Func<string, IGraphType> make)
    {
        if (!_types.TryGetValue(name, out var type))
            _types[name] = type = make(name);
        return type;
    }

    private static string Meaning(string operation) => operation switch
    {
        "eq" => "Equal; null asks for the unknown (等于).",
        "neq" => "Not equal; null asks for the known (不等于).",
        "in" => "One of these (属于).",
        "nin" => "None of these (不属于).",
        "gt" => "Greater (大于).",
        "gte" => "Greater or equal (大于等于).",
        "lt" => "Less (小于).",
        "lte" => "Less or equal (小于等于).",
        "contains" => "Contains this text exactly (包含).",
        "startsWith" => "Begins with this text exactly (开头是).",
        "endsWith" => "Ends with this text exactly (结尾是).",
        _ => $"Not {operation[1..]}.",
    };
}

/// <summary>The direction of an order (排序方向).</summary>
public enum SortEnumType
{
    /// <summary>Lowest first (升序).</summary>
    Asc,

    /// <summary>Highest first (降序).</summary>
    Desc,
}
