namespace Matchmaking.Recommendations;

/// <summary>Why a recommendation was declined (不考虑的原因).</summary>
public enum DeclineReason
{
    /// <summary>The patent is about something else (不相关).</summary>
    NotRelevant,

    /// <summary>The technology isn't ready enough (成熟度不足).</summary>
    TooEarly,

    /// <summary>What it would bring isn't clear (效益不明).</summary>
    BenefitUnclear,

    /// <summary>How it would be put to work isn't clear (实施路径不明).</summary>
    RouteUnclear,

    /// <summary>The patent's description isn't understood (说明看不懂).</summary>
    DescriptionUnclear,

    /// <summary>It costs too much (价格过高).</summary>
    Price,

    /// <summary>The way of transfer that is wanted isn't offered (转化方式不符).</summary>
    ModeNotOffered,

    /// <summary>The need is met already (已解决).</summary>
    AlreadySolved,
}
