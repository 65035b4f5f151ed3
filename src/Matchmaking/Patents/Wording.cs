namespace Matchmaking.Patents;

/// <summary>The terms of the patent world in Chinese, as explanations use them.</summary>
internal static class Wording
{
    public static string InChinese(this LegalStatus status) => status switch
    {
        LegalStatus.Pending => "审中",
        LegalStatus.Granted => "有效",
        LegalStatus.Lapsed => "终止",
        LegalStatus.Expired => "届满",
        LegalStatus.Invalidated => "宣告无效",
        LegalStatus.Withdrawn => "撤回",
        LegalStatus.Rejected => "驳回",
        _ => "未知",
    };

    public static string InChinese(this TransferMode mode) => mode switch
    {
        TransferMode.Assignment => "转让",
        TransferMode.License => "普通许可",
        TransferMode.ExclusiveLicense => "独占许可",
        TransferMode.OpenLicense => "开放许可",
        TransferMode.Equity => "作价入股",
        _ => "合作开发",
    };

    public static string InChinese(this PatentKind kind) => kind switch
    {
        PatentKind.Invention => "发明",
        PatentKind.UtilityModel => "实用新型",
        _ => "外观设计",
    };

    public static string InChinese(this Prospect prospect) => prospect switch
    {
        Prospect.High => "较高",
        Prospect.Medium => "一般",
        Prospect.Low => "较低",
        _ => "未分级",
    };
}
