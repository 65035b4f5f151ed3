namespace Matchmaking.Access;

/// <summary>Who asks, and what for; what the rights are decided by (当前用户).</summary>
/// <remarks>What a viewer doesn't speak for is the empty key or the empty text, which no row has: an unknown firm is nobody's.</remarks>
public sealed record Viewer
{
    /// <summary>The province of an authority of the whole nation.</summary>
    public const string Nation = "全国";

    /// <summary>Who shows no token.</summary>
    public static readonly Viewer Anybody = new() { Name = "anonymous", Roles = [Role.Public] };

    /// <summary>The service itself: what is done for nobody in particular, and the commands of the operator.</summary>
    public static readonly Viewer System = new() { Name = "system", Roles = [Role.Administrator] };

    /// <summary>What the caller is called (名称).</summary>
    public required string Name { get; init; }

    /// <summary>What the caller may be, at least one (角色).</summary>
    public required IReadOnlyList<Role> Roles { get; init; }

    /// <summary>The institution the caller speaks for; empty where for none.</summary>
    public Guid InstitutionId { get; init; }

    /// <summary>The enterprise the caller speaks for; empty where for none.</summary>
    public Guid EnterpriseId { get; init; }

    /// <summary>The province of an authority, <see cref="Nation"/> for the whole; empty for others.</summary>
    public string Province { get; init; } = "";

    /// <summary>The token's id; empty where there was no token.</summary>
    public string TokenId { get; init; } = "";

    /// <summary>When the token ends; null where it doesn't.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Where the caller comes from.</summary>
    public string Address { get; init; } = "";

    /// <summary>The request by which it is seen in logs.</summary>
    public string RequestId { get; init; } = "";

    /// <summary>Whether the caller is an administrator, to whom nothing is hidden.</summary>
    public bool SeesAll => Is(Role.Administrator);

    /// <summary>Whether the caller is known at all.</summary>
    public bool IsSignedIn => !(Roles.Count == 1 && Roles[0] == Role.Public);

    /// <summary>Whether needs that look no more are shown too: agencies and authorities follow up.</summary>
    public bool SeesEnded => Is(Role.Agency) || Is(Role.Authority);

    /// <summary>Whether budgets of needs that aren't confidential are shown: an agency bargains for both.</summary>
    public bool SeesBudgets => Is(Role.Agency);

    /// <summary>Whether the firms of all provinces are the caller's business.</summary>
    public bool SeesAllFirms => Province == Nation;

    /// <summary>The agency the caller is, as needs name it that invite it; empty where it is none.</summary>
    public string Agency => Is(Role.Agency) ? Name : "";

    /// <summary>Whether the caller has this role.</summary>
    public bool Is(Role role) => Roles.Contains(role);

    /// <summary>The service's own work of one kind.</summary>
    public static Viewer Worker(string name) => System with { Name = $"{name} ({Environment.UserName})" };

    /// <summary>What makes a caller's own text, such as an idempotency key, its own: nobody learns of another's by trying.</summary>
    public string Own(string key) => SeesAll ? key : $"{InstitutionId:N}{EnterpriseId:N}:{key}";
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
