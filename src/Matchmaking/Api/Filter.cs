using System.Linq.Expressions;
using System.Reflection;

namespace Matchmaking.Api;

/// <summary>Which members of an entity may be filtered and sorted: said once, a line each.</summary>
internal sealed class Filterable<T>(string name)
{
    private readonly Dictionary<string, FilterMember> _members = [];

    /// <summary>The entity's name on the wire.</summary>
    public string Name => name;

    public IReadOnlyDictionary<string, FilterMember> Members => _members;

    /// <summary>A scalar or a list of scalars; scalars can be sorted by too.</summary>
    public Filterable<T> Add<TValue>(Expression<Func<T, TValue>> member)
    {
        var property = Property(member);
        var list = typeof(TValue).IsGenericType && typeof(TValue).GetGenericTypeDefinition() == typeof(List<>);
        var item = list ? typeof(TValue).GetGenericArguments()[0] : typeof(TValue);
        var operations = Operations.Of(Nullable.GetUnderlyingType(item) ?? item);
        _members[Camel(property.Name)] = new FilterMember(property, list ? FilterKind.ScalarList : FilterKind.Scalar, operations, null);
        return this;
    }

    /// <summary>Another entity, filtered by its own members.</summary>
    public Filterable<T> Add<TOther>(Expression<Func<T, TOther?>> member, Filterable<TOther> other) where TOther : class
    {
        var property = Property(member);
        _members[Camel(property.Name)] = new FilterMember(property, FilterKind.Object, null, new(other.Name, () => other.Members));
        return this;
    }

    public static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    private static PropertyInfo Property(LambdaExpression member) => (PropertyInfo)((MemberExpression)member.Body).Member;
}

internal enum FilterKind
{
    Scalar,
    ScalarList,
    Object,
}

/// <summary>One member that may be filtered.</summary>
internal sealed record FilterMember(PropertyInfo Property, FilterKind Kind, Operations? Operations, FilterObject? Object);

/// <summary>The members of a nested object, by its name on the wire.</summary>
internal sealed record FilterObject(string Name, Func<IReadOnlyDictionary<string, FilterMember>> Members);
