using Matchmaking.Organizations;

namespace Matchmaking.Patents;

/// <summary>A stock patent: one application with its publications and its legal life (存量专利).</summary>
/// <remarks>A patent is one application (案). Its publications (A, B, U, S) are rows of their own, so that any number leads to it.</remarks>
public sealed class Patent
{
    /// <summary>The key, a UUIDv7 made by us.</summary>
    public Guid Id { get; init; }

    /// <summary>The application number, normalised with check digit: CN201710117081.7 (申请号).</summary>
    public string? ApplicationNumber { get; set; }

    /// <summary>The number of the latest publication known: CN102889890B (公开（公告）号).</summary>
    public string? PublicationNumber { get; set; }

    /// <summary>The kind of protection (专利类型).</summary>
    public PatentKind Kind { get; set; }

    /// <summary>The title as published (发明名称).</summary>
    public string Title { get; set; } = "";

    /// <summary>The abstract as published; null where the source had none (摘要).</summary>
    public string? Abstract { get; set; }

    /// <summary>The claims, as far as the source had them (权利要求).</summary>
    public string? Claims { get; set; }

    /// <summary>The IPC symbols, normalised (H01M 4/36); the first one is the main class (IPC分类号).</summary>
    public List<string> IpcCodes { get; set; } = [];

    /// <summary>Keywords given by the source or the holder (关键词).</summary>
    public List<string> Keywords { get; set; } = [];

    /// <summary>The institution that holds the patent; null where the source didn't say or the holder is no institution.</summary>
    public Guid? HolderId { get; set; }

    /// <summary>The institution that holds the patent; null where the source didn't say or the holder is no institution (专利权人).</summary>
    public Institution? Holder { get; set; }

    /// <summary>The names of further applicants, and of a holder that is no institution (共同专利权人).</summary>
    public List<string> CoHolders { get; set; } = [];

    /// <summary>The inventors, in the source's order (发明人).</summary>
    public List<string> Inventors { get; set; } = [];

    /// <summary>The day of filing (申请日).</summary>
    public DateOnly? FiledOn { get; set; }

    /// <summary>The day of the first publication known (公开日).</summary>
    public DateOnly? PublishedOn { get; set; }

    /// <summary>The day on which the grant was announced (授权公告日).</summary>
    public DateOnly? GrantedOn { get; set; }

    /// <summary>The last day of protection if all fees are paid (专利权届满日).</summary>
    public DateOnly? ExpiresOn { get; set; }

    /// <summary>The legal status as the latest source knew it (法律状态).</summary>
    public LegalStatus LegalStatus { get; set; }

    /// <summary>The day of the event that brought the legal status; null where the source gave none (法律状态公告日).</summary>
    public DateOnly? LegalStatusOn { get; set; }

    /// <summary>The technology readiness level 1 to 9 of GB/T 22900; null is unknown (技术就绪度).</summary>
    public int? Readiness { get; set; }

    /// <summary>The holder's own grading in the stock-taking (产业化前景).</summary>
    public Prospect Prospect { get; set; }

    /// <summary>The ways of transfer that the holder offers; empty is unknown (转化方式).</summary>
    public List<TransferMode> TransferModes { get; set; } = [];

    /// <summary>The price asked, in yuan; null is to be negotiated, not zero (意向价格).</summary>
    public decimal? AskingPrice { get; set; }

    /// <summary>The declaration of an open licence; null where there is none (开放许可).</summary>
    public OpenLicense? OpenLicense { get; set; }

    /// <summary>The identifier that the source gave the record; null where it gave none (来源标识).</summary>
    public string? SourceId { get; set; }

    /// <summary>What the creator sent to make a retried creation return this one.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>When we first stored it (创建时间).</summary>
    public DateTime CreatedAt { get; init; }

    /// <summary>When it last changed here; send it back as ifUnmodifiedSince (更新时间).</summary>
    public DateTime UpdatedAt { get; set; }

    public List<Publication> Publications { get; set; } = [];

    public List<LegalEvent> LegalEvents { get; set; } = [];

    /// <summary>Whether more than its title says what it is about.</summary>
    public bool IsDescribed() => !string.IsNullOrWhiteSpace(Abstract) || !string.IsNullOrWhiteSpace(Claims);

    /// <summary>Whether nobody can take a licence of it any more: a dead patent is never recommended.</summary>
    public bool IsDead(DateOnly today) => LegalStatus.IsDead() || ExpiresOn < today;

    /// <summary>The last day of protection, counted from filing (Patent Law of 2020, article 42).</summary>
    /// <remarks>Designs filed before 2021-06-01 have ten years, later ones fifteen.</remarks>
    public static DateOnly TermEnd(PatentKind kind, DateOnly filedOn) => kind switch
    {
        PatentKind.Invention => filedOn.AddYears(20),
        PatentKind.UtilityModel => filedOn.AddYears(10),
        _ => filedOn.AddYears(filedOn >= new DateOnly(2021, 6, 1) ? 15 : 10),
    };
}

/// <summary>One publication of an application (公开、公告).</summary>
public sealed class Publication
{
    /// <summary>The number with its kind code: CN102889890B (公开（公告）号).</summary>
    public required string Number { get; init; }

    public Guid PatentId { get; set; }

    /// <summary>The day of publication; null where the source gave none (公开（公告）日).</summary>
    public DateOnly? On { get; set; }
}

/// <summary>An event of a patent's legal life, in the gazette's words (法律状态事件).</summary>
public sealed class LegalEvent
{
    public Guid Id { get; init; }

    public Guid PatentId { get; set; }

    /// <summary>The day on which it was announced; null where the source gave none (法律状态公告日).</summary>
    public DateOnly? On { get; init; }

    /// <summary>The event as the source worded it (事件说明).</summary>
    public required string Text { get; init; }
}

/// <summary>An id that once named a patent which was found to be another one; it keeps resolving.</summary>
public sealed class PatentAlias
{
    public Guid Id { get; init; }

    public Guid PatentId { get; set; }
}
