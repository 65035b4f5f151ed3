using Matchmaking.Needs;
using Matchmaking.Patents;
using Matchmaking.Search.Ranking;

namespace Matchmaking.Matches;

/// <summary>How well a patent could serve a need (匹配).</summary>
/// <param name="Need">The need (技术需求).</param>
/// <param name="Patent">The patent (存量专利).</param>
/// <param name="Rank">The place in the list it came in, from 1; null where it wasn't a list (名次).</param>
/// <param name="Scored">What the need looks for, as the index takes it, and the score; whoever asks for neither doesn't pay for cutting a long text into words.</param>
internal sealed record Match(Need Need, Patent Patent, int? Rank, Lazy<(WeightedQuery Query, double Score)> Scored)
{
    public Match(Need need, Patent patent, int? rank, WeightedQuery query, double score) : this(need, patent, rank, new Lazy<(WeightedQuery, double)>((query, score)))
    {
    }

    /// <summary>From 0 to 100, the same from either side (匹配度).</summary>
    public double Score => Scored.Value.Score;

    public WeightedQuery Query => Scored.Value.Query;
}

/// <summary>Why a match has its score (匹配解释).</summary>
/// <param name="Components">The parts of the score; their points add up to it (得分构成).</param>
/// <param name="MatchedTerms">The words that made it, strongest first (命中词).</param>
/// <param name="Requirements">What the need requires, and whether the patent speaks of it; the score doesn't hang on it (需求要点).</param>
/// <param name="Gates">The conditions that stand outside the score (门槛).</param>
/// <param name="Summary">One sentence in Chinese (一句话说明).</param>
internal sealed record MatchExplanation(
    IReadOnlyList<ScoreComponent> Components, IReadOnlyList<MatchedTerm> MatchedTerms, IReadOnlyList<Requirement> Requirements, IReadOnlyList<Gate> Gates, string Summary);

/// <summary>One part of a score (得分构成).</summary>
/// <param name="Name">The part of the patent that the words were found in: title, abstract, claims, keywords or ipc; industry, where a class is one that the need's industry works in; meaning, where other words mean the like (名称).</param>
/// <param name="Points">What it adds to the score (分值).</param>
/// <param name="Detail">The words that count most in it, in Chinese (说明).</param>
internal sealed record ScoreComponent(string Name, double Points, string? Detail);

/// <summary>A word that both sides have (命中词).</summary>
/// <param name="Term">The word as it was compared (词).</param>
/// <param name="Weight">What it adds to the score, in points (权重).</param>
/// <param name="NeedText">Where it stands in the need, HTML-escaped, in em tags (需求片段).</param>
/// <param name="PatentText">Where it stands in the patent, HTML-escaped, in em tags (专利片段).</param>
internal sealed record MatchedTerm(string Term, double Weight, string NeedText, string PatentText);
