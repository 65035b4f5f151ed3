using GraphQL;
using GraphQL.Types;
using Matchmaking.Access;
using Matchmaking.Api;
using Matchmaking.Organizations;
using Matchmaking.Patents;
using Matchmaking.Store;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Needs;

/// <summary>What a need is made of; what isn't given is unknown.</summary>
internal abstract class NeedInput : PartialInput
{
    /// <summary>The title, at most 200 characters (需求名称).</summary>
    public string? Title { get; set; }

    /// <summary>The need in any words, at most 20,000 characters (需求描述).</summary>
    public string? Description { get; set; }

    /// <summary>Keywords, at most 20 (关键词).</summary>
    public List<string>? Keywords { get; set; }

    /// <summary>Who may see it; everyone by default (可见范围).</summary>
    public NeedVisibility? Visibility { get; set; }

    /// <summary>The industry by GB/T 4754-2017, for instance C3841; without one its enterprise's is taken over, but for an ANONYMOUS need, which it could give away (国民经济行业代码).</summary>
    public string? IndustryCode { get; set; }

    /// <summary>IPC symbols of any level that may fit, at most 20 (IPC提示).</summary>
    public List<string>? IpcHints { get; set; }

    /// <summary>The ways of transfer that are acceptable; none is any (可接受的转化方式).</summary>
    public List<TransferMode>? AcceptedModes { get; set; }

    /// <summary>The money at hand in yuan (预算).</summary>
    public decimal? Budget { get; set; }

    /// <summary>The lowest technology readiness level, 1 to 9 (最低技术就绪度).</summary>
    public int? MinReadiness { get; set; }

    /// <summary>Provinces the supplier should come from (意向地区).</summary>
    public List<string>? Provinces { get; set; }

    /// <summary>The last day on which an answer is of use (截止日期).</summary>
    public DateOnly? Deadline { get; set; }
}

/// <summary>A new need (新需求).</summary>
internal sealed class CreateNeedInput : NeedInput
{
    /// <summary>The enterprise that has it (需求企业).</summary>
    [Id]
    public string? EnterpriseId { get; set; }

    /// <summary>Whether it stays a draft; it is open at once by default (存为草稿).</summary>
    public bool? Draft { get; set; }

    /// <summary>Any text of the caller's, at most 100 characters; the same one again answers the need made first (幂等键).</summary>
    public string? IdempotencyKey { get; set; }
}

/// <summary>Changes of a need: what isn't given stays, what is given as null is cleared (修改需求).</summary>
internal sealed class UpdateNeedInput : NeedInput
{
    /// <summary>The need (需求标识).</summary>
    [Id]
    public required string Id { get; set; }

    /// <summary>DRAFT, OPEN or PAUSED; it is closed by closeNeed (需求状态).</summary>
    public NeedStatus? Status { get; set; }

    /// <summary>The need's updatedAt as the caller read it; a stale one is refused (并发控制).</summary>
    public DateTime? IfUnmodifiedSince { get; set; }
}

/// <summary>Ends a need (关闭需求).</summary>
internal sealed class CloseNeedInput
{
    /// <summary>The need (需求标识).</summary>
    [Id]
    public required string Id { get; set; }

    /// <summary>The need's updatedAt as the caller read it; a stale one is refused (并发控制).</summary>
    public DateTime? IfUnmodifiedSince { get; set; }
}

/// <summary>How needs are made, changed and ended.</summary>
internal static class NeedMutations
{
    public static void AddTo(ObjectGraphType mutation, Mutations mutations, NeedType need, RefusalTypes refusals)
    {
        mutations.Add<CreateNeedInput, Need>(mutation, "createNeed", "Writes down a need; the patents that could serve it can be read at once (发布需求).",
            "need", need, CreateAsync, refusals.InvalidInput, refusals.NotFound);
        mutations.Add<UpdateNeedInput, Need>(mutation, "updateNeed", "Changes a need (修改需求).",
            "need", need, UpdateAsync, refusals.InvalidInput, refusals.NotFound, refusals.Conflict, refusals.WrongState);
        mutations.Add<CloseNeedInput, Need>(mutation, "closeNeed", "Ends a need; it is matched no more (关闭需求).",
            "need", need, CloseAsync, refusals.NotFound, refusals.Conflict, refusals.WrongState);
        NeedInvitations.AddTo(mutation, mutations, need, refusals);
    }

    private static async Task<Need> CreateAsync(IResolveFieldContext context, CreateNeedInput input)
    {
        await using var store = context.OpenStore();
        var checks = new Checks();
        var key = checks.Take("idempotencyKey", input.IdempotencyKey, 100);
        // A key that can't be stored can't be looked up either.
        checks.Done();
        var viewer = context.Get<Viewer>();
        key = key is null ? null : viewer.Own(key);
        if (key is not null && await store.Needs.SingleOrDefaultAsync(n => n.IdempotencyKey == key, context.CancellationToken) is { } first)
            return first;
        var need = new Need
        {
            Id = store.NewKey(),
            IdempotencyKey = key,
            Status = input.Draft == true ? NeedStatus.Draft : NeedStatus.Open,
            CreatedAt = store.Now,
            UpdatedAt = store.Now,
        };
        Apply(input, need, checks, _ => true);
        need.EnterpriseId = input.EnterpriseId is { } enterprise ? Ids.Decode(enterprise, "Enterprise", "enterpriseId") : viewer.SeesAll ? null : viewer.EnterpriseId;
        RequireOwn(viewer, need, "enterpriseId");
        var firm = need.EnterpriseId is null ? null : await store.Enterprises.SingleOrDefaultAsync(e => e.Id == need.EnterpriseId, context.CancellationToken);
        if (need.EnterpriseId is not null && firm is null)
            checks.Add(new NotFoundError($"enterpriseId: there is no enterprise '{Errors.Shorten(input.EnterpriseId!)}'.", "enterpriseId"));
        RequireAnonymous(need, firm, checks);
        checks.Done();
        need.TakeIndustry(firm, need.Visibility, input.IndustryCode is not null);
        store.Needs.Add(need);
        try
        {
            await Writing.CommitAsync(context, store);
        }
        catch (DbUpdateException) when (key is not null)
        {
            // The same key came twice at once; the other one was first, or else the fault isn't ours to swallow.
            await using var again = context.OpenStore();
            if (await again.Needs.SingleOrDefaultAsync(n => n.IdempotencyKey == key, context.CancellationToken) is { } made)
                return made;
            throw;
        }
        return need;
    }

