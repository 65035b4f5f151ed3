namespace Matchmaking.Patents;

/// <summary>The holder's own grading of a patent in the stock-taking (产业化前景).</summary>
public enum Prospect
{
    /// <summary>Not graded yet (未分级).</summary>
    Ungraded,

    /// <summary>Little prospect (较低).</summary>
    Low,

    /// <summary>Some prospect (一般).</summary>
    Medium,

    /// <summary>Good prospect (较高).</summary>
    High,
}
