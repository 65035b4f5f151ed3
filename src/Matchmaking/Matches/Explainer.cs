using System.Globalization;
using Matchmaking.Indexing;
using Matchmaking.Needs;
using Matchmaking.Organizations;
using Matchmaking.Patents;
using Matchmaking.Search.Analysis;
using Matchmaking.Search.Highlighting;
using Matchmaking.Search.Ranking;

namespace Matchmaking.Matches;

/// <summary>Says why a match has its score.</summary>
internal sealed class Explainer(IndexView view, TimeProvider clock)
{
    private const string Meaning = "meaning";

    /// <summary>How many matched terms are shown.</summary>
    public const int MaxTerms = 20;

    // By how many pairs of words a likeness of meaning is shown.
    private const int MaxTies = 5;

    private readonly Highlighter _highlighter = new(Analyzers.Asked);

    private static readonly Dictionary<string, string> Parts = new()
    {
        [PatentDocument.Title] = "专利标题",
        [PatentDocument.Abstract] = "摘要",
        [PatentDocument.Claims] = "权利要求",
        [PatentDocument.Keywords] = "关键词",
        [PatentDocument.Ipc] = "技术领域（IPC）",
        [PatentDocument.Industry] = "所属行业的技术领域",
        [Meaning] = "含义相近",
    };

