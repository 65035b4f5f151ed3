using System.Globalization;

namespace Matchmaking.Deliveries;

/// <summary>A recommendation in a few lines of Chinese.</summary>
internal static class TellingText
{
    /// <summary>What there is to say beside the patent's title.</summary>
    public static IEnumerable<string> Lines(Telling telling)
    {
        var patent = telling.Patent;
        yield return string.Create(CultureInfo.InvariantCulture, $"匹配度：{telling.Recommendation.Score:0}分");
        if (telling.NeedTitle is { } need)
            yield return $"技术需求：{need}";
        if (telling.EnterpriseName is { } enterprise)
            yield return $"需求企业：{enterprise}";
        if (patent.Holder is { } holder)
            yield return $"专利权人：{holder.Name}";
        if ((patent.PublicationNumber ?? patent.ApplicationNumber) is { } number)
            yield return $"专利号：{number}";
    }
}
