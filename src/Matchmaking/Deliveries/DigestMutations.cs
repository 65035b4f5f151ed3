using GraphQL;
using GraphQL.Types;
using Matchmaking.Api;
using Matchmaking.Store;
using Microsoft.EntityFrameworkCore;
using MimeKit;

namespace Matchmaking.Deliveries;

/// <summary>A new e-mail digest (新邮件摘要).</summary>
internal sealed class CreateDigestInput : OwnedInput
{
    /// <summary>Where the mails go: an address alone, without a name (收件地址).</summary>
    public required string Address { get; set; }

    /// <summary>How often there may be one; DAILY by default (发送频率).</summary>
    public DigestFrequency? Frequency { get; set; }

    /// <summary>A cursor of the inbox to begin behind; without it, what comes from now on is told (游标).</summary>
    public string? After { get; set; }
}

/// <summary>Changes of a digest: what isn't given stays (修改邮件摘要).</summary>
internal sealed class UpdateDigestInput : PartialInput
{
    /// <summary>The digest (邮件摘要标识).</summary>
    [Id]
    public required string Id { get; set; }

    /// <summary>How often there may be one (发送频率).</summary>
    public DigestFrequency? Frequency { get; set; }

    /// <summary>True stops the mails; false lets them go on, from where they stopped (退订).</summary>
    public bool? IsUnsubscribed { get; set; }

    /// <summary>The digest's updatedAt as the caller read it; a stale one is refused (并发控制).</summary>
    public DateTime? IfUnmodifiedSince { get; set; }
}

/// <summary>Ends a digest (删除邮件摘要).</summary>
internal sealed class DeleteDigestInput
{
    /// <summary>The digest (邮件摘要标识).</summary>
    [Id]
    public required string Id { get; set; }
}

internal sealed class DigestType : ValueType<Digest>
{
    /// <summary>What the list may be filtered by.</summary>
    public static readonly Filterable<Digest> Filterable = new Filterable<Digest>("Digest").Add(d => d.Frequency).Add(d => d.UnsubscribedAt).Add(d => d.Failures).Add(d => d.CreatedAt).Add(d => d.UpdatedAt);

    public DigestType() : base(d => d.Id, d => d.EnterpriseId, d => d.InstitutionId, d => d.Position, d => d.UnsubscribeToken, d => d.SendingTo, d => d.SendingSince)
    {
        Name = nameof(Digest);
        Description = "An e-mail address that is told of recommendations, several in one mail (邮件摘要).";
        Field<NonNullGraphType<IdGraphType>>("id").Description("The opaque id (标识).").Resolve(c => Ids.Encode(nameof(Digest), c.Source.Id));
        Field<IdGraphType>("enterpriseId").Description("The enterprise whose needs it is about; null where it is an institution's (中小企业).").Resolve(c => WebhookType.Shown("Enterprise", c.Source.EnterpriseId));
        Field<IdGraphType>("institutionId").Description("The institution whose patents it is about; null where it is an enterprise's (高校、科研机构).").Resolve(c => WebhookType.Shown("Institution", c.Source.InstitutionId));
    }
}

/// <summary>How digests are made, changed and ended.</summary>
internal static class DigestMutations
{
    private const int MaxAddress = 254;

    public static void AddTo(ObjectGraphType mutation, Mutations mutations, DigestType digest, RefusalTypes refusals)
    {
        mutations.Add<CreateDigestInput, Digest>(mutation, "createDigest", "Has recommendations mailed to an address, several in one mail; where there is nothing to tell there is no mail (新建邮件摘要).",
            "digest", digest, CreateAsync, refusals.InvalidInput, refusals.NotFound, refusals.WrongState);
        mutations.Add<UpdateDigestInput, Digest>(mutation, "updateDigest", "Changes how often a digest is mailed, stops it or lets it go on (修改邮件摘要).",
            "digest", digest, UpdateAsync, refusals.NotFound, refusals.Conflict);
        mutations.Add<DeleteDigestInput, Digest>(mutation, "deleteDigest", "Ends a digest (删除邮件摘要).", "digest", digest, DeleteAsync, refusals.NotFound);
    }

