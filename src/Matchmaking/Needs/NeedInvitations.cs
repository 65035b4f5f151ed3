using GraphQL;
using GraphQL.Types;
using Matchmaking.Access;
using Matchmaking.Api;
using Matchmaking.Organizations;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Needs;

/// <summary>Lets somebody see a need, whatever its visibility (邀请查看需求).</summary>
internal sealed class InviteToNeedInput
{
    /// <summary>The need (需求标识).</summary>
    [Id]
    public required string NeedId { get; set; }

    /// <summary>The institution that is invited; either this or agency (机构标识).</summary>
    [Id]
    public string? InstitutionId { get; set; }

    /// <summary>The agency that is invited, by the name on its token, at most 200 characters; either this or institutionId (受邀机构).</summary>
    public string? Agency { get; set; }
}

/// <summary>Takes an invitation back (撤回邀请).</summary>
internal sealed class WithdrawInvitationInput
{
    /// <summary>The need (需求标识).</summary>
    [Id]
    public required string NeedId { get; set; }

    /// <summary>The institution that isn't invited any more; either this or agency (机构标识).</summary>
    [Id]
    public string? InstitutionId { get; set; }

    /// <summary>The agency that isn't invited any more; either this or institutionId (受邀机构).</summary>
    public string? Agency { get; set; }
}

internal sealed class NeedInvitationType : ObjectGraphType<NeedInvitation>
{
    public NeedInvitationType()
    {
        Name = "NeedInvitation";
        Description = "Somebody who may see a need that is kept from others (需求邀请).";
        Field<InstitutionType>("institution").Description("The institution that is invited; null where it is an agency (受邀高校、科研机构).").Weighs(Costs.Asking)
            .Resolve(c => c.Source.InstitutionId is { } institution ? c.Get<Batches>().ById<Institution>().Load(institution) : null);
        Field<StringGraphType>("agency").Description("The agency that is invited, by the name on its token; null where it is an institution (受邀机构).").Resolve(c => c.Source.Agency);
        Field<NonNullGraphType<InstantType>>("createdAt").Description("When it was invited (邀请时间).").Resolve(c => c.Source.CreatedAt);
    }
}

/// <summary>Who is invited to see a need, and by what mutations.</summary>
internal static class NeedInvitations
{
    /// <summary>More than a firm can talk to.</summary>
    private const int Most = 100;

    public static void AddTo(ObjectGraphType mutation, Mutations mutations, NeedType need, RefusalTypes refusals)
    {
        need.Field<ListGraphType<NonNullGraphType<NeedInvitationType>>>("invitations").Description("Whom its enterprise has invited to see it; to whom is invited, only that (邀请).").Weighs(Costs.Asking)
            .Resolve(c => c.Get<Batches>().Children("invitations", (store, needs) => store.NeedInvitations.Where(i => needs.Contains(i.NeedId)).OrderBy(i => i.Id), i => i.NeedId).Load(c.Source.Id));
        mutations.Add<InviteToNeedInput, Need>(mutation, "inviteToNeed", "Lets an institution or an agency see a need, whatever its visibility; the same again changes nothing (邀请查看需求).",
            "need", need, InviteAsync, refusals.InvalidInput, refusals.NotFound);
        mutations.Add<WithdrawInvitationInput, Need>(mutation, "withdrawInvitation", "Takes an invitation back; where there is none, nothing changes (撤回邀请).",
            "need", need, WithdrawAsync, refusals.InvalidInput, refusals.NotFound);
    }

    private static async Task<Need> InviteAsync(IResolveFieldContext context, InviteToNeedInput input)
    {
        await using var store = context.OpenStore();
        var need = await NeedMutations.LoadAsync(context, store, input.NeedId, "needId");
        var (institution, agency) = Invited(input.InstitutionId, input.Agency);
        if (institution is { } key && !await store.Institutions.AnyAsync(i => i.Id == key, context.CancellationToken))
            throw new RefusedException(new NotFoundError($"institutionId: there is no institution '{Errors.Shorten(input.InstitutionId!)}'.", "institutionId"));
        var invited = await store.NeedInvitations.Where(i => i.NeedId == need.Id).ToListAsync(context.CancellationToken);
        if (invited.Exists(i => i.InstitutionId == institution && i.Agency == agency))
            return need;
        if (invited.Count >= Most)
            throw new RefusedException(new InvalidInputError($"needId: {Most} are invited, which is the most.", "needId", null));
        store.NeedInvitations.Add(new NeedInvitation { Id = store.NewKey(), NeedId = need.Id, EnterpriseId = need.EnterpriseId, InstitutionId = institution, Agency = agency, CreatedAt = store.Now });
        try
        {
            await Writing.CommitAsync(context, store);
        }
        catch (DbUpdateException) when (context.OpenStore() is var again)
        {
            // Invited twice at once: the other one was first.
            await using (again)
            {
                if (!await again.NeedInvitations.AnyAsync(i => i.NeedId == need.Id && i.InstitutionId == institution && i.Agency == agency, context.CancellationToken))
                    throw;
            }
        }
        return need;
    }

    private static async Task<Need> WithdrawAsync(IResolveFieldContext context, WithdrawInvitationInput input)
    {
        await using var store = context.OpenStore();
        var need = await NeedMutations.LoadAsync(context, store, input.NeedId, "needId");
        var (institution, agency) = Invited(input.InstitutionId, input.Agency);
        if (await store.NeedInvitations.AsTracking().SingleOrDefaultAsync(i => i.NeedId == need.Id && i.InstitutionId == institution && i.Agency == agency, context.CancellationToken) is { } invitation)
        {
            store.NeedInvitations.Remove(invitation);
            await Writing.CommitAsync(context, store);
        }
        return need;
    }

    private static (Guid? Institution, string? Agency) Invited(string? institutionId, string? agency)
    {
        var checks = new Checks();
        var name = checks.Take("agency", agency, 200);
        checks.Require(institutionId is null != name is null, "agency", agency, "either an institution or an agency is expected");
        checks.Done();
        return (institutionId is null ? null : Ids.Decode(institutionId, "Institution", "institutionId"), name);
    }
}