    private static async Task<Need> UpdateAsync(IResolveFieldContext context, UpdateNeedInput input)
    {
        await using var store = context.OpenStore();
        var need = await LoadAsync(context, store, input.Id, input.IfUnmodifiedSince);
        var checks = new Checks();
        if (need.Status == NeedStatus.Closed)
            checks.Add(new WrongStateError("A closed need isn't changed any more.", "CLOSED"));
        if (input.Has(nameof(input.Status)) && input.Status is { } status)
        {
            checks.Require(status is NeedStatus.Draft or NeedStatus.Open or NeedStatus.Paused, "status", status, "DRAFT, OPEN or PAUSED is expected");
            need.Status = status;
        }
        var former = need.Visibility;
        Apply(input, need, checks, input.Has);
        var firm = need.EnterpriseId is { } enterprise && (need.Visibility == NeedVisibility.Anonymous || need.IndustryCode is null)
            ? await store.Enterprises.SingleAsync(e => e.Id == enterprise, context.CancellationToken) : null;
        RequireAnonymous(need, firm, checks);
        checks.Done();
        need.TakeIndustry(firm, former, input.IndustryCode is not null);
        await Writing.CommitAsync(context, store, need, () => need.UpdatedAt = Writing.After(store.Now, need.UpdatedAt));
        return need;
    }

    private static async Task<Need> CloseAsync(IResolveFieldContext context, CloseNeedInput input)
    {
        await using var store = context.OpenStore();
        var need = await LoadAsync(context, store, input.Id, input.IfUnmodifiedSince);
        if (need.Status == NeedStatus.Closed)
            throw new RefusedException(new WrongStateError("The need is closed already.", "CLOSED"));
        need.Status = NeedStatus.Closed;
        await Writing.CommitAsync(context, store, need, () => need.UpdatedAt = Writing.After(store.Now, need.UpdatedAt));
        return need;
    }

    private static async Task<Need> LoadAsync(IResolveFieldContext context, StoreContext store, string id, DateTime? ifUnmodifiedSince)
    {
        var need = await LoadAsync(context, store, id, "id");
        Writing.RequireUnmodified(need.UpdatedAt, ifUnmodifiedSince);
        return need;
    }

    /// <summary>A need that the caller may change.</summary>
    public static async Task<Need> LoadAsync(IResolveFieldContext context, StoreContext store, string id, string field)
    {
        var key = Ids.Decode(id, "Need", field);
        var need = await store.Needs.AsTracking().SingleOrDefaultAsync(n => n.Id == key, context.CancellationToken)
            ?? throw new RefusedException(new NotFoundError($"{field}: there is no need '{Errors.Shorten(id)}'.", field));
        RequireOwn(context.Get<Viewer>(), need, field);
        return need;
    }

    private static void RequireOwn(Viewer viewer, Need need, string field)
    {
        if (!viewer.SeesAll && (need.EnterpriseId is not { } firm || firm == Guid.Empty || firm != viewer.EnterpriseId))
            throw MemberRights.Denied(viewer, $"{field}: only the enterprise that has a need may do this.");
    }

    private static void RequireAnonymous(Need need, Enterprise? firm, Checks checks)
    {
        if (firm is not null && Anonymity.Telltale(need, firm) is var (field, word))
            checks.Fail(field, word, "it tells whose need it is, which is to be anonymous: leave it out, or choose another visibility");
    }

    private static void Apply(NeedInput input, Need need, Checks checks, Func<string, bool> given)
    {
        if (given(nameof(input.Title)))
            need.Title = checks.Take("title", input.Title, Need.MaxTitle, required: true)!;
        if (given(nameof(input.Description)))
            need.Description = checks.Take("description", input.Description, Need.MaxDescription, required: true)!;
        if (given(nameof(input.Keywords)))
            need.Keywords = checks.Take("keywords", input.Keywords, 20, 50);
        if (given(nameof(input.Visibility)))
            need.Visibility = input.Visibility ?? NeedVisibility.Public;
        if (given(nameof(input.IndustryCode)))
            need.IndustryCode = checks.Industry("industryCode", input.IndustryCode);
        if (given(nameof(input.IpcHints)))
            need.IpcHints = checks.Ipc("ipcHints", input.IpcHints, 20);
        if (given(nameof(input.AcceptedModes)))
            need.AcceptedModes = [.. (input.AcceptedModes ?? []).Distinct()];
        if (given(nameof(input.Budget)))
            need.Budget = checks.Money("budget", input.Budget);
        if (given(nameof(input.MinReadiness)))
        {
            checks.Require(input.MinReadiness is null or (>= 1 and <= 9), "minReadiness", input.MinReadiness, "a level from 1 to 9 is expected");
            need.MinReadiness = input.MinReadiness;
        }
        if (given(nameof(input.Provinces)))
            need.Provinces = checks.Provinces("provinces", input.Provinces);
        if (given(nameof(input.Deadline)))
            need.Deadline = input.Deadline;
    }
}
