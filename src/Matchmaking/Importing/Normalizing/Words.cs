using System.Text;
using Matchmaking.Needs;
using Matchmaking.Organizations;
using Matchmaking.Patents;

namespace Matchmaking.Importing.Normalizing;

/// <summary>Understands the words of forms and exports for what we have enums for.</summary>
internal static class Words
{
    /// <summary>The kind of patent: 发明公开, 实用新型, 3, design; null where the words name none.</summary>
    public static PatentKind? Kind(string text) => Narrow(text) switch
    {
        "1" or "8" or "FM" or "FMZL" or "FMSQ" or "A" or "B" or "C" => PatentKind.Invention,
        "2" or "9" or "XX" or "SYXX" or "U" or "Y" => PatentKind.UtilityModel,
        "3" or "WG" or "WGZL" or "S" or "D" => PatentKind.Design,
        var t when t.Contains("实用", StringComparison.Ordinal) || t.Contains("新型", StringComparison.Ordinal) || t.Contains("UTILITY", StringComparison.Ordinal) => PatentKind.UtilityModel,
        var t when t.Contains("外观", StringComparison.Ordinal) || t.Contains("设计", StringComparison.Ordinal) || t.Contains("DESIGN", StringComparison.Ordinal) => PatentKind.Design,
        var t when t.Contains("发明", StringComparison.Ordinal) || t.Contains("INVENTION", StringComparison.Ordinal) => PatentKind.Invention,
        _ => null,
    };

    /// <summary>The ways of transfer in a cell; null where a word names none.</summary>
    public static List<TransferMode>? Modes(string text, out string unknown)
    {
        unknown = "";
        var modes = new List<TransferMode>();
        foreach (var word in Lists.Words(text.Replace('/', ';').Replace('+', ';')))
        {
            var w = Narrow(word);
            if (w is "不限" or "均可" or "任意" or "ANY" or "面议")
                continue;
            TransferMode? mode =
                w.Contains("开放", StringComparison.Ordinal) || w is "OPENLICENSE" or "OPEN_LICENSE" ? TransferMode.OpenLicense
                : w.Contains("独占", StringComparison.Ordinal) || w.Contains("排他", StringComparison.Ordinal) || w.Contains("独家", StringComparison.Ordinal) || w.Contains("EXCLUSIVE", StringComparison.Ordinal) ? TransferMode.ExclusiveLicense
                : w.Contains("许可", StringComparison.Ordinal) || w.Contains("LICEN", StringComparison.Ordinal) ? TransferMode.License
                : w.Contains("入股", StringComparison.Ordinal) || w.Contains("作价", StringComparison.Ordinal) || w.Contains("股权", StringComparison.Ordinal) || w is "EQUITY" ? TransferMode.Equity
                : w.Contains("合作", StringComparison.Ordinal) || w.Contains("联合", StringComparison.Ordinal) || w.Contains("共同", StringComparison.Ordinal) || w.Contains("委托", StringComparison.Ordinal) || w.Contains("JOINT", StringComparison.Ordinal) ? TransferMode.JointDevelopment
                : w.Contains("转让", StringComparison.Ordinal) || w.Contains("出让", StringComparison.Ordinal) || w.Contains("购买", StringComparison.Ordinal) || w is "ASSIGNMENT" or "TRANSFER" ? TransferMode.Assignment
                : null;
            if (mode is null)
                unknown = word;
            else if (!modes.Contains(mode.Value))
                modes.Add(mode.Value);
        }
        return unknown.Length > 0 ? null : modes;
    }

    /// <summary>The prospect of use in industry; null where the words name none.</summary>
    public static Prospect? Prospects(string text) => Narrow(text) switch
    {
        "较高" or "高" or "HIGH" or "好" or "A" or "A类" or "前景较好" or "较好" or "重点" => Prospect.High,
        "一般" or "中" or "MEDIUM" or "中等" or "B" or "B类" => Prospect.Medium,
        "较低" or "低" or "LOW" or "差" or "C" or "C类" or "较差" => Prospect.Low,
        "未分级" or "未评价" or "UNGRADED" or "未分类" => Prospect.Ungraded,
        _ => null,
    };

