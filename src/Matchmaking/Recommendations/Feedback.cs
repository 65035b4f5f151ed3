namespace Matchmaking.Recommendations;

/// <summary>What was answered to a recommendation (反馈).</summary>
public sealed record Feedback
{
    /// <summary>INTERESTED or DECLINED (结论).</summary>
    public RecommendationState Verdict { get; init; }

    /// <summary>Why it was declined; null where it wasn't (不考虑的原因).</summary>
    public DeclineReason? Reason { get; init; }

    /// <summary>What else was said; null where nothing was (备注).</summary>
    public string? Comment { get; init; }

    /// <summary>When it was answered (反馈时间).</summary>
    public DateTime GivenAt { get; init; }

    /// <summary>What a judge of relevance would have said, 0 to 3; null where the answer says nothing of whether the technique fits.</summary>
    /// <remarks>Too early, too dear or not to be had in the way that is wanted: the technique would do, else these wouldn't matter.</remarks>
    internal int? Grade => (Verdict, Reason) switch
    {
        (RecommendationState.Interested, _) => 3,
        (_, DeclineReason.TooEarly or DeclineReason.Price or DeclineReason.ModeNotOffered) => 2,
        (_, DeclineReason.NotRelevant) => 0,
        _ => null,
    };
}