    public MatchExplanation Explain(Match match, Institution? holder)
    {
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime.AddHours(8));
        var gates = Gates.Of(match.Need, match.Patent, holder, today);
        var scores = view.Patents.Score(match.Query, match.Patent.Id) ?? TermScores.None;
        // Points are not linear in the raw score; each part gets the share of the points that it has of the raw score.
        var scale = scores.Score > 0 ? match.Score / scores.Score : 0;
        var terms = scores.Terms.OrderByDescending(t => t.Score).ThenBy(t => t.Term.Term).ToList();
        var components = Components(match.Patent, terms, Ties(match, scores.Meaning), scores.Meaning * scale, scale, Math.Round(match.Score, 2));
        var matched = terms.Where(t => t.Term.Term.Kind == TermKind.Word).Take(MaxTerms).Select(t => Matched(match, t, scale)).ToList();
        return new MatchExplanation(components, matched, Requirements.Check(match.Need, match.Patent, view.Patents.Schema.Associations), gates, Summary(match, holder, terms, gates));
    }

    private static List<ScoreComponent> Components(Patent patent, List<TermScore> terms, string ties, double meaning, double scale, double score)
    {
        var shares = terms.SelectMany(t => t.Fields.Select(f => (f.Field, Points: f.Score * scale, Text: Shown(t.Term.Term, patent), t.Term.Term.Kind)))
            .GroupBy(s => s.Field, StringComparer.Ordinal)
            .Select(g => (Field: g.Key, Points: g.Sum(s => s.Points), Words: Strongest(g.Where(s => s.Kind != TermKind.Character)), Characters: Strongest(g.Where(s => s.Kind == TermKind.Character))))
            .OrderByDescending(g => g.Points).ThenBy(g => g.Field, StringComparer.Ordinal).ToList();
        var components = shares.ConvertAll(g => new ScoreComponent(g.Field, Math.Round(g.Points, 2), Detail(Parts.GetValueOrDefault(g.Field, g.Field), g.Words, g.Characters)));
        if (meaning > 0)
        {
            components.Add(new ScoreComponent(Meaning, Math.Round(meaning, 2), ties));
            components = [.. components.OrderByDescending(c => c.Points).ThenBy(c => c.Name, StringComparer.Ordinal)];
        }
        if (components.Count > 0)
        {
            // What rounding lost goes to the largest part, so that a reader who adds up gets the score.
            var rest = score - components.Sum(c => c.Points);
            components[0] = components[0] with { Points = Math.Round(components[0].Points + rest, 2) };
        }
        return components;
    }

    // Of an industry one wants to know in which classes it met the patent.
    private static string Shown(IndexTerm term, Patent patent) =>
        term.Field == PatentDocument.Industry ? $"{term.Text}（{string.Join('、', IndustryClasses.Shared(term.Text, patent.IpcCodes))}）" : term.Text;

    private string Ties(Match match, double meaning)
    {
        var analysis = new TextTokens(TechnicalLexicon.Default, expandsSynonyms: false);
        var words = new List<string>();
        foreach (var text in match.Patent.Keywords.Prepend(match.Patent.Title))
        {
            foreach (var token in analysis.Analyze(text))
                words.Add(analysis.Term(token).ToString());
        }
        // Characters have their share in it, but a reader thinks in words.
        var ties = view.Patents.Ties(match.Query, words, meaning).Where(tie => tie.Score > 0 && IsWord(tie.Here) && IsWord(tie.There)).ToList();
        var others = ties.Where(tie => !tie.Here.Contains(tie.There, StringComparison.Ordinal) && !tie.There.Contains(tie.Here, StringComparison.Ordinal)).Take(MaxTies).Select(tie => $"{tie.Here}→{tie.There}").ToList();
        return others.Count > 0 ? $"{Parts[Meaning]}，经由：{string.Join('、', others)}"
            : ties.Count > 0 ? $"{Parts[Meaning]}：{string.Join('、', ties.Take(MaxTies).Select(tie => tie.Here))}"
            : $"{Parts[Meaning]}，经由所含的字";
    }

    private static bool IsWord(string term) => term[0] != TextTokens.CharacterMark;

    private static List<string> Strongest(IEnumerable<(string Field, double Points, string Text, TermKind Kind)> shares) =>
        [.. shares.OrderByDescending(s => s.Points).Select(s => s.Text).Distinct(StringComparer.Ordinal).Take(5)];

    private static string Detail(string part, List<string> words, List<string> characters) => (words.Count, characters.Count) switch
    {
        (_, 0) => $"{part}命中：{string.Join('、', words)}",
        (0, _) => $"{part}共用字：{string.Join('、', characters)}",
        _ => $"{part}命中：{string.Join('、', words)}；共用字：{string.Join('、', characters)}",
    };

    private MatchedTerm Matched(Match match, TermScore term, double scale)
    {
        var word = term.Term.Term.Text;
        var needText = term.Term.Parts.Order(StringComparer.Ordinal).Select(part => part switch
        {
            "title" => match.Need.Title,
            "keywords" => string.Join('；', match.Need.Keywords),
            _ => match.Need.Description,
        }).LastOrDefault(text => text.Length > 0) ?? "";
        var field = term.Fields.MaxBy(f => f.Score).Field;
        var patentText = field switch
        {
            PatentDocument.Title => match.Patent.Title,
            PatentDocument.Abstract => match.Patent.Abstract,
            PatentDocument.Claims => match.Patent.Claims,
            _ => string.Join('；', match.Patent.Keywords),
        };
        return new MatchedTerm(word, Math.Round(term.Score * scale, 2), Snippet(needText, word), Snippet(patentText ?? "", word));
    }

    // A symbol or a synonym may stand nowhere as such; then the text's beginning shows what is spoken of.
    private string Snippet(string text, string word) =>
        _highlighter.Snippet(text, word) ?? System.Net.WebUtility.HtmlEncode(text.Length <= Highlighter.SnippetLength ? text : text[..Highlighter.SnippetLength] + "…");

    private static string Summary(Match match, Institution? holder, List<TermScore> terms, IReadOnlyList<Gate> gates)
    {
        var words = terms.Where(t => t.Term.Term.Kind == TermKind.Word && t.Term.Term.Text.EnumerateRunes().Count() > 1).Select(t => t.Term.Term.Text).Take(4).ToList();
        if (match.Score < 0.5)
            words = [];
        else if (words.Count == 0)
            words = [.. terms.Where(t => t.Term.Term.Field != PatentDocument.Industry).Select(t => t.Term.Term.Text).Take(4)];
        var degree = match.Score switch { >= 70 => "高度契合", >= 45 => "较为契合", >= 20 => "部分相关", >= 0.5 => "略有关联", _ => "未见明显关联" };
        var whose = holder is null ? "该专利" : $"{holder.Name}的该专利";
        var score = Math.Round(match.Score, 0).ToString(CultureInfo.InvariantCulture);
        var fits = words.Count == 0 ? $"{whose}与需求{degree}" : $"{whose}在{string.Join('、', words.Select(w => $"“{w}”"))}方面与需求{degree}（{score}分）";
        // Whoever wonders why a title that fits so well has so few points.
        var basis = match.Score >= 0.5 && !match.Patent.IsDescribed() ? "，仅凭标题判断，查无摘要" : "";
        var failed = gates.Where(g => g.Verdict == Verdict.Fail).Select(g => g.Reason).ToList();
        var unknown = gates.Where(g => g.Verdict == Verdict.Unknown).Select(g => g.Reason).ToList();
        var conditions = failed.Count > 0 ? $"，但{string.Join("；", failed)}"
            : unknown.Count > 0 ? $"，尚待确认：{string.Join("；", unknown)}"
            : "，各项条件均满足";
        return fits + basis + conditions + "。";
    }
}
