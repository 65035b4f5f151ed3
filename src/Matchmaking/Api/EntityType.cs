using System.Linq.Expressions;
using System.Reflection;
using GraphQL;
using GraphQL.Types;

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
        Field<NonNullGraphType<IdGraphType>>("id").Description("The opaque id (标识).").Resolve(context => Ids.Encode(name, key(context.Source)));
        Interface<NodeType>();
    }

    protected override IEnumerable<MemberInfo> GetRegisteredMembers() => base.GetRegisteredMembers().Where(m => m is PropertyInfo && m.Name != "Id");
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
}
