using GraphQL;
using Matchmaking.Api;

namespace Matchmaking.Patents;

/// <summary>What a patent is made of; what isn't given is unknown.</summary>
internal abstract class PatentInput : PartialInput
{
    /// <summary>The application number in any spelling, check digit verified (申请号).</summary>
    public string? ApplicationNumber { get; set; }

    /// <summary>A publication number in any spelling (公开（公告）号).</summary>
    public string? PublicationNumber { get; set; }

    /// <summary>The kind of protection; by default what the number says (专利类型).</summary>
    public PatentKind? Kind { get; set; }

    /// <summary>The title, at most 300 characters (发明名称).</summary>
    public string? Title { get; set; }

    /// <summary>The abstract, at most 10,000 characters (摘要).</summary>
    public string? Abstract { get; set; }

    /// <summary>The claims, at most 200,000 characters (权利要求).</summary>
    public string? Claims { get; set; }

    /// <summary>IPC symbols in any spelling, main class first, at most 100 (IPC分类号).</summary>
    public List<string>? IpcCodes { get; set; }

    /// <summary>Keywords, at most 50 (关键词).</summary>
    public List<string>? Keywords { get; set; }

    /// <summary>The institution that holds it (专利权人).</summary>
    [Id]
    public string? HolderId { get; set; }

    /// <summary>The names of further holders (共同专利权人).</summary>
    public List<string>? CoHolders { get; set; }

    /// <summary>The inventors in order (发明人).</summary>
    public List<string>? Inventors { get; set; }

    /// <summary>The day of filing (申请日).</summary>
    public DateOnly? FiledOn { get; set; }

    /// <summary>The day of the first publication (公开日).</summary>
    public DateOnly? PublishedOn { get; set; }

    /// <summary>The day of the grant's announcement (授权公告日).</summary>
    public DateOnly? GrantedOn { get; set; }

    /// <summary>The legal status; unknown by default (法律状态).</summary>
    public LegalStatus? LegalStatus { get; set; }

    /// <summary>The day of the event that brought the status (法律状态公告日).</summary>
    public DateOnly? LegalStatusOn { get; set; }

    /// <summary>The technology readiness level, 1 to 9 (技术就绪度).</summary>
    public int? Readiness { get; set; }

    /// <summary>The holder's own grading (产业化前景).</summary>
    public Prospect? Prospect { get; set; }

    /// <summary>The ways of transfer that are offered (转化方式).</summary>
    public List<TransferMode>? TransferModes { get; set; }

    /// <summary>The price asked in yuan; none is to be negotiated (意向价格).</summary>
    public decimal? AskingPrice { get; set; }

    /// <summary>The declaration of an open licence (开放许可).</summary>
    public OpenLicenseInput? OpenLicense { get; set; }
}

/// <summary>The terms on which everyone may take a licence (开放许可).</summary>
internal sealed class OpenLicenseInput
{
    /// <summary>What the fee is counted on (许可使用费计算方式).</summary>
    public FeeBasis FeeBasis { get; set; }

    /// <summary>The fixed fee in yuan, at most 20 million (固定费用).</summary>
    public decimal? FixedFee { get; set; }

    /// <summary>The royalty in per cent: at most 20 of net sales or 40 of profit (提成率).</summary>
    public decimal? RoyaltyRate { get; set; }

    /// <summary>The day of the declaration (声明日).</summary>
    public DateOnly DeclaredOn { get; set; }
}

/// <summary>A patent to put among the stock (发布专利).</summary>
internal sealed class PublishPatentInput : PatentInput
{
    /// <summary>Any text of the caller's, at most 100 characters; the same one again answers the patent made first (幂等键).</summary>
    public string? IdempotencyKey { get; set; }
}

/// <summary>Changes of a patent: what isn't given stays, what is given as null is cleared (修改专利).</summary>
internal sealed class UpdatePatentInput : PatentInput
{
    /// <summary>The patent (专利标识).</summary>
    [Id]
    public required string Id { get; set; }

    /// <summary>The patent's updatedAt as the caller read it; a stale one is refused (并发控制).</summary>
    public DateTime? IfUnmodifiedSince { get; set; }
}

/// <summary>Takes a patent out of the matching (撤回专利).</summary>
internal sealed class WithdrawPatentInput
{
    /// <summary>The patent (专利标识).</summary>
    [Id]
    public required string Id { get; set; }

    /// <summary>Why, at most 500 characters; it is kept among the legal events (理由).</summary>
    public string? Reason { get; set; }

    /// <summary>The patent's updatedAt as the caller read it; a stale one is refused (并发控制).</summary>
    public DateTime? IfUnmodifiedSince { get; set; }
}

