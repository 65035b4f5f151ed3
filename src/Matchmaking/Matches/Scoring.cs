using Matchmaking.Indexing;
using Matchmaking.Needs;
using Matchmaking.Patents;
using Matchmaking.Search;
using Matchmaking.Search.Ranking;

namespace Matchmaking.Matches;

/// <summary>The score of a need and a patent: a pure function of both and of the statistics of the patents.</summary>
/// <remarks>
/// A title says what is wanted: its words and characters are looked for, and what it means. A description says much else beside:
/// its words count as far as they mean what the title does, so that praise of the firm, funding and dates don't.
/// </remarks>
public static class Scoring
{
    /// <summary>What a need looks for, as terms with weights.</summary>
    public static WeightedQuery Query(Need need) => Query(need, MatchWeights.Shipped);

    /// <summary>The same by other weights.</summary>
    public static WeightedQuery Query(Need need, MatchWeights weights)
    {
        // A text that was tried may have no title; then it is all there is to go by.
        var isUntitled = string.IsNullOrWhiteSpace(need.Title);
        return WeightedQuery
            .From(Analyzers.Asked, [
                new QueryPart("title", need.Title, weights.TitleWord, weights.TitleCharacter) { Role = QueryRole.Heart },
                .. need.Keywords.Select(keyword => new QueryPart("keywords", keyword, weights.Keyword * weights.TitleWord, weights.Keyword * weights.TitleCharacter) { Role = QueryRole.Heart }),
                isUntitled
                    ? new QueryPart("description", need.Description, weights.TitleWord, weights.TitleCharacter) { Role = QueryRole.Heart }
                    : new QueryPart("description", need.Description, weights.ContextWord, weights.ContextCharacter) { Role = QueryRole.Context }])
            .With(need.IpcHints.Select(hint => new WeightedTerm(IndexTerm.Symbol(PatentDocument.Ipc, hint.Replace(" ", "", StringComparison.Ordinal)), weights.Ipc, ["ipcHints"])))
            .With(IndustryClasses.Entry(need.IndustryCode) is { } industry ? [new WeightedTerm(IndexTerm.Symbol(PatentDocument.Industry, industry), weights.Industry, ["industryCode"])] : [])
            .With(weights.QueryMeaning);
    }

    /// <summary>Points from 0 to 100 of a raw score: how many of a hundred such patents judges would call of use.</summary>
    /// <remarks>
    /// A title alone says less than a title with an abstract, so the same score promises less: the experts who read titles called half of the best of use,
    /// those who read the demo's abstracts nearly all (decision 18). Strictly rising in the raw score of either kind; two decimals are shown.
    /// </remarks>
    public static double Points(IndexSnapshot patents, WeightedQuery query, double raw, bool isDescribed) => Points(patents.Deviation(query), raw, isDescribed);

    /// <summary>The same with the measure of what is much already known.</summary>
    public static double Points(double deviation, double raw, bool isDescribed) => Scale(isDescribed).Points(deviation, raw);

    /// <summary>How many of a need's standard deviations a patent of either kind must score at least for so many points; infinite where no score gives as many.</summary>
    /// <remarks>For <see cref="Search.Monitoring.QueryMonitor"/>, whose candidates are then judged by <see cref="Points(double, double, bool)"/> itself.</remarks>
    public static double Deviations(double points) => points >= 100 ? double.PositiveInfinity
        : points <= 0 ? 0
        : Math.Min(Scale(true).Deviations(points), Scale(false).Deviations(points));

    private static PointScale Scale(bool isDescribed) => isDescribed ? MatchWeights.Shipped.Described : MatchWeights.Shipped.Titled;
}
