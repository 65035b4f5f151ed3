using System.Globalization;
using System.Text;
using Matchmaking.Patents;

namespace Matchmaking.Importing.Normalizing;

/// <summary>Reads sums of money and counts (金额、人数).</summary>
internal static class Amounts
{
    /// <summary>The largest sum that can be stored.</summary>
    public const decimal Max = 9_000_000_000_000_000m;

    /// <summary>Reads a sum in yuan: 80万, 1,200,000元, ￥3.5亿; 面议 is null, not zero.</summary>
    /// <param name="text">A cell.</param>
    /// <param name="unit">What a bare number counts, in yuan: 10,000 under a heading in 万元.</param>
    /// <param name="yuan">The sum; null where it is to be negotiated or not told.</param>
    public static bool TryMoney(string text, decimal unit, out decimal? yuan)
    {
        yuan = null;
        var narrow = Narrow(text);
        if (narrow.Length == 0 || Texts.IsPlaceholder(narrow) || narrow.Contains("面议", StringComparison.Ordinal) || narrow.Contains("协商", StringComparison.Ordinal)
            || narrow.Contains("面谈", StringComparison.Ordinal) || narrow.Contains("待定", StringComparison.Ordinal) || narrow.Contains("不限", StringComparison.Ordinal))
            return true;
        foreach (var prefix in (ReadOnlySpan<string>)["人民币", "RMB", "CNY", "¥", "约", "￥", "不超过", "≤"])
        {
            if (narrow.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
                narrow = narrow[prefix.Length..];
        }
        foreach (var suffix in (ReadOnlySpan<string>)["人民币", "RMB", "CNY", "以内", "以下", "左右", "整"])
        {
            if (narrow.EndsWith(suffix, StringComparison.OrdinalIgnoreCase))
                narrow = narrow[..^suffix.Length];
        }
        var factor = unit;
        foreach (var (word, value) in (ReadOnlySpan<(string, decimal)>)[("亿元", 100_000_000m), ("千万元", 10_000_000m), ("百万元", 1_000_000m), ("万元", 10_000m), ("千元", 1000m), ("亿", 100_000_000m), ("千万", 10_000_000m), ("百万", 1_000_000m), ("万", 10_000m), ("元", 1m), ("圆", 1m), ("块", 1m)])
        {
            if (!narrow.EndsWith(word, StringComparison.Ordinal))
                continue;
            factor = value;
            narrow = narrow[..^word.Length];
            break;
        }
        if (!decimal.TryParse(narrow, NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var number) || number > Max / factor)
            return false;
        yuan = number * factor;
        return true;
    }

    /// <summary>Reads a count of people: 120, 1,200人; null where it isn't told.</summary>
    public static bool TryCount(string text, out int? count)
    {
        count = null;
        var narrow = Narrow(text).TrimEnd('人', '名', '余');
        if (narrow.Length == 0 || Texts.IsPlaceholder(narrow))
            return true;
        if (!decimal.TryParse(narrow, NumberStyles.AllowThousands | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) || number > int.MaxValue || number != decimal.Floor(number))
            return false;
        count = (int)number;
        return true;
    }

    /// <summary>Reads a technology readiness level: 6, TRL 6, 6级, 第六级; null where it isn't told.</summary>
    public static bool TryReadiness(string text, out int? level)
    {
        level = null;
        var narrow = Narrow(text).ToUpperInvariant();
        if (narrow.Length == 0 || Texts.IsPlaceholder(narrow) || narrow is "不限" or "不要求" or "0")
            return true;
        foreach (var word in (ReadOnlySpan<string>)["技术就绪度", "就绪度", "TRL", "第", "-", ":", "级", "以上", "及", "≥", ">=", "等"])
            narrow = narrow.Replace(word, "", StringComparison.Ordinal);
        var chinese = narrow.Length == 1 ? "一二三四五六七八九".IndexOf(narrow[0]) : -1;
        if (chinese >= 0)
            level = chinese + 1;
        else if (decimal.TryParse(narrow, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= 9 && number == decimal.Floor(number))
            level = (int)number;
        return level is not null;
    }

    private static string Narrow(string text)
    {
        var narrow = new StringBuilder(text.Length);
        foreach (var c in HalfWidth.Of(text))
        {
            if (!char.IsWhiteSpace(c))
                narrow.Append(c);
        }
        return narrow.ToString();
    }
}
