using System.Globalization;
using System.Text.RegularExpressions;
using Matchmaking.Patents;

namespace Matchmaking.Matches;

/// <summary>Whether a figure says how much something is, or by how much it changes (变化方向).</summary>
internal enum Change
{
    None,
    Rise,
    Fall,
}

/// <summary>A figure with its unit, as a text states it (带单位的数值).</summary>
/// <param name="Text">As it stands, with what bounds it: 不低于67% (原文).</param>
/// <param name="Start">Where it begins, in UTF-16 units from the text's beginning.</param>
/// <param name="Dimension">What it measures; figures of two dimensions can't be compared (量纲).</param>
/// <param name="Change">Whether it is by how much something grows or shrinks (变化方向).</param>
/// <param name="Stated">What it says as a fact: 达到95% is 95 of a hundred.</param>
/// <param name="Wanted">What it says as a wish: 达到95% is 95 of a hundred or more, 降低20% a fifth or more.</param>
internal sealed record Quantity(string Text, int Start, string Dimension, Change Change, Bounds Stated, Bounds Wanted);

/// <summary>Reads figures with units out of Chinese technical text.</summary>
/// <remarks>
/// 以上, 以下 and 以内 include the figure, 超过 and 不足 don't (Civil Code, article 1259). What something was before (由600度, 现有…) is left out, and
/// so is a number without a unit, a year, and one that belongs to a name (LiFePO4, Q235B). Numbers in words (百分之一, 三成) aren't read.
/// Time is linear in the text; a bound is looked for at most 16 characters before the number.
/// </remarks>
internal static partial class Quantities
{
    private const int Before = 16;

    private readonly record struct Number(double Value, int Start, int End, double Multiplier, Unit? Unit);

    /// <summary>The figures of a text, in their order; none overlaps another.</summary>
    public static List<Quantity> Read(string text)
    {
        var quantities = new List<Quantity>();
        // A full-width comma parts clauses and no thousands.
        var source = HalfWidth.Of(text.Replace('，', '、'));
        for (var at = 0; NumberAt(source, at) is { } first;)
        {
            at = Math.Max(first.End, at + 1);
            var (low, high, unit, end) = (first.Value * first.Multiplier, first.Value * first.Multiplier, first.Unit, first.End);
            var separator = Separator().Match(source, first.End, Math.Min(5, source.Length - first.End));
            var isRange = false;
            if (separator.Success && NumberAt(source, first.End + separator.Length) is { } second && second.Start == first.End + separator.Length
                && second.Unit is { } common && (unit is null || unit.Value.Dimension == common.Dimension))
            {
                var isTolerance = separator.Groups["tolerance"].Success;
                // 10~20万吨 multiplies both.
                var multiplier = first.Multiplier == 1 && unit is null && (isTolerance || first.Value < second.Value) ? second.Multiplier : first.Multiplier;
                var here = first.Value * multiplier * (unit ?? common).Factor;
                var there = second.Value * second.Multiplier * common.Factor;
                (low, high) = isTolerance ? (here - Math.Abs(there), here + Math.Abs(there)) : (Math.Min(here, there), Math.Max(here, there));
                (unit, end, at, isRange) = (common, second.End, second.End, true);
            }
            else if (unit is { } own)
            {
                (low, high) = (low * own.Factor, high * own.Factor);
            }
            if (unit is not { } known || (first.Value is >= 1900 and < 2100 && first.Multiplier == 1 && source[end - 1] == '年'))
                continue;
            var rated = Rated(source, first.Start, known);
            var figure = new Bounds(low * (rated.Factor / known.Factor), high * (rated.Factor / known.Factor));
            if (figure.IsClosed && Bound(text, source, first.Start, end, figure, isRange, rated.Dimension) is { } quantity)
                quantities.Add(quantity);
        }
        return quantities;
    }

    private static Quantity? Bound(string text, string source, int start, int end, Bounds figure, bool isRange, string dimension)
    {
        var from = Math.Max(0, start - Before);
        var before = source[from..start];
        var isDeviation = before.EndsWith('±');
        if (isDeviation)
            figure = Bounds.AtMost(figure.High);
        var prefix = Prefix().Match(isDeviation ? before[..^1] : before);
        var (stated, wanted, change) = (figure, figure, Change.None);
        var isBound = true;
        if (prefix.Groups["least"].Success)
            stated = wanted = Bounds.AtLeast(figure.Low);
        else if (prefix.Groups["above"].Success)
            stated = wanted = Bounds.AtLeast(figure.Low, isOpen: true);
        else if (prefix.Groups["most"].Success)
            stated = wanted = Bounds.AtMost(figure.High);
        else if (prefix.Groups["below"].Success)
            stated = wanted = Bounds.AtMost(figure.High, isOpen: true);
        else
            isBound = false;
        var begin = from + (prefix.Success ? prefix.Index : before.Length - (isDeviation ? 1 : 0));
        var suffix = Suffix().Match(source, end, Math.Min(8, source.Length - end));
        if (suffix.Success && !isBound)
        {
            isBound = true;
            stated = wanted = suffix.Groups["least"].Success ? Bounds.AtLeast(figure.Low) : suffix.Groups["most"].Success ? Bounds.AtMost(figure.High) : figure;
        }
        end += suffix.Length;
        isBound |= isDeviation;
        var aim = Aim().Match(source[Math.Max(0, begin - Before)..begin]);
        if (aim.Groups["before"].Success && !isRange && !isBound)
            return null;
        if (aim.Groups["rise"].Success)
            change = Change.Rise;
        else if (aim.Groups["fall"].Success)
            change = Change.Fall;
        // Who wants a thing to reach a figure, or to change by one, minds no more.
        if (!isBound && !isRange)
        {
            if (aim.Groups["reach"].Success || change != Change.None)
                wanted = Bounds.AtLeast(figure.Low);
            else if (aim.Groups["sink"].Success)
                wanted = Bounds.AtMost(figure.High);
        }
        begin -= aim.Groups["before"].Success ? 0 : aim.Length;
        return new Quantity(text[begin..end].Trim(), begin, dimension, change, stated, wanted);
    }