    /// <summary>Whether this is one address and nothing else: no name, no group, no second one, nothing that could begin another header.</summary>
    public static bool IsAddress(string text) =>
        !text.AsSpan().ContainsAny(" \t\r\n<>\"(),;:\\") && MailboxAddress.TryParse(text, out var mailbox) && mailbox.Address == text
        && text.IndexOf('@', StringComparison.Ordinal) is > 0 and var at && at == text.LastIndexOf('@') && Uri.CheckHostName(text[(at + 1)..]) == UriHostNameType.Dns;

    private static async Task<Digest> CreateAsync(IResolveFieldContext context, CreateDigestInput input)
    {
        await using var store = context.OpenStore();
        if (context.Get<DeliverySettings>().Smtp is null)
            throw new RefusedException(new WrongStateError("No mail is sent from here: the operator has named no mail server (Matchmaking:Deliveries:Smtp:Host).", "NO_MAIL_SERVER"));
        var owner = await Owners.TakeAsync(context, store, input);
        var checks = new Checks();
        var address = checks.Take("address", input.Address, MaxAddress, required: true)!;
        checks.Require(address.Length == 0 || IsAddress(address), "address", input.Address, "one e-mail address is expected, for instance info@example.cn");
        var there = await store.Digests.Where(d => d.EnterpriseId == owner.EnterpriseId && d.InstitutionId == owner.InstitutionId).Select(d => d.Address).ToListAsync(context.CancellationToken);
        if (there.Contains(address, StringComparer.Ordinal))
            checks.Add(new WrongStateError("There is a digest to this address already.", "EXISTS"));
        if (there.Count >= Digest.MostPerOwner)
            checks.Add(new WrongStateError($"There are {Digest.MostPerOwner} digests already, which is the most: delete one first.", "TOO_MANY"));
        var position = await Owners.BeginAsync(store, input.After, context.CancellationToken);
        checks.Done();
        var frequency = input.Frequency ?? DigestFrequency.Daily;
        var digest = new Digest
        {
            Id = store.NewKey(),
            EnterpriseId = owner.EnterpriseId,
            InstitutionId = owner.InstitutionId,
            Address = address,
            Frequency = frequency,
            UnsubscribeToken = Tokens.New(),
            Position = position,
            DueAt = DigestTimes.First(frequency, store.Now),
            CreatedAt = store.Now,
            UpdatedAt = store.Now,
        };
        store.Digests.Add(digest);
        await Writing.CommitAsync(context, store);
        context.Get<DigestSignal>().Wake();
        return digest;
    }

    private static async Task<Digest> UpdateAsync(IResolveFieldContext context, UpdateDigestInput input)
    {
        await using var store = context.OpenStore();
        var digest = await Owners.LoadAsync(context, store.Digests, input.Id);
        Writing.RequireUnmodified(digest.UpdatedAt, input.IfUnmodifiedSince);
        if (input.Frequency is { } frequency && frequency != digest.Frequency)
            (digest.Frequency, digest.DueAt) = (frequency, DigestTimes.First(frequency, store.Now));
        if (input.IsUnsubscribed is { } stopped)
            digest.UnsubscribedAt = stopped ? digest.UnsubscribedAt ?? store.Now : null;
        await Writing.CommitAsync(context, store, digest, () => digest.UpdatedAt = Writing.After(store.Now, digest.UpdatedAt));
        context.Get<DigestSignal>().Wake();
        return digest;
    }

    private static async Task<Digest> DeleteAsync(IResolveFieldContext context, DeleteDigestInput input)
    {
        await using var store = context.OpenStore();
        var digest = await Owners.LoadAsync(context, store.Digests, input.Id);
        store.Digests.Remove(digest);
        await Writing.CommitAsync(context, store);
        return digest;
    }
}
