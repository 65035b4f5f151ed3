using Matchmaking.Patents;
using Matchmaking.Search.Analysis;

namespace Matchmaking.Matches;

/// <summary>Whether what a patent states meets a figure that a need names (指标符合性).</summary>
public enum FigureVerdict
{
    /// <summary>The patent states a figure that meets it (符合).</summary>
    Met,

    /// <summary>It states one that doesn't (不符合).</summary>
    NotMet,

    /// <summary>It states none of the same thing, or none that decides it (未知).</summary>
    Unknown,
}

/// <summary>A figure with its unit that a need names, beside the patent's (技术指标).</summary>
/// <param name="Needed">As the need says it, with what bounds it: 不低于67% (需求指标).</param>
/// <param name="Found">What the patent states that is nearest to it, as it stands there; null where it states nothing of the kind (专利指标).</param>
/// <param name="Verdict">Whether the one meets the other; it neither excludes a match nor changes its score (指标符合性).</param>
internal sealed record Figure(string Needed, string? Found, FigureVerdict Verdict);

/// <summary>Compares the figures of a need with those that a patent states of the same thing.</summary>
/// <remarks>
/// Two figures are of the same thing where the parts of a sentence that they stand in share a word; where only the sentences do, the patent's
/// is shown and nothing is said. A patent that states several of one thing (examples) meets the need where one does.
/// </remarks>
internal sealed class Figures(Patent patent)
{
    private sealed record Stated(Quantity Quantity, HashSet<string> Near, HashSet<string> Around);

    private readonly TextTokens _analysis = new();
    private readonly Lazy<List<(string Sentence, List<Quantity> Quantities)>> _sentences = new(() => Sentences(patent));
    private readonly Dictionary<string, List<Stated>> _stated = [];

    /// <summary>The figures of a clause of a need, each with what the patent states.</summary>
    public IReadOnlyList<Figure> Check(string clause)
    {
        var needed = Quantities.Read(clause);
        if (needed.Count == 0)
            return [];
        var around = Words(clause, 0, clause.Length, needed);
        return [.. needed.Select(quantity => Check(quantity, Near(clause, quantity, needed), around))];
    }

    /// <summary>Whether what is stated meets what is needed; of one dimension, and both changes in one direction or none.</summary>
    /// <remarks>
    /// A bound is met by what lies within it, and missed by what lies beyond it. One figure or range that is needed without a word on which side is better is
    /// met where it is covered, and a range missed where nothing of it is; a figure that only differs decides nothing.
    /// </remarks>
    public static FigureVerdict Judge(Quantity needed, Quantity stated)
    {
        if (needed.Dimension != stated.Dimension || needed.Change != stated.Change)
            return FigureVerdict.Unknown;
        var (wanted, have) = (needed.Wanted, stated.Stated);
        if (!wanted.IsClosed)
            return wanted.Contains(have) ? FigureVerdict.Met : wanted.Overlaps(have) ? FigureVerdict.Unknown : FigureVerdict.NotMet;
        if (!have.IsClosed)
            return FigureVerdict.Unknown;
        return have.Contains(wanted) ? FigureVerdict.Met : wanted.Overlaps(have) || wanted.IsPoint ? FigureVerdict.Unknown : FigureVerdict.NotMet;
    }

    private Figure Check(Quantity needed, HashSet<string> near, HashSet<string> around)
    {
        var best = StatedIn(needed.Dimension).Where(stated => stated.Quantity.Change == needed.Change)
            .Select(stated => (stated.Quantity, Near: near.Count(stated.Near.Contains), Around: around.Count(stated.Around.Contains)))
            .Where(stated => stated.Around > 0)
            .Select(stated => (stated.Quantity.Text, stated.Near, stated.Around, Verdict: stated.Near > 0 ? Judge(needed, stated.Quantity) : FigureVerdict.Unknown))
            .OrderByDescending(stated => stated.Near).ThenBy(stated => stated.Verdict).ThenByDescending(stated => stated.Around)
            .FirstOrDefault();
        return best.Text is null ? new Figure(needed.Text, null, FigureVerdict.Unknown) : new Figure(needed.Text, best.Text, best.Verdict);
    }

    private List<Stated> StatedIn(string dimension)
    {
        if (_stated.TryGetValue(dimension, out var known))
            return known;
        var stated = new List<Stated>();
        // Most sentences of long claims have no such figure, and needn't be cut into words.
        foreach (var (sentence, quantities) in _sentences.Value.Where(s => s.Quantities.Exists(q => q.Dimension == dimension)))
        {
            var around = Words(sentence, 0, sentence.Length, quantities);
            stated.AddRange(quantities.Where(q => q.Dimension == dimension).Select(q => new Stated(q, Near(sentence, q, quantities), around)));
        }
        return _stated[dimension] = stated;
    }

    private static List<(string Sentence, List<Quantity> Quantities)> Sentences(Patent patent) =>
        [.. ((string?[])[patent.Title, string.Join('；', patent.Keywords), patent.Abstract, patent.Claims]).SelectMany(text => Requirements.ClauseEnd().Split(text ?? ""))
            .Select(sentence => (sentence, Quantities.Read(sentence))).Where(s => s.Item2.Count > 0)];

    // What a figure speaks of stands in its own part of the sentence, or, where that has no word (…率高，达95%), in the one before.
    private HashSet<string> Near(string sentence, Quantity quantity, List<Quantity> quantities)
    {
        var (begin, end) = (quantity.Start, quantity.Start + quantity.Text.Length);
        while (end < sentence.Length && !IsPartEnd(sentence[end]))
            end++;
        while (begin > 0 && !IsPartEnd(sentence[begin - 1]))
            begin--;
        var words = Words(sentence, begin, end, quantities);
        while (begin > 0 && words.Count == 0)
        {
            begin--;
            while (begin > 0 && !IsPartEnd(sentence[begin - 1]))
                begin--;
            words = Words(sentence, begin, end, quantities);
        }
        return words;
    }

    private static bool IsPartEnd(char c) => c is '，' or ',' or '、' or '：' or ':' or '；' or ';';

    private HashSet<string> Words(string sentence, int begin, int end, List<Quantity> quantities)
    {
        var text = sentence[begin..end].ToCharArray();
        // 不低于 and 毫米 are no thing that is measured.
        foreach (var quantity in quantities)
        {
            var (from, to) = (Math.Max(quantity.Start, begin), Math.Min(quantity.Start + quantity.Text.Length, end));
            if (from < to)
                Array.Fill(text, '。', from - begin, to - from);
        }
        var words = new HashSet<string>(StringComparer.Ordinal);
        foreach (var token in _analysis.Analyze(text))
        {
            var term = _analysis.Term(token);
            var isWord = token.Kind is TextTokenKind.Word or TextTokenKind.TechnicalWord or TextTokenKind.Symbol or TextTokenKind.Synonym or TextTokenKind.Part;
            if (isWord && term.Length > 1 && !Generic.Contains(term.ToString()))
                words.Add(term.ToString());
        }
        return words;
    }

    // They stand before figures of all things.
    private static readonly HashSet<string> Generic = new(StringComparer.Ordinal)
    {
        "要求", "指标", "技术", "需求", "具有", "达到", "提高", "提升", "降低", "减少", "增加", "保证", "控制", "范围",
        "以上", "以下", "左右", "分别", "目标", "能够", "可以", "进行", "采用", "平均", "最大", "最高", "最小", "最低",
    };
}
