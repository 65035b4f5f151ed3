using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Reflection;
using Matchmaking.Access;
using Matchmaking.Store;

namespace Matchmaking.Api;

/// <summary>A total order of an entity: the fields asked for, then the key, so that it is stable under inserts.</summary>
/// <remarks>A nullable field becomes two columns, known or not and then the value: SQLite and PostgreSQL sort nulls at different ends.</remarks>
internal sealed class Ordering<T>
{
    private static readonly ConcurrentDictionary<PropertyInfo, Column[]> Known = [];
    private static readonly Column[] Key = ColumnsOf(typeof(T).GetProperty("Id")!);

    private readonly List<(Column Column, bool Descending)> _columns = [];
    private readonly List<PropertyInfo> _properties = [];
    private readonly string _name;

    private Ordering(string name) => _name = name;

    /// <summary>The order a client asked for, or the order of creation where it asked for none.</summary>
    /// <exception cref="GraphQL.ExecutionError">BAD_QUERY where an object holds more than one field: which counts first?</exception>
    public static Ordering<T> Of(Filterable<T> entity, IReadOnlyList<IDictionary<string, object?>>? given, Viewer viewer, PropertyInfo? place = null)
    {
        var fields = new List<(PropertyInfo Property, bool Descending)>();
        for (var i = 0; i < (given?.Count ?? 0); i++)
        {
            if (given![i] is null)
                throw Errors.BadQuery($"order[{i}]", "a field is expected, null was given.");
            if (given[i].Count > 1)
                throw Errors.BadQuery($"order[{i}]", $"one field an object is expected, {string.Join(" and ", given[i].Keys)} were given.");
            foreach (var field in given[i].Keys)
                MemberRights.RequireReadable(viewer, entity.Name, field, $"order[{i}].{field}");
            fields.AddRange(given[i].Where(f => f.Value is not null).Select(f => (entity.Members[f.Key].Property, f.Value is SortEnumType.Desc)));
        }
        var ordering = new Ordering<T>($"{entity.Name}:{string.Join(',', fields.Select(f => (f.Descending ? "-" : "") + f.Property.Name))}");
        foreach (var (property, descending) in fields)
        {
            ordering._columns.AddRange(Known.GetOrAdd(property, ColumnsOf).Select(column => (column.For(viewer, property), descending)));
            ordering._properties.Add(property);
        }
        if (place is not null)
            ordering._properties.Add(place);
        ordering._columns.Add(((place is null ? Key : Known.GetOrAdd(place, ColumnsOf))[^1], fields.Count > 0 && fields[0].Descending));
        return ordering;
    }

    /// <summary>What cursors are made of, beside the key.</summary>
    public IReadOnlyList<PropertyInfo> Properties => _properties;

    public IQueryable<T> Apply(StoreContext store, IQueryable<T> source, bool backwards)
    {
        var first = true;
        foreach (var (column, descending) in _columns)
        {
            var method = (first ? "OrderBy" : "ThenBy") + (descending ^ backwards ? "Descending" : "");
            source = source.Provider.CreateQuery<T>(Expression.Call(typeof(Queryable), method, [typeof(T), column.Key.ReturnType], source.Expression, Expression.Quote(Rows.In(store, column.Key))));
            first = false;
        }
        return source;
    }

    /// <summary>Where an item stands in this order, as text that comes back as a cursor.</summary>
    public string Cursor(T item)
    {
        var values = new object?[_columns.Count];
        for (var i = 0; i < values.Length; i++)
            values[i] = _columns[i].Column.Read(item);
        return Cursors.Write(_name, values);
    }

    /// <summary>What stands behind a cursor, or before it.</summary>
    /// <exception cref="GraphQL.ExecutionError">HC0078 where the cursor is of another list or order.</exception>
    public Expression<Func<T, bool>> Beyond(string cursor, bool before)
    {
        var values = Cursors.Read(cursor, _name, [.. _columns.Select(c => c.Column.Key.ReturnType)]);
        var parameter = Expression.Parameter(typeof(T), "x");
        Expression? beyond = null;
        for (var i = _columns.Count - 1; i >= 0; i--)
        {
            var ((key, _), descending) = _columns[i];
            var column = new Replace(key.Parameters[0], parameter).Visit(key.Body);
            var further = Further(column, values[i], descending ^ before);
            var equal = Expression.Equal(column, Operations.Operand(values[i], column.Type));
            beyond = beyond is null ? further : Expression.OrElse(further, Expression.AndAlso(equal, beyond));
        }
        return Expression.Lambda<Func<T, bool>>(beyond!, parameter);
    }

    private static Expression Further(Expression column, object? value, bool down)
    {
        // Beyond an unknown value nothing follows in its own column: the known-or-not column before it has decided.
        if (value is null)
            return Expression.Constant(false);
        if (column.Type == typeof(bool))
            return value is true == down ? Expression.Equal(column, Expression.Constant(!down)) : Expression.Constant(false);
        return Operations.Compare(down ? ExpressionType.LessThan : ExpressionType.GreaterThan, column, value);
    }

    private static Column[] ColumnsOf(PropertyInfo property)
    {
        var parameter = Expression.Parameter(typeof(T), "x");
        var value = Expression.Property(parameter, property);
        var column = Column.Of(Expression.Lambda(value, parameter));
        return new NullabilityInfoContext().Create(property).ReadState == NullabilityState.NotNull
            ? [column]
            : [Column.Of(Expression.Lambda(Expression.NotEqual(value, Expression.Constant(null, value.Type)), parameter)), column];
    }

    private sealed class Guarding(Viewer viewer, ParameterExpression row, PropertyInfo property) : ExpressionVisitor
    {
        protected override Expression VisitMember(MemberExpression node) =>
            node.Expression == row && node.Member == property ? Guards.Read(viewer, row, property) : base.VisitMember(node);
    }

    /// <summary>What is sorted by, for the database, and the same of an item that was read.</summary>
    private sealed record Column(LambdaExpression Key, Func<T, object?> Read)
    {
        public static Column Of(LambdaExpression key) =>
            new(key, Expression.Lambda<Func<T, object?>>(Expression.Convert(key.Body, typeof(object)), key.Parameters).Compile());

        /// <summary>The same as far as it's for a viewer; what was read of an item for the viewer needs no guard.</summary>
        public Column For(Viewer viewer, PropertyInfo property) => Guards.May(viewer, Key.Parameters[0], property) is null ? this
            : this with { Key = (LambdaExpression)new Guarding(viewer, Key.Parameters[0], property).Visit(Key) };
    }
}
