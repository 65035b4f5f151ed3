using GraphQL.Types;
using Matchmaking.Api;
using Matchmaking.Organizations;

namespace Matchmaking.Access;

/// <summary>Who asks, and what for (当前用户).</summary>
/// <param name="Name">What the caller is called (名称).</param>
/// <param name="Roles">What the caller may be (角色).</param>
/// <param name="Institution">The institution the caller speaks for; null where for none (所属机构).</param>
/// <param name="Enterprise">The enterprise the caller speaks for; null where for none (所属企业).</param>
internal sealed record Viewer(string Name, IReadOnlyList<Role> Roles, Institution? Institution, Enterprise? Enterprise)
{
    /// <summary>Everybody, as long as there are no rights: the service is bound to this machine meanwhile.</summary>
    public static readonly Viewer Local = new("local", [Role.Administrator], null, null);
}

/// <summary>What a caller may be (角色).</summary>
public enum Role
{
    /// <summary>Anybody (公众).</summary>
    Public,

    /// <summary>An enterprise (企业).</summary>
    Enterprise,

    /// <summary>A university or research institute (高校、科研机构).</summary>
    Institution,

    /// <summary>A tech-transfer agency (技术转移机构).</summary>
    Agency,

    /// <summary>An IP authority (知识产权管理部门).</summary>
    Authority,

    /// <summary>An administrator of the service (管理员).</summary>
    Administrator,
}

internal sealed class ViewerType : ValueType<Viewer>
{
    public ViewerType()
    {
        Name = "Viewer";
        Description = "Who asks, and what for (当前用户).";
    }
}

internal static class ViewerQueries
{
    public static void AddTo(ObjectGraphType query) => query.Field<ViewerType>("me")
        .Description("Who the caller is to the service; without rights, everybody is an administrator (当前用户).")
        .Resolve(_ => Viewer.Local);
}