    /// <summary>The first number at or behind <paramref name="from"/> that is part of no name, with its sign, multiplier and unit.</summary>
    private static Number? NumberAt(string source, int from)
    {
        var match = Digits().Match(source, from);
        if (!match.Success)
            return null;
        var (start, end) = (match.Index, match.Index + match.Length);
        var value = double.Parse(match.Groups["digits"].ValueSpan, NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
        if (match.Groups["power"].Success)
            value *= Math.Pow(10, int.Parse(match.Groups["power"].ValueSpan, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture));
        if (match.Groups["minus"].Success)
            value = -value;
        var multiplier = 1.0;
        var unit = UnitAt(source, ref end);
        if (unit is null)
        {
            // 5千瓦 was a unit; 5万千瓦 has a multiplier before it.
            var unitEnd = end;
            while (unitEnd < source.Length && unitEnd - end < 3 && Multiplier(source[unitEnd]) is { } factor)
            {
                multiplier *= factor;
                unitEnd++;
            }
            if (unitEnd > end)
                end = unitEnd;
            unit = UnitAt(source, ref end);
        }
        return new Number(value, start, end, multiplier, unit);
    }

    private static Unit? UnitAt(string source, ref int end)
    {
        var at = end;
        while (at < source.Length && at - end < 2 && source[at] is ' ' or '余' or '多')
            at++;
        if (Units.Read(source.AsSpan(at), out var length) is not { } unit)
            return null;
        end = at + length;
        return unit;
    }

    private static double? Multiplier(char c) => c switch
    {
        '百' => 1e2,
        '千' => 1e3,
        '万' => 1e4,
        '亿' => 1e8,
        _ => null,
    };

    // 日处理500吨 is 500吨/日.
    private static Unit Rated(string source, int start, Unit unit)
    {
        if (unit.Dimension is not ("mass" or "volume" or "area" or "length"))
            return unit;
        var rate = Rate().Match(source[Math.Max(0, start - Before)..start]);
        return rate.Success && Units.Read("t/" + rate.Groups["time"].Value, out _) is { } each && each.Dimension.Split('/') is [_, var time]
            ? new Unit($"{unit.Dimension}/{time}", unit.Factor * each.Factor / 1e3)
            : unit;
    }

    [GeneratedRegex(@"(?<![A-Za-z0-9.#^]|\^-)(?:(?<minus>零下|(?<![A-Za-z0-9%℃)])[-负])|\+)?(?<digits>[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?)(?:\s?[×xX*]\s?10\^(?<power>-?[0-9]{1,3}(?![0-9])))?")]
    private static partial Regex Digits();

    [GeneratedRegex(@"\G\s?(?:(?<tolerance>±)|[~〜∼至到]|--?|[—–]{1,2})\s?")]
    private static partial Regex Separator();

    // What bounds the number behind it; the leftmost beginning wins, so that 不低于 isn't 低于.
    [GeneratedRegex(@"(?:(?<least>不(?:得|能|应|可|会|宜|应当)?(?:低|小|少|短)于|至少|最少|[≥≧⩾]|>=|(?:大|高|多)于(?:或)?等于)|(?<above>(?:大|高|多|长)于|超过|突破|>)|(?<most>不(?:得|能|应|可|会|宜|应当)?(?:(?:高|大|多|长)于|超过|超)|至多|最多|[≤≦⩽]|<=|(?:小|低|少)于(?:或)?等于)|(?<below>(?:小|低|少|短)于|不到|不足|<))(?:约|为|到|=|:|\s){0,3}$")]
    private static partial Regex Prefix();

    [GeneratedRegex(@"\G级?(?:\(含\))?(?:及|或|和)?(?:(?<least>以上)|(?<most>以下|以内|之内)|左右|上下)")]
    private static partial Regex Suffix();

    [GeneratedRegex(@"(?:(?<reach>(?:提高|提升|增加|上升|扩大|延长|增|升)(?:到|至)|达到|高达|达)|(?<sink>(?:降低|下降|减少|减小|缩短|降|减)(?:到|至))|(?<rise>提高|提升|增加|增长|上升|延长|高出|增产|增强)|(?<fall>降低|减少|下降|缩短|节约|节省|减小|降耗|节能)|(?<before>(?:由|从|原来|目前|现有|现为)(?:(?![提降增达减缩升])[^0-9,。；;、]){0,5}))(?:了|约|近|的|为|\s){0,2}$")]
    private static partial Regex Aim();

    [GeneratedRegex("每?(?<time>年|月|日|天|小时|时)(?:均)?(?:产能|产量|产|处理量|处理能力|处理|生产能力|生产|加工量|加工)[^0-9,。；;、]{0,6}$")]
    private static partial Regex Rate();
}
