namespace Matchmaking.Recommendations;

/// <summary>What a need's former answers change about what is recommended to it next (反馈调整).</summary>
/// <remarks>It stands beside the score, which answers never change: it decides whether a match is told, and before which others.</remarks>
/// <param name="Components">What each kind of answer contributes; none where the answers say nothing about the patent (调整构成).</param>
public sealed record Adjustment(IReadOnlyList<AdjustmentComponent> Components)
{
    public static readonly Adjustment None = new([]);

    /// <summary>What is added to the score for the order, and for whether it is told at all (调整分值).</summary>
    public double Points => Math.Round(Components.Sum(c => c.Points), 2);
}

/// <summary>What one kind of answer contributes (调整构成).</summary>
/// <param name="Name">Which kind of answer: interested, notRelevant, tooEarly … (名称).</param>
/// <param name="Points">What it adds; negative where it takes away (分值).</param>
/// <param name="Detail">Why, in Chinese (说明).</param>
public sealed record AdjustmentComponent(string Name, double Points, string Detail);
