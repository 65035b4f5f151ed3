using Matchmaking.Access;
using Matchmaking.Recommendations;

namespace Matchmaking.Deliveries;

/// <summary>Somewhere outside to which the inbox of one enterprise or one institution is told, and how far it was.</summary>
/// <remarks>Whoever tells reads the inbox behind <see cref="Position"/>, as a subscriber does behind its cursor, and moves it when it has told.</remarks>
public abstract class Registration
{
    /// <summary>The key, a UUIDv7 made by us.</summary>
    public Guid Id { get; init; }

    /// <summary>The enterprise whose needs it is about; null where it is an institution's.</summary>
    public Guid? EnterpriseId { get; init; }

    /// <summary>The institution whose patents it is about; null where it is an enterprise's.</summary>
    public Guid? InstitutionId { get; init; }

    /// <summary>The place in the inbox up to which everything was told, or given up.</summary>
    public long Position { get; set; }

    /// <summary>When it was made (创建时间).</summary>
    public DateTime CreatedAt { get; init; }

    /// <summary>When its owner last changed it; send it back as ifUnmodifiedSince (更新时间).</summary>
    public DateTime UpdatedAt { get; set; }

    /// <summary>Whose it is.</summary>
    internal Owner Owner => new(EnterpriseId, InstitutionId);
}

/// <summary>Whose a registration is: one enterprise's or one institution's.</summary>
internal readonly record struct Owner(Guid? EnterpriseId, Guid? InstitutionId)
{
    public Audience Audience => EnterpriseId is not null ? Audience.Enterprise : Audience.Institution;

    /// <summary>What of the inbox concerns it.</summary>
    public InboxScope Scope(Guid? needId) => new(Viewer, needId, InstitutionId, EnterpriseId);

    /// <summary>The owner as one who reads: what it may see when it is told, and no more.</summary>
    private Viewer Viewer => EnterpriseId is { } enterprise
        ? new Viewer { Name = "deliveries", Roles = [Role.Enterprise], EnterpriseId = enterprise }
        : new Viewer { Name = "deliveries", Roles = [Role.Institution], InstitutionId = InstitutionId ?? default };
}
