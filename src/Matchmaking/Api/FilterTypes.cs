using System.Linq.Expressions;
using System.Reflection;
using GraphQL.Types;
using Matchmaking.Access;

namespace Matchmaking.Api;

/// <summary>Makes the input types of filters and orders, each once by its name, and turns their values into expressions.</summary>
internal sealed class FilterTypes
{
    private readonly Dictionary<string, IGraphType> _types = [];
    private readonly Dictionary<(string Entity, string Field), Relation> _relations = [];

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
        Quantifiers(input, Operation(operations));
        return input;
    });

    private static void Quantifiers(InputObjectGraphType input, IGraphType item)
    {
        Add(input, "all", item, "Every item meets this; so does an empty list (全部).");
        Add(input, "none", item, "No item meets this (无一).");
        Add(input, "some", item, "At least one item meets this (至少一项).");
        input.Field<BooleanGraphType>("any").Description("Whether the list has items at all (非空).");
    }

    /// <summary>Makes an entity filterable by those that belong to it.</summary>
    /// <param name="key">The entity's key.</param>
    /// <param name="owner">The property of the others that holds it.</param>
    public void Relate<T, TOther>(Filterable<T> entity, string field, Filterable<TOther> other, Expression<Func<T, Guid>> key, Expression<Func<TOther, Guid?>> owner)
    {
        _relations[(entity.Name, field)] = new Relation(typeof(TOther), new(other.Name, () => other.Members), key, owner);
        var list = Once($"ListFilterInputTypeOf{other.Name}FilterInput", name =>
        {
            var input = new InputObjectGraphType { Name = name, Description = $"Conditions on a list of {other.Name}; siblings must all hold (列表条件)." };
            Quantifiers(input, Filter(other));
            return input;
        });
        Add((InputObjectGraphType)Filter(entity), field, list, $"A condition on {field}; it holds none on a further list.");
    }

    /// <summary>The condition that a value of a filter input states.</summary>
    /// <exception cref="GraphQL.ExecutionError">It can't be taken, with the path of what can't.</exception>
    /// <param name="viewer">Who asks: what may not be read can't be found out by comparing either.</param>
    public Expression<Func<T, bool>> Condition<T>(Filterable<T> entity, IDictionary<string, object?> value, Viewer viewer)
    {
        var parameter = Expression.Parameter(typeof(T), "x");
        return Expression.Lambda<Func<T, bool>>(Condition(parameter, new(entity.Name, () => entity.Members), value, viewer, "where", inList: false), parameter);
    }

    /// <summary>The test of a single value that a scalar's comparisons state, for values that stand in no table.</summary>
    public static Func<T, bool> Test<T>(IDictionary<string, object?> value, string path)
    {
        var parameter = Expression.Parameter(typeof(T), "x");
        return Expression.Lambda<Func<T, bool>>(Scalar(parameter, Operations.Of(typeof(T)), value, path), parameter).Compile(preferInterpretation: true);
    }

    private Expression Condition(Expression source, FilterObject entity, IDictionary<string, object?> value, Viewer viewer, string path, bool inList)
    {
        Expression condition = Expression.Constant(true);
        var members = entity.Members();
        foreach (var (field, given) in value)
        {
            var below = $"{path}.{field}";
            if (given is null)
                throw Errors.NullOperand(below);
            MemberRights.RequireReadable(viewer, entity.Name, field, below);
            var next = field switch
            {
                "and" => Combine(given, below, (v, at) => Condition(source, entity, v, viewer, at, inList), Expression.AndAlso),
                "or" => Combine(given, below, (v, at) => Condition(source, entity, v, viewer, at, inList), Expression.OrElse),
                _ when members.TryGetValue(field, out var member) => Member(source, member, (IDictionary<string, object?>)given, viewer, below, inList),
                _ => Belonging(source, _relations[(entity.Name, field)], (IDictionary<string, object?>)given, viewer, below, inList),
            };
            condition = And(condition, next);
        }
        return condition;
    }

    private Expression Member(Expression source, FilterMember definition, IDictionary<string, object?> value, Viewer viewer, string path, bool inList) => definition.Kind switch
    {
        FilterKind.Scalar => Scalar(Guards.Read(viewer, source, definition.Property), definition.Operations!, value, path),
        FilterKind.ScalarList => List(Guards.Read(viewer, source, definition.Property), definition.Operations!, value, path),
        _ => Object(source, definition, value, viewer, path, inList),
    };

    private Expression Object(Expression source, FilterMember definition, IDictionary<string, object?> value, Viewer viewer, string path, bool inList)
    {
        var member = Expression.Property(source, definition.Property);
        var condition = And(Expression.NotEqual(member, Expression.Constant(null, member.Type)), Condition(member, definition.Object!, value, viewer, path, inList));
        return Guards.May(viewer, source, definition.Property) is { } may ? Expression.AndAlso(may, condition) : condition;
    }

    private static Expression Scalar(Expression member, Operations operations, IDictionary<string, object?> value, string path)
    {
        Expression condition = Expression.Constant(true);
        foreach (var (operation, operand) in value)
        {
            var below = $"{path}.{operation}";
            condition = And(condition, operation switch
            {
                "and" => Combine(operand, below, (v, at) => Scalar(member, operations, v, at), Expression.AndAlso),
                "or" => Combine(operand, below, (v, at) => Scalar(member, operations, v, at), Expression.OrElse),
                _ => operations.Apply(member, operation, operand, below),
            });
        }
        return condition;
    }

    private static Expression List(Expression member, Operations operations, IDictionary<string, object?> value, string path)
    {
        var item = Expression.Parameter(operations.Type, "i");
        return Quantified(value, path, (given, at) => Expression.Lambda(Scalar(item, operations, given, at), item),
            test => Expression.Call(typeof(Enumerable), nameof(Enumerable.Any), [operations.Type], test is null ? [member] : [member, test]));
    }

    private Expression Belonging(Expression source, Relation relation, IDictionary<string, object?> value, Viewer viewer, string path, bool inList)
    {
        // Lists within lists would multiply: one row would make the database look at every pair, triple and so on below it.
        if (inList)
            throw Errors.BadQuery(path, "a condition on a list can't hold one on a further list.");
        var item = Expression.Parameter(relation.Type, "o");
        Expression belongs = Expression.Equal(Replaced(relation.Owner, item), Expression.Convert(Replaced(relation.Key, source), typeof(Guid?)));
        if (Guards.May(viewer, item, relation.OwnerProperty) is { } may)
            belongs = Expression.AndAlso(may, belongs);
        var owned = Expression.Lambda(belongs, item);
        var rows = Expression.Call(typeof(Queryable), nameof(Queryable.Where), [relation.Type], Rows.Of(relation.Type), Expression.Quote(owned));
        return Quantified(value, path, (given, at) => Expression.Lambda(Condition(item, relation.Object, given, viewer, at, inList: true), item),
            test => Expression.Call(typeof(Queryable), nameof(Queryable.Any), [relation.Type], test is null ? [rows] : [rows, Expression.Quote(test)]));
    }

    private static Expression Quantified(
        IDictionary<string, object?> value, string path, Func<IDictionary<string, object?>, string, LambdaExpression> test, Func<LambdaExpression?, Expression> any)
    {
        Expression condition = Expression.Constant(true);
        foreach (var (quantifier, given) in value)
        {
            var below = $"{path}.{quantifier}";
            condition = And(condition, (quantifier, given) switch
            {
                (_, null) => throw Errors.NullOperand(below),
                ("any", bool has) => has ? any(null) : Expression.Not(any(null)),
                ("some", IDictionary<string, object?> item) => any(test(item, below)),
                ("none", IDictionary<string, object?> item) => Expression.Not(any(test(item, below))),
                (_, var item) => Expression.Not(any(Negated(test((IDictionary<string, object?>)item, below)))),
            });
        }
        return condition;
    }

    private static LambdaExpression Negated(LambdaExpression test) => Expression.Lambda(Expression.Not(test.Body), test.Parameters);

    private static Expression Replaced(LambdaExpression lambda, Expression argument) => new Replace(lambda.Parameters[0], argument).Visit(lambda.Body);

    private static Expression Combine(
        object? list, string path, Func<IDictionary<string, object?>, string, Expression> each, Func<Expression, Expression, Expression> combine)
    {
        Expression? all = null;
        var i = 0;
        foreach (object? item in (System.Collections.IEnumerable)(list ?? throw Errors.NullOperand(path)))
        {
            // A variable that wasn't given gets past the type, which allows no null here.
            var at = $"{path}[{i++}]";
            var one = each((IDictionary<string, object?>?)item ?? throw Errors.NullOperand(at), at);
            all = all is null ? one : combine(all, one);
        }
        return all ?? Expression.Constant(true);
    }

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

/// <summary>The rows that belong to another entity's.</summary>
internal sealed record Relation(Type Type, FilterObject Object, LambdaExpression Key, LambdaExpression Owner)
{
    public PropertyInfo OwnerProperty => Property(Owner);

    /// <summary>The property that a lambda reads.</summary>
    public static PropertyInfo Property(LambdaExpression lambda) =>
        (PropertyInfo)((MemberExpression)(lambda.Body is UnaryExpression convert ? convert.Operand : lambda.Body)).Member;
}

/// <summary>Puts an expression in the place of a lambda's parameter.</summary>
internal sealed class Replace(ParameterExpression from, Expression to) : ExpressionVisitor
{
    protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : node;
}

/// <summary>The direction of an order (排序方向).</summary>
public enum SortEnumType
{
    /// <summary>Lowest first (升序).</summary>
    Asc,

    /// <summary>Highest first (降序).</summary>
    Desc,
}
