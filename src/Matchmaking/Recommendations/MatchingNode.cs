namespace Matchmaking.Recommendations;

/// <summary>A process that takes part in matching, and how much it did (匹配节点).</summary>
/// <remarks>Written in the transaction of each turn, so that the figures count what was committed and nothing else.</remarks>
public sealed class MatchingNode
{
    /// <summary>What it is called: Matchmaking:Node, by default after its machine and data directory (名称).</summary>
    public string Name { get; init; } = "";

    /// <summary>How many turns it had; a turn matches the next few hundred changes (轮次).</summary>
    public long Turns { get; set; }

    /// <summary>How many changes it matched (变更数).</summary>
    public long Changes { get; set; }

    /// <summary>How many recommendations it put into the inbox (推荐数).</summary>
    public long Recommendations { get; set; }

    /// <summary>How long its turns took together, in milliseconds (耗时).</summary>
    public long BusyMilliseconds { get; set; }

    /// <summary>The change that its own index had reached when it was last heard of (索引位置).</summary>
    public long IndexPosition { get; set; }

    /// <summary>When it was last heard of (最近活动时间).</summary>
    public DateTime SeenAt { get; set; }
}
