using GraphQL;
using Matchmaking.Access;
using Matchmaking.Api;
using Matchmaking.Recommendations;
using Matchmaking.Store;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Deliveries;

/// <summary>Whose registrations a caller may see, make and change.</summary>
internal static class Owners
{
    /// <summary>Whether the caller may speak for this enterprise or institution: the one place where that is decided for all deliveries.</summary>
    /// <param name="owner">Neither an enterprise nor an institution where a need names no enterprise: that is for administrators.</param>
    public static bool MaySpeakFor(IResolveFieldContext context, Owner owner)
    {
        var viewer = context.Get<Viewer>();
        return viewer.SeesAll
            || (owner.EnterpriseId is { } enterprise && enterprise != Guid.Empty && enterprise == viewer.EnterpriseId)
            || (owner.InstitutionId is { } institution && institution != Guid.Empty && institution == viewer.InstitutionId);
    }

    /// <summary>The owner that a list names.</summary>
    /// <exception cref="ExecutionError">BAD_ID where it names none, two, or one for whom the caller may not speak.</exception>
    public static Owner Named(IResolveFieldContext context)
    {
        var owner = new Owner(
            context.GetArgument<string?>("enterpriseId") is { } enterprise ? Ids.Decode(enterprise, "Enterprise", "enterpriseId") : null,
            context.GetArgument<string?>("institutionId") is { } institution ? Ids.Decode(institution, "Institution", "institutionId") : null);
        if (owner.EnterpriseId is null == owner.InstitutionId is null)
            throw Errors.BadId("enterpriseId: either enterpriseId or institutionId is expected.");
        return MaySpeakFor(context, owner) ? owner : throw Errors.BadId(Unknown(owner));
    }

    /// <summary>The owner that an input names, where the caller may speak for it.</summary>
    /// <exception cref="RefusedException">It names none, two, or one that there isn't for the caller.</exception>
    public static async Task<Owner> TakeAsync(IResolveFieldContext context, StoreContext store, OwnedInput input)
    {
        var checks = new Checks();
        checks.Require(input.EnterpriseId is null != input.InstitutionId is null, "enterpriseId", null, "either enterpriseId or institutionId is expected");
        checks.Done();
        var owner = new Owner(
            input.EnterpriseId is { } enterprise ? Ids.Decode(enterprise, "Enterprise", "enterpriseId") : null,
            input.InstitutionId is { } institution ? Ids.Decode(institution, "Institution", "institutionId") : null);
        var known = owner.EnterpriseId is { } e
            ? await store.Enterprises.AnyAsync(x => x.Id == e, context.CancellationToken)
            : await store.Institutions.AnyAsync(x => x.Id == owner.InstitutionId, context.CancellationToken);
        return known && MaySpeakFor(context, owner) ? owner : throw new RefusedException(new NotFoundError(Unknown(owner), owner.EnterpriseId is null ? "institutionId" : "enterpriseId"));
    }

    /// <summary>The registration that an input names, tracked, where the caller may speak for its owner.</summary>
    /// <exception cref="RefusedException">There is none for the caller.</exception>
    public static async Task<T> LoadAsync<T>(IResolveFieldContext context, IQueryable<T> registrations, string id) where T : Registration
    {
        var key = Ids.Decode(id, typeof(T).Name, "id");
        var found = await registrations.AsTracking().SingleOrDefaultAsync(r => r.Id == key, context.CancellationToken);
        return found is not null && MaySpeakFor(context, found.Owner) ? found
            : throw new RefusedException(new NotFoundError($"id: there is no {char.ToLowerInvariant(typeof(T).Name[0])}{typeof(T).Name[1..]} '{Errors.Shorten(id)}'.", "id"));
    }

    /// <summary>Where in the inbox a new registration begins: behind a cursor, or at the end.</summary>
    /// <exception cref="ExecutionError">HC0078 where it is none of the inbox.</exception>
    public static async Task<long> BeginAsync(StoreContext store, string? after, CancellationToken cancellation)
    {
        var end = await store.MatchingStates.Select(s => s.Inbox).SingleAsync(cancellation);
        var position = after is null ? end : Inbox.Read(after);
        return position <= end ? position : throw Errors.BadCursor(after!);
    }

    private static string Unknown(Owner owner) => owner.EnterpriseId is null ? "institutionId: there is no institution of this id." : "enterpriseId: there is no enterprise of this id.";
}

/// <summary>What belongs to one enterprise or one institution.</summary>
internal abstract class OwnedInput
{
    /// <summary>The enterprise whose needs it is about; this or institutionId (中小企业).</summary>
    [Id]
    public string? EnterpriseId { get; set; }

    /// <summary>The institution whose patents it is about; this or enterpriseId (高校、科研机构).</summary>
    [Id]
    public string? InstitutionId { get; set; }
}