    /// <summary>Who may see a need; null where the words name none.</summary>
    public static NeedVisibility? Visibility(string text) => Narrow(text) switch
    {
        "公开" or "PUBLIC" or "全部公开" or "不保密" or "完全公开" => NeedVisibility.Public,
        "匿名" or "ANONYMOUS" or "匿名公开" or "部分公开" or "隐藏企业" => NeedVisibility.Anonymous,
        "保密" or "CONFIDENTIAL" or "不公开" or "定向" or "秘密" or "定向公开" => NeedVisibility.Confidential,
        "是" or "否" => null,
        _ => null,
    };

    /// <summary>Where a need stands; null where the words name none.</summary>
    public static NeedStatus? NeedStatuses(string text) => Narrow(text) switch
    {
        "征集中" or "OPEN" or "对接中" or "发布" or "已发布" or "进行中" or "有效" or "未解决" or "待解决" => NeedStatus.Open,
        "草稿" or "DRAFT" or "未发布" => NeedStatus.Draft,
        "暂停" or "PAUSED" => NeedStatus.Paused,
        "关闭" or "CLOSED" or "已关闭" or "结束" or "已结束" or "已解决" or "完成" or "已完成" => NeedStatus.Closed,
        "到期" or "EXPIRED" or "已到期" or "过期" or "已过期" => NeedStatus.Expired,
        _ => null,
    };

    /// <summary>What an institution is; null where the words name none.</summary>
    public static InstitutionKind? Institution(string text)
    {
        var t = Narrow(text);
        return t is "本科" or "专科" or "高职" or "UNIVERSITY" || t.Contains("高校", StringComparison.Ordinal) || t.Contains("大学", StringComparison.Ordinal) || t.Contains("学校", StringComparison.Ordinal) || t.Contains("学院", StringComparison.Ordinal) || t.Contains("院校", StringComparison.Ordinal) ? InstitutionKind.University
            : t.Contains("医", StringComparison.Ordinal) || t is "HOSPITAL" ? InstitutionKind.Hospital
            : t.Contains("科研", StringComparison.Ordinal) || t.Contains("研究", StringComparison.Ordinal) || t is "RESEARCHINSTITUTE" or "RESEARCH_INSTITUTE" || t.Contains("院所", StringComparison.Ordinal) ? InstitutionKind.ResearchInstitute
            : t.Contains("其他", StringComparison.Ordinal) || t.Contains("其它", StringComparison.Ordinal) || t is "OTHER" ? InstitutionKind.Other
            : null;
    }

    /// <summary>The titles an enterprise has; a word that names none of ours is given back in <paramref name="unknown"/>.</summary>
    public static List<Qualification> Qualifications(string text, out string unknown)
    {
        unknown = "";
        var found = new List<Qualification>();
        foreach (var word in Lists.Words(text))
        {
            var w = Narrow(word).Replace("_", "", StringComparison.Ordinal);
            Qualification? title =
                w.Contains("小巨人", StringComparison.Ordinal) || w is "LITTLEGIANT" ? Qualification.LittleGiant
                : w.Contains("单项冠军", StringComparison.Ordinal) || w is "SINGLECHAMPION" ? Qualification.SingleChampion
                : w.Contains("专精特新", StringComparison.Ordinal) || w is "SPECIALIZEDSME" ? Qualification.SpecializedSme
                : w.Contains("创新型", StringComparison.Ordinal) || w is "INNOVATIVESME" ? Qualification.InnovativeSme
                : w.Contains("科技型", StringComparison.Ordinal) || w is "TECHSME" ? Qualification.TechSme
                : w.Contains("高新技术", StringComparison.Ordinal) || w is "高企" or "HIGHTECH" ? Qualification.HighTech
                : w.Contains("优势企业", StringComparison.Ordinal) || w is "IPADVANTAGE" ? Qualification.IpAdvantage
                : w.Contains("示范企业", StringComparison.Ordinal) || w is "IPDEMONSTRATION" ? Qualification.IpDemonstration
                : w.Contains("试点", StringComparison.Ordinal) || w is "IPPILOT" ? Qualification.IpPilot
                : null;
            if (title is null)
                unknown = word;
            else if (!found.Contains(title.Value))
                found.Add(title.Value);
        }
        return found;
    }

    private static string Narrow(string text)
    {
        var narrow = new StringBuilder(text.Length);
        foreach (var c in HalfWidth.Of(text))
        {
            if (!char.IsWhiteSpace(c))
                narrow.Append(char.ToUpperInvariant(c));
        }
        return narrow.ToString();
    }
}
