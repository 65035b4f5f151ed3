namespace Matchmaking.Recommendations;

/// <summary>What brought a recommendation about (推荐原因).</summary>
public enum RecommendationReason
{
    /// <summary>The patent is new (新专利).</summary>
    NewPatent,

    /// <summary>The need is new (新需求).</summary>
    NewNeed,

    /// <summary>The patent changed in something that matters (专利变化).</summary>
    PatentChanged,

    /// <summary>The need changed in something that matters (需求变化).</summary>
    NeedChanged,
}
