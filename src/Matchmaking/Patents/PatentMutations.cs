using GraphQL;
using GraphQL.Types;
using Matchmaking.Access;
using Matchmaking.Api;
using Matchmaking.Organizations;
using Matchmaking.Store;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Patents;

/// <summary>How patents are published, changed and withdrawn by hand.</summary>
internal static class PatentMutations
{
    public static void AddTo(ObjectGraphType mutation, Mutations mutations, PatentType patent, RefusalTypes refusals)
    {
        mutations.Add<PublishPatentInput, Patent>(mutation, "publishPatent", "Puts a patent among the stock; the needs it could serve can be read at once (发布专利).",
            "patent", patent, PublishAsync, refusals.InvalidInput, refusals.NotFound, refusals.DuplicateNumber);
        mutations.Add<UpdatePatentInput, Patent>(mutation, "updatePatent", "Changes a patent (修改专利).",
            "patent", patent, UpdateAsync, refusals.InvalidInput, refusals.NotFound, refusals.Conflict, refusals.DuplicateNumber);
        mutations.Add<WithdrawPatentInput, Patent>(mutation, "withdrawPatent", "Withdraws a patent: it stays readable, but is matched no more (撤回专利).",
            "patent", patent, WithdrawAsync, refusals.InvalidInput, refusals.NotFound, refusals.Conflict, refusals.WrongState);
    }

    private static async Task<Patent> PublishAsync(IResolveFieldContext context, PublishPatentInput input)
    {
        await using var store = context.OpenStore();
        var checks = new Checks();
        var key = checks.Take("idempotencyKey", input.IdempotencyKey, 100);
        // A key that can't be stored can't be looked up either.
        checks.Done();
        var viewer = context.Get<Viewer>();
        key = key is null ? null : viewer.Own(key);
        if (key is not null && await store.Patents.SingleOrDefaultAsync(p => p.IdempotencyKey == key, context.CancellationToken) is { } first)
            return first;
        var patent = new Patent { Id = store.NewKey(), IdempotencyKey = key, CreatedAt = store.Now, UpdatedAt = store.Now };
        checks.Require(input.ApplicationNumber is not null || input.PublicationNumber is not null, "applicationNumber", null, "an application number or a publication number is needed");
        await ApplyAsync(context, store, input, patent, checks, _ => true);
        if (input.HolderId is null && !viewer.SeesAll)
            patent.HolderId = viewer.InstitutionId;
        RequireOwn(viewer, patent, "holderId");
        checks.Done();
        store.Patents.Add(patent);
        try
        {
            await Writing.CommitAsync(context, store);
        }
        catch (DbUpdateException)
        {
            // The same key or number came twice at once and the other one was first; anything else isn't ours to swallow.
            await using var again = context.OpenStore();
            if (key is not null && await again.Patents.SingleOrDefaultAsync(p => p.IdempotencyKey == key, context.CancellationToken) is { } made)
                return made;
            await RequireFreeAsync(context, again, patent, checks);
            checks.Done();
            throw;
        }
        return patent;
    }

    private static async Task<Patent> UpdateAsync(IResolveFieldContext context, UpdatePatentInput input)
    {
        await using var store = context.OpenStore();
        var patent = await LoadAsync(context, store, input.Id, input.IfUnmodifiedSince);
        var checks = new Checks();
        await ApplyAsync(context, store, input, patent, checks, input.Has);
        // A patent is assigned by who registers it, not given away by who holds it.
        RequireOwn(context.Get<Viewer>(), patent, "holderId");
        checks.Require(patent.ApplicationNumber is not null || patent.PublicationNumber is not null || patent.SourceId is not null,
            "applicationNumber", null, "an application number or a publication number is needed");
        checks.Done();
        await Writing.CommitAsync(context, store, patent, () => patent.UpdatedAt = Writing.After(store.Now, patent.UpdatedAt));
        return patent;
    }

