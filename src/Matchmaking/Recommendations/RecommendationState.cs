namespace Matchmaking.Recommendations;

/// <summary>Whether a recommendation was seen, and what was said to it (推荐状态).</summary>
public enum RecommendationState
{
    /// <summary>Put into the inbox, not yet looked at (已推送).</summary>
    Pushed,

    /// <summary>Looked at, not yet answered (已查看).</summary>
    Seen,

    /// <summary>Wanted: the sides should talk (感兴趣).</summary>
    Interested,

    /// <summary>Not wanted, with a reason (不考虑).</summary>
    Declined,
}
