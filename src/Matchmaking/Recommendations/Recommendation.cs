namespace Matchmaking.Recommendations;

/// <summary>A match that was told to both sides: this patent could serve that need (推荐).</summary>
/// <remarks>A row is told once for a need, a patent and what of both mattered. It waits without a <see cref="Position"/> while its need has had its
/// share of the day; it keeps its row when it is taken back.</remarks>
public sealed class Recommendation
{
    /// <summary>The key, a UUIDv7 made by us.</summary>
    public Guid Id { get; init; }

    /// <summary>The need.</summary>
    public Guid NeedId { get; init; }

    /// <summary>The patent.</summary>
    public Guid PatentId { get; init; }

    /// <summary>What mattered of the need when it was matched.</summary>
    public long NeedVersion { get; set; }

    /// <summary>What mattered of the patent when it was matched.</summary>
    public long PatentVersion { get; set; }

    /// <summary>What the patents of one family have in common; null where that isn't known.</summary>
    public long? Family { get; set; }

    /// <summary>What patents filed on one day about one subject have in common; null where that isn't known.</summary>
    public long? Filing { get; set; }

    /// <summary>The recommendation of the same family behind which it stands, untold; null where it stands for itself.</summary>
    public Guid? BehindId { get; set; }

    /// <summary>The place in the inbox: 1, 2, 3 … in commit order without a gap; null while it waits.</summary>
    public long? Position { get; set; }

    /// <summary>The score when it was recommended, 0 to 100; the match's own is today's (推荐时匹配度).</summary>
    public double Score { get; set; }

    /// <summary>What the need's former answers changed about it when it was recommended; null where they said nothing (反馈调整).</summary>
    public Adjustment? Adjustment { get; set; }

    /// <summary>What brought it about (推荐原因).</summary>
    public RecommendationReason Reason { get; set; }

    /// <summary>Whether it was seen, and what was said to it (推荐状态).</summary>
    public RecommendationState State { get; set; }

    /// <summary>What was answered; null while nothing was (反馈).</summary>
    public Feedback? Feedback { get; set; }

    /// <summary>What was offered when it was answered; null while nothing was.</summary>
    public Offer? Offer { get; set; }

    /// <summary>When it was recommended (推荐时间).</summary>
    public DateTime CreatedAt { get; set; }

    /// <summary>When it last changed; send it back as ifUnmodifiedSince (更新时间).</summary>
    public DateTime UpdatedAt { get; set; }

    /// <summary>When it was taken back, unseen, because it holds no more; null while it holds.</summary>
    public DateTime? TakenBackAt { get; set; }

    /// <summary>Whether it could still be taken back: nobody has looked at it.</summary>
    public bool IsUnseen => State == RecommendationState.Pushed && TakenBackAt is null;
}
