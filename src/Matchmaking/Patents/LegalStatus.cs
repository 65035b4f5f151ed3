namespace Matchmaking.Patents;

/// <summary>Where a patent stands in its legal life (法律状态).</summary>
public enum LegalStatus
{
    /// <summary>The source didn't say (未知).</summary>
    Unknown,

    /// <summary>Filed or published, not yet decided (审中).</summary>
    Pending,

    /// <summary>Granted and in force (有效).</summary>
    Granted,

    /// <summary>Ended before its time, for instance by unpaid fees (专利权终止).</summary>
    Lapsed,

    /// <summary>Ended by the end of its term (届满).</summary>
    Expired,

    /// <summary>Declared invalid (宣告无效).</summary>
    Invalidated,

    /// <summary>Withdrawn or deemed withdrawn before grant (撤回、视为撤回).</summary>
    Withdrawn,

    /// <summary>Refused (驳回).</summary>
    Rejected,
}

/// <summary>What a legal status means for a transfer.</summary>
public static class LegalStatuses
{
    /// <summary>The statuses in which there is nothing left to license.</summary>
    public static readonly IReadOnlyList<LegalStatus> Dead =
        [LegalStatus.Lapsed, LegalStatus.Expired, LegalStatus.Invalidated, LegalStatus.Withdrawn, LegalStatus.Rejected];

    public static bool IsDead(this LegalStatus status) => status >= LegalStatus.Lapsed;
}
