using System.Linq.Expressions;
using System.Text.Json;

namespace Matchmaking.Api;

/// <summary>A total order of an entity: the fields asked for, then the key, so that it is stable under inserts.</summary>
/// <remarks>A nullable field becomes two columns, known or not and then the value: SQLite and PostgreSQL sort nulls at different ends.</remarks>
internal sealed class Ordering<T>
{
    private readonly List<(LambdaExpression Key, bool Descending)> _columns = [];
    private readonly string _name;

    private Ordering(string name) => _name = name;

    /// <summary>The order a client asked for, or newest first where it asked for none.</summary>
    public static Ordering<T> Of(Filterable<T> entity, IReadOnlyList<IDictionary<string, object?>>? given, Expression<Func<T, Guid>> key)
    {
        var fields = (given ?? []).SelectMany(one => one).Where(f => f.Value is not null)
            .Select(f => (entity.Members[f.Key], Descending: f.Value is SortEnumType.Desc)).ToList();
        var ordering = new Ordering<T>($"{entity.Name}:{string.Join(',', fields.Select(f => (f.Descending ? "-" : "") + f.Item1.Property.Name))}");
        foreach (var (member, descending) in fields)
        {
            var parameter = Expression.Parameter(typeof(T), "x");
            Expression value = Expression.Property(parameter, member.Property);
            if (!value.Type.IsValueType || Nullable.GetUnderlyingType(value.Type) is not null)
                ordering._columns.Add((Expression.Lambda(Expression.NotEqual(value, Expression.Constant(null, value.Type)), parameter), descending));
            ordering._columns.Add((Expression.Lambda(value, parameter), descending));
        }
        ordering._columns.Add((key, fields.Count > 0 && fields[0].Descending));
        return ordering;
    }

    public IQueryable<T> Apply(IQueryable<T> source, bool backwards)
    {
        var first = true;
        foreach (var (key, descending) in _columns)
        {
            var method = (first ? "OrderBy" : "ThenBy") + (descending ^ backwards ? "Descending" : "");
            source = source.Provider.CreateQuery<T>(Expression.Call(typeof(Queryable), method, [typeof(T), key.ReturnType], source.Expression, Expression.Quote(key)));
            first = false;
        }
        return source;
    }

    /// <summary>Where an item stands in this order, as text that comes back as a cursor.</summary>
    public string Cursor(T item) => Cursors.Write(_name, [.. _columns.Select(c => Compiled(c.Key)(item))]);

    /// <summary>What stands behind a cursor, or before it.</summary>
    /// <exception cref="GraphQL.ExecutionError">HC0078 where the cursor is of another list or order.</exception>
    public Expression<Func<T, bool>> Beyond(string cursor, bool before)
    {
        var values = Cursors.Read(cursor, _name, [.. _columns.Select(c => c.Key.ReturnType)]);
        var parameter = Expression.Parameter(typeof(T), "x");
        Expression? beyond = null;
        for (var i = _columns.Count - 1; i >= 0; i--)
        {
            var (key, descending) = _columns[i];
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
        // Enums are kept by name and have no order in .NET that the database shares.
        return Operations.Compare(down ? ExpressionType.LessThan : ExpressionType.GreaterThan, column, value);
    }

    private static Func<T, object?> Compiled(LambdaExpression key) =>
        Expression.Lambda<Func<T, object?>>(Expression.Convert(key.Body, typeof(object)), key.Parameters).Compile(preferInterpretation: true);

    private sealed class Replace(ParameterExpression from, ParameterExpression to) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : node;
    }
}

/// <summary>Cursors: base64url of the list's name, its order and the values at which it stands. No secret; checked on return.</summary>
internal static class Cursors
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(string list, params object?[] values) =>
        System.Buffers.Text.Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(new object?[] { list, values }, Json));

    /// <exception cref="GraphQL.ExecutionError">HC0078.</exception>
    public static object?[] Read(string cursor, string list, params Type[] types)
    {
        try
        {
            var root = JsonDocument.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(cursor)).RootElement;
            if (root.GetArrayLength() != 2 || root[0].GetString() != list || root[1].GetArrayLength() != types.Length)
                throw Errors.BadCursor(cursor);
            return [.. types.Select((type, i) => root[1][i].Deserialize(type, Json))];
        }
        catch (Exception e) when (e is FormatException or JsonException or InvalidOperationException)
        {
            throw Errors.BadCursor(cursor);
        }
    }
}
