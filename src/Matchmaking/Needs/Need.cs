using Matchmaking.Organizations;
using Matchmaking.Patents;

namespace Matchmaking.Needs;

/// <summary>What an enterprise looks for, in its own words (技术需求).</summary>
public sealed class Need
{
    /// <summary>The longest title, in characters.</summary>
    public const int MaxTitle = 200;

    /// <summary>The longest description, in characters.</summary>
    public const int MaxDescription = 20_000;

    /// <summary>The key, a UUIDv7 made by us.</summary>
    public Guid Id { get; init; }

    /// <summary>The title (需求名称).</summary>
    public string Title { get; set; } = "";

    /// <summary>The need as the enterprise wrote it (需求描述).</summary>
    public string Description { get; set; } = "";

    /// <summary>Keywords given by the enterprise (关键词).</summary>
    public List<string> Keywords { get; set; } = [];

    /// <summary>The enterprise that has it; null where the source didn't say.</summary>
    public Guid? EnterpriseId { get; set; }

    /// <summary>The enterprise that has it; null where the source didn't say or the caller may not know (需求企业).</summary>
    public Enterprise? Enterprise { get; set; }

    /// <summary>Where it stands (需求状态).</summary>
    public NeedStatus Status { get; set; }

    /// <summary>Who may see it (可见范围).</summary>
    public NeedVisibility Visibility { get; set; }

    /// <summary>The industry by GB/T 4754-2017; where none was given its enterprise's, which an ANONYMOUS need doesn't take over; null is unknown (国民经济行业代码).</summary>
    public string? IndustryCode { get; set; }

    /// <summary>IPC symbols that the enterprise or an agency thinks fit, any level (IPC提示).</summary>
    public List<string> IpcHints { get; set; } = [];

    /// <summary>The ways of transfer it would accept; empty is any (可接受的转化方式).</summary>
    public List<TransferMode> AcceptedModes { get; set; } = [];

    /// <summary>The money at hand, in yuan; null is unknown (预算).</summary>
    public decimal? Budget { get; set; }

    /// <summary>The lowest technology readiness level it would take, 1 to 9; null is any (最低技术就绪度).</summary>
    public int? MinReadiness { get; set; }

    /// <summary>The provinces the supplier should come from, in short form; empty is any (意向地区).</summary>
    public List<string> Provinces { get; set; } = [];

    /// <summary>The last day on which an answer is of use; null is open (截止日期).</summary>
    public DateOnly? Deadline { get; set; }

    /// <summary>The identifier that the source gave the record, unique among needs; null where it gave none (来源标识).</summary>
    public string? SourceId { get; set; }

    /// <summary>What the creator sent to make a retried creation return this one.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>When we first stored it (创建时间).</summary>
    public DateTime CreatedAt { get; init; }

    /// <summary>When it last changed here; send it back as ifUnmodifiedSince (更新时间).</summary>
    public DateTime UpdatedAt { get; set; }

    /// <summary>Takes over its enterprise's industry where a write left it without one; the last step of each write.</summary>
    /// <param name="firm">Its enterprise, or null.</param>
    /// <param name="former">Who could see it before the write.</param>
    /// <param name="isNamed">Whether the write itself named an industry, which stays then.</param>
    /// <remarks>The enterprise's industry would help to find out whose an anonymous need is: such a need takes none over, and one that becomes anonymous drops it.</remarks>
    internal void TakeIndustry(Enterprise? firm, NeedVisibility former, bool isNamed)
    {
        if (isNamed || firm?.IndustryCode is not { } industry)
            return;
        if (Visibility != NeedVisibility.Anonymous)
            IndustryCode ??= industry;
        else if (former != NeedVisibility.Anonymous && IndustryCode == industry)
            IndustryCode = null;
    }
}

/// <summary>Where a need stands (需求状态).</summary>
public enum NeedStatus
{
    /// <summary>Written, not yet given out (草稿).</summary>
    Draft,

    /// <summary>Looking for technology (征集中).</summary>
    Open,

    /// <summary>Kept, but not looking at present (暂停).</summary>
    Paused,

    /// <summary>Ended by the enterprise (关闭).</summary>
    Closed,

    /// <summary>Ended by its deadline (到期).</summary>
    Expired,
}

/// <summary>Who may see a need (可见范围).</summary>
public enum NeedVisibility
{
    /// <summary>Everyone (公开).</summary>
    Public,

    /// <summary>Everyone may read the text, nobody learns the firm (匿名).</summary>
    Anonymous,

    /// <summary>The firm, and those it invites (保密).</summary>
    Confidential,
}
