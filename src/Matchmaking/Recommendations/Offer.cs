using Matchmaking.Patents;

namespace Matchmaking.Recommendations;

/// <summary>What a patent was offered for when its recommendation was answered.</summary>
/// <remarks>An answer about price, mode or readiness speaks of these, and no more once they have changed.</remarks>
public sealed record Offer
{
    public decimal? AskingPrice { get; init; }

    public int? Readiness { get; init; }

    /// <summary>The ways of transfer, joined by commas; empty where none was named.</summary>
    public string Modes { get; init; } = "";

    public static Offer Of(Patent patent) => new()
    {
        AskingPrice = patent.AskingPrice,
        Readiness = patent.Readiness,
        Modes = string.Join(',', patent.TransferModes.Order()),
    };
}
