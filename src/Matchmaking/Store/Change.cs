namespace Matchmaking.Store;

/// <summary>One entry of the change feed: at this position, this thing was made, changed or removed.</summary>
/// <remarks>Positions are 1, 2, 3 … in commit order without a gap: they are taken from <see cref="FeedHead"/> in the writing transaction.</remarks>
public sealed class Change
{
    public long Position { get; init; }

    public ChangedKind Kind { get; init; }

    public Guid EntityId { get; init; }

    public DateTime At { get; init; }
}

/// <summary>What kind of thing changed.</summary>
public enum ChangedKind
{
    Institution,
    Patent,
    Enterprise,
    Need,
}

/// <summary>The one row that counts the change feed and the audit trail; updating it is the lock under which positions are given.</summary>
public sealed class FeedHead
{
    public int Id { get; init; }

    public long Position { get; set; }

    /// <summary>How many entries the audit trail has.</summary>
    public long Audited { get; set; }

    /// <summary>The hash of the last of them.</summary>
    public string AuditHash { get; set; } = "";
}