internal static class PatentInputs
{
    /// <summary>Takes over all that needs no look at the store.</summary>
    public static void Apply(PatentInput input, Patent patent, Checks checks, Func<string, bool> given)
    {
        if (given(nameof(input.Kind)))
            patent.Kind = input.Kind ?? PatentNumber.KindOf(patent.ApplicationNumber ?? patent.PublicationNumber ?? "") ?? PatentKind.Invention;
        if (given(nameof(input.Title)))
            patent.Title = checks.Take("title", input.Title, 300, required: true)!;
        if (given(nameof(input.Abstract)))
            patent.Abstract = checks.Take("abstract", input.Abstract, 10_000);
        if (given(nameof(input.Claims)))
            patent.Claims = checks.Take("claims", input.Claims, 200_000);
        if (given(nameof(input.IpcCodes)))
            patent.IpcCodes = checks.Ipc("ipcCodes", input.IpcCodes, 100);
        if (given(nameof(input.Keywords)))
            patent.Keywords = checks.Take("keywords", input.Keywords, 50, 100);
        if (given(nameof(input.CoHolders)))
            patent.CoHolders = checks.Take("coHolders", input.CoHolders, 50, 200);
        if (given(nameof(input.Inventors)))
            patent.Inventors = checks.Take("inventors", input.Inventors, 100, 100);
        ApplyDates(input, patent, checks, given);
        if (given(nameof(input.LegalStatus)))
            patent.LegalStatus = input.LegalStatus ?? LegalStatus.Unknown;
        if (given(nameof(input.LegalStatusOn)))
            patent.LegalStatusOn = input.LegalStatusOn;
        if (given(nameof(input.Readiness)))
        {
            checks.Require(input.Readiness is null or (>= 1 and <= 9), "readiness", input.Readiness, "a level from 1 to 9 is expected");
            patent.Readiness = input.Readiness;
        }
        if (given(nameof(input.Prospect)))
            patent.Prospect = input.Prospect ?? Prospect.Ungraded;
        if (given(nameof(input.TransferModes)))
            patent.TransferModes = [.. (input.TransferModes ?? []).Distinct()];
        if (given(nameof(input.AskingPrice)))
            patent.AskingPrice = checks.Money("askingPrice", input.AskingPrice);
        if (given(nameof(input.OpenLicense)))
            patent.OpenLicense = input.OpenLicense is { } license ? Of(license, checks) : null;
    }

    private static void ApplyDates(PatentInput input, Patent patent, Checks checks, Func<string, bool> given)
    {
        if (given(nameof(input.FiledOn)))
        {
            patent.FiledOn = input.FiledOn;
            checks.Require(patent.FiledOn is null || patent.FiledOn >= new DateOnly(1985, 4, 1), "filedOn", patent.FiledOn, "Chinese patents are filed since 1985-04-01");
        }
        if (given(nameof(input.PublishedOn)))
            patent.PublishedOn = input.PublishedOn;
        if (given(nameof(input.GrantedOn)))
            patent.GrantedOn = input.GrantedOn;
        checks.Require(patent.PublishedOn is null || patent.FiledOn is null || patent.PublishedOn >= patent.FiledOn, "publishedOn", patent.PublishedOn, "it lies before the day of filing");
        checks.Require(patent.GrantedOn is null || patent.FiledOn is null || patent.GrantedOn >= patent.FiledOn, "grantedOn", patent.GrantedOn, "it lies before the day of filing");
        if (patent.FiledOn is { } filed)
            patent.ExpiresOn = Patent.TermEnd(patent.Kind, filed);
    }

    /// <remarks>Bounds: 《专利开放许可》 rules, fixed fee 20 million yuan, royalty 20 % of net sales or 40 % of profit.</remarks>
    private static OpenLicense Of(OpenLicenseInput license, Checks checks)
    {
        checks.Require(license.FeeBasis != FeeBasis.Fixed || license.FixedFee is not null, "openLicense.fixedFee", null, "a fixed fee is to be stated");
        checks.Require(license.FixedFee is null or (>= 0 and <= 20_000_000), "openLicense.fixedFee", license.FixedFee, "a sum from 0 to 20,000,000 yuan is expected");
        var most = license.FeeBasis == FeeBasis.Profit ? 40 : 20;
        checks.Require(license.FeeBasis is not (FeeBasis.NetSales or FeeBasis.Profit) || license.RoyaltyRate is not null, "openLicense.royaltyRate", null, "a royalty is to be stated");
        checks.Require(license.RoyaltyRate is null || (license.RoyaltyRate >= 0 && license.RoyaltyRate <= most), "openLicense.royaltyRate", license.RoyaltyRate, $"a rate from 0 to {most} per cent is expected");
        return new OpenLicense { FeeBasis = license.FeeBasis, FixedFee = license.FixedFee, RoyaltyRate = license.RoyaltyRate, DeclaredOn = license.DeclaredOn };
    }
}