    private static async Task<Patent> WithdrawAsync(IResolveFieldContext context, WithdrawPatentInput input)
    {
        await using var store = context.OpenStore();
        var patent = await LoadAsync(context, store, input.Id, input.IfUnmodifiedSince);
        var checks = new Checks();
        var reason = checks.Take("reason", input.Reason, 500);
        if (patent.LegalStatus.IsDead())
            checks.Add(new WrongStateError($"The patent is {patent.LegalStatus.InChinese()} already.", patent.LegalStatus.ToString().ToUpperInvariant()));
        checks.Done();
        var today = DateOnly.FromDateTime(store.Now.AddHours(8));
        patent.LegalStatus = LegalStatus.Withdrawn;
        patent.LegalStatusOn = today;
        store.LegalEvents.Add(new LegalEvent { Id = store.NewKey(), PatentId = patent.Id, On = today, Text = reason is null ? "权利人撤回" : $"权利人撤回：{reason}" });
        await Writing.CommitAsync(context, store, patent, () => patent.UpdatedAt = Writing.After(store.Now, patent.UpdatedAt));
        return patent;
    }

    private static async Task<Patent> LoadAsync(IResolveFieldContext context, StoreContext store, string id, DateTime? ifUnmodifiedSince)
    {
        var key = Ids.Decode(id, "Patent", "id");
        var patent = await store.Patents.AsTracking().SingleOrDefaultAsync(p => p.Id == key, context.CancellationToken)
            ?? throw new RefusedException(new NotFoundError($"id: there is no patent '{Errors.Shorten(id)}'.", "id"));
        RequireOwn(context.Get<Viewer>(), patent, "id");
        Writing.RequireUnmodified(patent.UpdatedAt, ifUnmodifiedSince);
        return patent;
    }

    private static void RequireOwn(Viewer viewer, Patent patent, string field)
    {
        if (!viewer.SeesAll && (patent.HolderId is not { } holder || holder == Guid.Empty || holder != viewer.InstitutionId))
            throw MemberRights.Denied(viewer, $"{field}: only the institution that holds a patent may do this.");
    }

    private static async Task ApplyAsync(IResolveFieldContext context, StoreContext store, PatentInput input, Patent patent, Checks checks, Func<string, bool> given)
    {
        var numbered = given(nameof(input.ApplicationNumber)) || given(nameof(input.PublicationNumber));
        if (given(nameof(input.ApplicationNumber)))
            patent.ApplicationNumber = Number("applicationNumber", input.ApplicationNumber, PatentNumber.ReadApplication, NumberForm.Application, checks);
        if (given(nameof(input.PublicationNumber)))
            patent.PublicationNumber = Number("publicationNumber", input.PublicationNumber, PatentNumber.ReadPublication, NumberForm.Publication, checks);
        PatentInputs.Apply(input, patent, checks, given);
        if (given(nameof(input.HolderId)))
        {
            patent.HolderId = input.HolderId is { } holder ? Ids.Decode(holder, "Institution", "holderId") : null;
            if (patent.HolderId is { } id && !await store.Institutions.AnyAsync(i => i.Id == id, context.CancellationToken))
                checks.Add(new NotFoundError($"holderId: there is no institution '{Errors.Shorten(input.HolderId!)}'.", "holderId"));
        }
        if (!numbered)
            return;
        await RequireFreeAsync(context, store, patent, checks);
        if (patent.PublicationNumber is { } number && !await store.Publications.AnyAsync(p => p.Number == number, context.CancellationToken))
            store.Publications.Add(new Publication { Number = number, PatentId = patent.Id, On = PatentNumber.IsGrant(number) ? patent.GrantedOn : patent.PublishedOn });
    }

    private static async Task RequireFreeAsync(IResolveFieldContext context, StoreContext store, Patent patent, Checks checks)
    {
        if (patent.ApplicationNumber is { } application && await store.Patents.AnyAsync(p => p.Id != patent.Id && p.ApplicationNumber == application, context.CancellationToken))
            checks.Add(new DuplicateNumberError($"applicationNumber: {application} belongs to another patent.", application));
        if (patent.PublicationNumber is not { } publication)
            return;
        List<string> numbers = [publication, .. PatentNumber.Siblings(publication)];
        if (await store.Publications.AnyAsync(p => p.PatentId != patent.Id && numbers.Contains(p.Number), context.CancellationToken))
            checks.Add(new DuplicateNumberError($"publicationNumber: {publication} belongs to another patent.", publication));
    }

    private static string? Number(string field, string? text, Func<string?, NumberReading> read, NumberForm form, Checks checks)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        var reading = read(text);
        if (reading.Number is null)
            checks.Fail(field, text, reading.Problem ?? "it can't be read as a patent number");
        else if (reading.Form != form)
            checks.Fail(field, text, $"this is no {(form == NumberForm.Application ? "application" : "publication")} number");
        return reading.Number;
    }
}
