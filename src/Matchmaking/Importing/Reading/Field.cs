namespace Matchmaking.Importing.Reading;

/// <summary>What a column can mean; in a mapping file by its name in camel case.</summary>
public enum Field
{
    /// <summary>The identifier that the source gives the record (来源标识).</summary>
    SourceId,

    /// <summary>The application number (申请号).</summary>
    ApplicationNumber,

    /// <summary>The publication number (公开（公告）号).</summary>
    PublicationNumber,

    /// <summary>The number of the announcement of grant, where it has a column of its own (授权公告号).</summary>
    GrantNumber,

    /// <summary>The title of a patent or a need (名称).</summary>
    Title,

    /// <summary>The abstract (摘要).</summary>
    Abstract,

    /// <summary>The claims (权利要求).</summary>
    Claims,

    /// <summary>IPC symbols, the main class first (IPC分类号).</summary>
    Ipc,

    /// <summary>Keywords (关键词).</summary>
    Keywords,

    /// <summary>The applicants or holders (申请人、专利权人).</summary>
    Applicants,

    /// <summary>The inventors (发明人).</summary>
    Inventors,

    /// <summary>The day of filing (申请日).</summary>
    FiledOn,

    /// <summary>The day of the publication whose number the row bears (公开（公告）日).</summary>
    PublishedOn,

    /// <summary>The day on which the grant was announced (授权公告日).</summary>
    GrantedOn,

    /// <summary>The last day of protection (届满日).</summary>
    ExpiresOn,

    /// <summary>The kind of protection (专利类型).</summary>
    Kind,

    /// <summary>The legal status or event in words (法律状态).</summary>
    LegalStatus,

    /// <summary>The day of the legal status (法律状态公告日).</summary>
    LegalStatusOn,

    /// <summary>The technology readiness level (技术就绪度).</summary>
    Readiness,

    /// <summary>The prospect of use in industry (产业化前景).</summary>
    Prospect,

    /// <summary>The ways of transfer, offered or accepted (转化方式).</summary>
    TransferModes,

    /// <summary>The price asked, or the money at hand (意向价格、预算).</summary>
    Money,

    /// <summary>The text of a need (需求描述).</summary>
    Description,

    /// <summary>The name of an institution or enterprise (名称).</summary>
    Name,

    /// <summary>An institution's code, a credit code, or a classification's code (代码).</summary>
    Code,

    /// <summary>The level or type (级别、类型).</summary>
    Level,

    /// <summary>An industry by GB/T 4754-2017 (所属行业).</summary>
    Industry,

    /// <summary>The province or provinces (省份、意向地区).</summary>
    Province,

    /// <summary>The city (城市).</summary>
    City,

    /// <summary>The last day on which an answer is of use (截止日期).</summary>
    Deadline,

    /// <summary>Who may see it (可见范围).</summary>
    Visibility,

    /// <summary>Where it stands (状态).</summary>
    Status,

    /// <summary>The number of staff (从业人员).</summary>
    Employees,

    /// <summary>Revenue (营业收入).</summary>
    Revenue,

    /// <summary>Total assets (资产总额).</summary>
    TotalAssets,

    /// <summary>Titles the state has given (资质).</summary>
    Qualifications,
}
