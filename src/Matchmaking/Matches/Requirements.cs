using System.Text.RegularExpressions;
using Matchmaking.Needs;
using Matchmaking.Patents;
using Matchmaking.Search.Analysis;
using Matchmaking.Search.Associations;

namespace Matchmaking.Matches;

/// <summary>Whether a patent speaks of what a need requires (覆盖程度).</summary>
public enum Coverage
{
    /// <summary>Most of its words stand in the patent, or words that mean the like (覆盖).</summary>
    Covered,

    /// <summary>Some do (部分覆盖).</summary>
    Partly,

    /// <summary>Hardly any does; that isn't to say that the patent can't (未提及).</summary>
    NotMentioned,
}

/// <summary>One thing that a need requires, and whether the patent speaks of it (需求要点).</summary>
/// <param name="Text">As the need says it (原文).</param>
/// <param name="Coverage">Whether the patent speaks of it (覆盖程度).</param>
/// <param name="Found">Its words that stand in the patent, or 词→近义词 where another word stands for it (对应词).</param>
/// <param name="Figures">The figures with units that it names, each beside what the patent states of the same thing (技术指标).</param>
internal sealed record Requirement(string Text, Coverage Coverage, IReadOnlyList<string> Found, IReadOnlyList<Figure> Figures);

/// <summary>Splits a need into what it requires, leaving out what firms write beside it.</summary>
internal static partial class Requirements
{
    /// <summary>How many are told of one need.</summary>
    public const int Most = 8;

    private const int ShortestClause = 6;
    private const int LongestClause = 120;

    // A word of the patent this close stands for the need's; nearer ones among the shipped associations are mostly of one kind.
    private const double Near = 0.5;
    private const double CoveredShare = 0.6;
    private const double PartlyShare = 0.25;

    /// <summary>The clauses of a need that require something, in their order: its title first.</summary>
    public static IReadOnlyList<string> Of(Need need)
    {
        var clauses = new List<string>();
        foreach (var raw in ClauseEnd().Split(need.Description).Prepend(need.Title))
        {
            var clause = Counting().Replace(raw.Trim(), "").Trim();
            if (clause.Length >= ShortestClause && clause.Length <= LongestClause && !IsBoilerplate(clause) && !clauses.Contains(clause, StringComparer.Ordinal))
                clauses.Add(clause);
            if (clauses.Count == Most)
                break;
        }
        return clauses;
    }

    /// <summary>Whether a clause speaks of the firm, money, dates or co-operation, or is a heading, and so requires nothing of a patent.</summary>
    public static bool IsBoilerplate(string clause) => Heading().IsMatch(clause) || Praise().IsMatch(clause);

    /// <summary>What the need requires, each with whether the patent speaks of it.</summary>
    public static IReadOnlyList<Requirement> Check(Need need, Patent patent, AssociationTable? associations)
    {
        var analysis = new TextTokens();
        var there = new HashSet<string>(StringComparer.Ordinal);
        foreach (var text in (string?[])[patent.Title, string.Join('；', patent.Keywords), patent.Abstract, patent.Claims])
            there.UnionWith(Words(analysis, text, synonyms: true));
        var rows = associations is null ? [] : there.Select(word => associations.Find(word)).Where(row => row >= 0).Order().ToArray();
        var figures = new Figures(patent);
        return [.. Of(need).Select(clause => Check(clause, Words(analysis, clause, synonyms: false), there, rows, associations, figures))];
    }

    private static Requirement Check(string clause, List<string> words, HashSet<string> there, int[] rows, AssociationTable? associations, Figures figures)
    {
        var (sum, reached) = (0.0, 0.0);
        var found = new List<(double Weight, string Text)>();
        foreach (var word in words.Distinct(StringComparer.Ordinal))
        {
            var row = associations?.Find(word) ?? -1;
            // A word that the stock of texts doesn't know is rarer than all it knows.
            var weight = row >= 0 ? associations!.Rarity(row) : 10;
            sum += weight;
            if (there.Contains(word))
            {
                reached += weight;
                found.Add((weight, word));
            }
            else if (row >= 0 && rows.Length > 0 && rows.Select(other => (Row: other, Close: associations!.Closeness(row, other))).MaxBy(o => o.Close) is { Close: >= Near } nearest)
            {
                reached += weight * nearest.Close;
                found.Add((weight * nearest.Close, $"{word}→{associations!.Word(nearest.Row)}"));
            }
        }
        var share = sum > 0 ? reached / sum : 0;
        var coverage = share >= CoveredShare ? Coverage.Covered : share >= PartlyShare ? Coverage.Partly : Coverage.NotMentioned;
        return new Requirement(clause, coverage, [.. found.OrderByDescending(f => f.Weight).ThenBy(f => f.Text, StringComparer.Ordinal).Take(5).Select(f => f.Text)], figures.Check(clause));
    }

    private static List<string> Words(TextTokens analysis, string? text, bool synonyms)
    {
        var words = new List<string>();
        foreach (var token in analysis.Analyze(text))
        {
            var isWhole = token.Kind is TextTokenKind.Word or TextTokenKind.TechnicalWord or TextTokenKind.Symbol or TextTokenKind.Number;
            if (isWhole || (synonyms && token.Kind is TextTokenKind.Synonym or TextTokenKind.Part))
                words.Add(analysis.Term(token).ToString());
        }
        return words;
    }

    [GeneratedRegex("[。；;！!？?\\r\\n]+")]
    internal static partial Regex ClauseEnd();

    // 一、 （二） 3. ④ at a clause's beginning, but neither 一种 nor 20吨 nor 2.5吨.
    [GeneratedRegex(@"^\s*(?:[（(]?(?:[一二三四五六七八九十]+|\d{1,2})[)）、.．:：](?!\d)|[①-⑳][)）、.．:：]?|[)）、.．:：])?\s*")]
    private static partial Regex Counting();

    [GeneratedRegex("^(?:技术|主要|项目|企业)?(?:需求|内容|目标|指标|背景|基础|方式|现状|简介|概况|要求|条件)(?:(?:及|和|与|、).{0,8})?[:：]?$|^(?:需求内容|预期目标|合作方式|现有(?:工作)?基础|企业简介|资金投入)")]
    private static partial Regex Heading();

    [GeneratedRegex("成立于|注册资[本金]|占地面积|员工\\d*|年产值|年销售|销售收入|高新技术企业|荣获|先后获|专利\\d+项|拥有.{0,12}(?:设备|实验室|团队|人员|经验)|领先地位|知名企业|投入资金|资金.{0,6}万元|\\d+万元|万元以|联系(?:人|电话|方式)|产学研|联合(?:申报|攻关|开发)|技术(?:转让|入股|许可)|合作(?:开发|意向|院校|单位|方式)|希望(?:与|和|得到)|面议|\\d{4}年\\d{1,2}月")]
    private static partial Regex Praise();
}
