namespace Matchmaking.Deliveries;

/// <summary>A link under which the recommendations for one need can be read by any feed reader (订阅源).</summary>
public sealed class NeedFeed
{
    /// <summary>How many a need may have.</summary>
    public const int MostPerNeed = 20;

    /// <summary>The key, a UUIDv7 made by us.</summary>
    public Guid Id { get; init; }

    public Guid NeedId { get; init; }

    /// <summary>What its owner calls it; null where nothing was said (备注).</summary>
    public string? Description { get; init; }

    /// <summary>The SHA-256 of the link's secret: who reads the store can't read the feed.</summary>
    public byte[] TokenHash { get; set; } = [];

    /// <summary>When it was made (创建时间).</summary>
    public DateTime CreatedAt { get; init; }

    /// <summary>When its link was last changed; send it back as ifUnmodifiedSince (更新时间).</summary>
    public DateTime UpdatedAt { get; set; }
}
