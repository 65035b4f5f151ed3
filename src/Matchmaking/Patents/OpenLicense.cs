namespace Matchmaking.Patents;

/// <summary>A declaration that everyone may take a licence on stated terms (开放许可).</summary>
public sealed class OpenLicense
{
    /// <summary>What the fee is counted on (许可使用费计算方式).</summary>
    public FeeBasis FeeBasis { get; set; }

    /// <summary>The fixed fee in yuan; at most 20 million (固定费用).</summary>
    public decimal? FixedFee { get; set; }

    /// <summary>The royalty in per cent: at most 20 of net sales or 40 of profit (提成率).</summary>
    public decimal? RoyaltyRate { get; set; }

    /// <summary>The day of the declaration (声明日).</summary>
    public DateOnly DeclaredOn { get; set; }
}

/// <summary>What the fee of an open licence is counted on (许可使用费计算方式).</summary>
public enum FeeBasis
{
    /// <summary>No fee (免费).</summary>
    Free,

    /// <summary>A fixed sum (固定费用).</summary>
    Fixed,

    /// <summary>A share of net sales (净销售额提成).</summary>
    NetSales,

    /// <summary>A share of profit (利润提成).</summary>
    Profit,
}
