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

    /// <summary>Points from 0 to 100 of a raw score: how many of a hundred such patents judges of the demo would call of use; experts on real titles were stricter, see decision 13.</summary>
    /// <remarks>Strictly rising in the raw score, so one need's patents are in the same order by either; two decimals are shown.</remarks>
    public static double Points(IndexSnapshot patents, WeightedQuery query, double raw) => Points(patents.Deviation(query), raw, MatchWeights.Shipped);

    /// <summary>The same by other weights, with the measure of what is much already known.</summary>
    public static double Points(double deviation, double raw, MatchWeights weights) =>
        raw <= 0 || deviation <= 0 ? 0 : 100 / (1 + Math.Pow(weights.Even * deviation / raw, weights.Steepness));

    /// <summary>How many of a need's standard deviations a patent must score for so many points; infinite where no score gives as many.</summary>
    /// <remarks>For <see cref="Search.Monitoring.QueryMonitor"/>, whose candidates are then judged by <see cref="Points(double, double, MatchWeights)"/> itself.</remarks>
    public static double Deviations(double points) => points >= 100 ? double.PositiveInfinity
        : points <= 0 ? 0
        : MatchWeights.Shipped.Even * Math.Pow(points / (100 - points), 1 / MatchWeights.Shipped.Steepness);
}
