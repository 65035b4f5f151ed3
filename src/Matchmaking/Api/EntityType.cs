using System.Linq.Expressions;
using System.Reflection;
using GraphQL;
using GraphQL.Types;
using Matchmaking.Access;
using Matchmaking.Store;

namespace Matchmaking.Api;

/// <summary>What has an id and can be fetched again by it.</summary>
internal sealed class NodeType : InterfaceGraphType
{
    public NodeType()
    {
        Name = "Node";
        Description = "A thing with an id under which it can be fetched again (节点).";
        Field<NonNullGraphType<IdGraphType>>("id").Description("The opaque id, unique over all types (标识).");
    }
}

/// <summary>The GraphQL type of an entity: its public properties with their docstrings, and an opaque id.</summary>
/// <remarks>Hide what isn't for the wire in the constructor, then add the edges as fields.</remarks>
internal abstract class EntityType<T> : AutoRegisteringObjectGraphType<T> where T : class
{
    protected EntityType(Func<T, Guid> key, params Expression<Func<T, object?>>[] hidden) : base(hidden)
    {
        var name = typeof(T).Name;
        Name = name;
        Field<NonNullGraphType<IdGraphType>>("id").Description("The opaque id (标识).").Resolve(context => Ids.Encode(name, key(context.Source))).FieldType.ReadingNothing();
        Interface<NodeType>();
    }

    protected override IEnumerable<MemberInfo> GetRegisteredMembers() => base.GetRegisteredMembers().Where(m => m is PropertyInfo && m.Name != "Id");

    /// <summary>Whether only the columns asked for are fetched; not where a resolver looks at others to decide what it may show.</summary>
    protected virtual bool IsFetchedByColumns => false;

    protected override FieldType? CreateField(MemberInfo member)
    {
        var field = base.CreateField(member);
        if (IsFetchedByColumns && field is not null && member is PropertyInfo { CanWrite: true } property && IsColumn(property.PropertyType))
            field.Reading<T>(property.Name);
        return field;
    }

    private static bool IsColumn(Type type) => type == typeof(string) || type.IsValueType || (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(List<>) && IsColumn(type.GetGenericArguments()[0]));
}

/// <summary>The GraphQL type of a plain value: its public properties with their docstrings.</summary>
internal class ValueType<T>(params Expression<Func<T, object?>>[] hidden) : AutoRegisteringObjectGraphType<T>(hidden)
{
    protected override IEnumerable<MemberInfo> GetRegisteredMembers() => base.GetRegisteredMembers().Where(m => m is PropertyInfo);
}

internal static class Resolving
{
    public static TService Get<TService>(this IResolveFieldContext context) where TService : notnull =>
        context.RequestServices!.GetRequiredService<TService>();

    /// <summary>The store as the caller may see it; dispose it.</summary>
    public static StoreContext OpenStore(this IResolveFieldContext context) => context.Get<StoreFactory>().Open(context.Get<Viewer>());
}
