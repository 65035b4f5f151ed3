namespace Matchmaking.Organizations;

/// <summary>A small or medium enterprise that looks for technology (中小企业).</summary>
public sealed class Enterprise
{
    /// <summary>The key, a UUIDv7 made by us.</summary>
    public Guid Id { get; init; }

    /// <summary>The unified social credit code, 18 characters, check digit verified (统一社会信用代码).</summary>
    public string CreditCode { get; set; } = "";

    /// <summary>The registered name (企业名称).</summary>
    public string Name { get; set; } = "";

    /// <summary>The province in its short form (省份).</summary>
    public string Province { get; set; } = "";

    /// <summary>The city; null where unknown (城市).</summary>
    public string? City { get; set; }

    /// <summary>The industry by GB/T 4754-2017, for instance C3841 (国民经济行业代码).</summary>
    public string? IndustryCode { get; set; }

    /// <summary>The number of staff at the end of last year; null is unknown (从业人员).</summary>
    public int? Employees { get; set; }

    /// <summary>Last year's revenue in yuan; null is unknown (营业收入).</summary>
    public decimal? Revenue { get; set; }

    /// <summary>Total assets at the end of last year in yuan; null is unknown (资产总额).</summary>
    public decimal? TotalAssets { get; set; }

    /// <summary>Titles the state has given it (资质).</summary>
    public List<Qualification> Qualifications { get; set; } = [];

    /// <summary>The identifier that the source gave the record; null where it gave none (来源标识).</summary>
    public string? SourceId { get; set; }

    /// <summary>When we first stored it (创建时间).</summary>
    public DateTime CreatedAt { get; init; }

    /// <summary>When it last changed here (更新时间).</summary>
    public DateTime UpdatedAt { get; set; }
}

/// <summary>A title that the state has given an enterprise (资质).</summary>
public enum Qualification
{
    /// <summary>Technology-based SME (科技型中小企业).</summary>
    TechSme,

    /// <summary>Innovative SME (创新型中小企业).</summary>
    InnovativeSme,

    /// <summary>Specialised and sophisticated SME (专精特新中小企业).</summary>
    SpecializedSme,

    /// <summary>Little giant (专精特新“小巨人”企业).</summary>
    LittleGiant,

    /// <summary>Champion of a single product (制造业单项冠军).</summary>
    SingleChampion,

    /// <summary>High-tech enterprise (高新技术企业).</summary>
    HighTech,

    /// <summary>IP advantage enterprise (知识产权优势企业).</summary>
    IpAdvantage,

    /// <summary>IP demonstration enterprise (知识产权示范企业).</summary>
    IpDemonstration,

    /// <summary>Pilot of IP use in industry (工业企业知识产权运用试点企业).</summary>
    IpPilot,
}
