using Matchmaking.Needs;
using Matchmaking.Organizations;
using Matchmaking.Patents;

namespace Matchmaking.Matches;

/// <summary>Whether a condition outside the score holds (结论).</summary>
public enum Verdict
{
    /// <summary>It holds (通过).</summary>
    Pass,

    /// <summary>It doesn't (不通过).</summary>
    Fail,

    /// <summary>A side doesn't say: neither passed nor failed (未知).</summary>
    Unknown,
}

/// <summary>A condition that stands outside the score (门槛).</summary>
/// <param name="Name">Which one: legalStatus, transferModes, readiness, region or deadline (名称).</param>
/// <param name="Verdict">Whether it holds (结论).</param>
/// <param name="Reason">Why, in Chinese (理由).</param>
public sealed record Gate(string Name, Verdict Verdict, string Reason);

/// <summary>The conditions between a need and a patent that no wording can outweigh.</summary>
/// <remarks>What a side doesn't say is unknown, never zero; what a need doesn't ask passes.</remarks>
public static class Gates
{
    public static IReadOnlyList<Gate> Of(Need need, Patent patent, Institution? holder, DateOnly today) =>
        [Legal(patent, today), Modes(need, patent), Readiness(need, patent), Region(need, holder), Deadline(need, today)];

    private static Gate Legal(Patent patent, DateOnly today)
    {
        var name = patent.LegalStatus.InChinese();
        var verdict = patent.IsDead(today) ? Verdict.Fail : patent.LegalStatus == LegalStatus.Unknown ? Verdict.Unknown : Verdict.Pass;
        return new Gate("legalStatus", verdict, verdict switch
        {
            Verdict.Fail when !patent.LegalStatus.IsDead() => $"专利保护期已于{patent.ExpiresOn:yyyy-MM-dd}届满",
            Verdict.Fail => $"法律状态为“{name}”，不能再许可或转让",
            Verdict.Unknown => "来源未载明法律状态",
            _ => $"法律状态为“{name}”",
        });
    }

    private static Gate Modes(Need need, Patent patent)
    {
        if (need.AcceptedModes.Count == 0)
            return new Gate("transferModes", Verdict.Pass, "需求方未限定转化方式");
        if (patent.TransferModes.Count == 0)
            return new Gate("transferModes", Verdict.Unknown, "专利权人未说明转化方式");
        var common = need.AcceptedModes.Intersect(patent.TransferModes).ToList();
        return common.Count > 0
            ? new Gate("transferModes", Verdict.Pass, $"双方均接受{Listed(common)}")
            : new Gate("transferModes", Verdict.Fail, $"专利权人提供{Listed(patent.TransferModes)}，需求方要求{Listed(need.AcceptedModes)}");
    }

    private static Gate Readiness(Need need, Patent patent) => (need.MinReadiness, patent.Readiness) switch
    {
        (null, _) => new Gate("readiness", Verdict.Pass, "需求方未要求技术就绪度"),
        ({ } asked, null) => new Gate("readiness", Verdict.Unknown, $"需求方要求技术就绪度不低于{asked}级，专利未标注"),
        ({ } asked, { } has) => has >= asked
            ? new Gate("readiness", Verdict.Pass, $"技术就绪度{has}级，不低于要求的{asked}级")
            : new Gate("readiness", Verdict.Fail, $"技术就绪度{has}级，低于要求的{asked}级"),
    };

    private static Gate Region(Need need, Institution? holder)
    {
        if (need.Provinces.Count == 0)
            return new Gate("region", Verdict.Pass, "需求方未限定地区");
        if (holder is null || holder.Province is "" or Places.Unknown)
            return new Gate("region", Verdict.Unknown, "专利权人所在地区未知");
        return need.Provinces.Contains(holder.Province)
            ? new Gate("region", Verdict.Pass, $"专利权人位于{holder.Province}，在意向地区内")
            : new Gate("region", Verdict.Fail, $"专利权人位于{holder.Province}，不在意向地区（{string.Join('、', need.Provinces)}）内");
    }

    private static Gate Deadline(Need need, DateOnly today) => need.Deadline switch
    {
        null => new Gate("deadline", Verdict.Pass, "需求方未设截止日期"),
        { } day when day < today => new Gate("deadline", Verdict.Fail, $"需求已于{day:yyyy-MM-dd}截止"),
        { } day => new Gate("deadline", Verdict.Pass, $"需求有效期至{day:yyyy-MM-dd}"),
    };

    private static string Listed(IEnumerable<TransferMode> modes) => string.Join('、', modes.Select(m => m.InChinese()));
}
