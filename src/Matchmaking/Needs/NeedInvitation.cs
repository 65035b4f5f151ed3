namespace Matchmaking.Needs;

/// <summary>Somebody who may see a need that is kept from others (需求邀请).</summary>
public sealed class NeedInvitation
{
    /// <summary>The key, a UUIDv7 made by us.</summary>
    public Guid Id { get; init; }

    /// <summary>The need.</summary>
    public Guid NeedId { get; init; }

    /// <summary>The enterprise that has the need and invites; null where the need has none.</summary>
    public Guid? EnterpriseId { get; init; }

    /// <summary>The institution that is invited; null where it is an agency.</summary>
    public Guid? InstitutionId { get; init; }

    /// <summary>The agency that is invited, by the name on its token; null where it is an institution (受邀机构).</summary>
    public string? Agency { get; init; }

    /// <summary>When it was invited (邀请时间).</summary>
    public DateTime CreatedAt { get; init; }
}
