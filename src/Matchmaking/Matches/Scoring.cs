using Matchmaking.Indexing;
using Matchmaking.Needs;
using Matchmaking.Patents;
using Matchmaking.Search;
using Matchmaking.Search.Ranking;

namespace Matchmaking.Matches;

/// <summary>The score of a need and a patent: a pure function of both and of the statistics of the patents.</summary>
public static class Scoring
{
    // Weights of a need's parts, chosen on judged needs (rank-stats): a title says what is wanted, a description says much else.
    private const double TitleWeight = 1;
    private const double KeywordsWeight = 0.6;
    private const double DescriptionWeight = 0.3;

    // A character of a title counts as much as a word of it does: names of one thing share characters more often than words (敷设, 铺设).
    private const double CharacterWeight = 1;
    private const double IpcWeight = 0.5;

    /// <summary>How steeply points rise with what is covered: half the weight of the leading words gives 48 points.</summary>
    private const double Steepness = 1.3;

    /// <summary>How many of a need's strongest terms a patent would have to cover fully for a full score.</summary>
    private const int LeadingTerms = 8;

    /// <summary>What a need looks for, as terms with weights.</summary>
    public static WeightedQuery Query(Need need) => WeightedQuery
        .From(Analyzers.Asked, [
            new QueryPart("title", need.Title, TitleWeight, CharacterWeight),
            .. need.Keywords.Select(keyword => new QueryPart("keywords", keyword, KeywordsWeight, CharacterWeight * KeywordsWeight)),
            new QueryPart("description", need.Description, DescriptionWeight, CharacterWeight * DescriptionWeight)])
        .With(need.IpcHints.Select(hint => new WeightedTerm(IndexTerm.Symbol(PatentDocument.Ipc, hint.Replace(" ", "", StringComparison.Ordinal)), IpcWeight, ["ipcHints"])));

    /// <summary>Points from 0 to 100 of a raw score: 100 (1 − e^(−s·x)), x the raw score over the leading words' full weight; characters come on top of it.</summary>
    /// <remarks>Strictly rising in the raw score, so one need's patents are in the same order by either; two decimals are shown.</remarks>
    public static double Points(IndexSnapshot patents, WeightedQuery query, double raw)
    {
        var full = patents.LeadingScore(query, LeadingTerms);
        return full <= 0 ? 0 : 100 * (1 - Math.Exp(-Steepness * raw / full));
    }

    /// <summary>The raw score that a need asks for where only so many points are worth telling; infinite where no score gives points.</summary>
    /// <remarks>For <see cref="Search.Monitoring.QueryMonitor"/>, whose candidates are then judged by <see cref="Points"/> itself.</remarks>
    public static double Needed(IndexSnapshot patents, WeightedQuery query, double points)
    {
        // Beyond sixteen digits below a hundred points are a hundred.
        const double least = 1e-16;
        var full = patents.LeadingScore(query, LeadingTerms);
        return full <= 0 ? double.PositiveInfinity : full * -Math.Log(Math.Max(least, 1 - points / 100)) / Steepness;
    }
}
