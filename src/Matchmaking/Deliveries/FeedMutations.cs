using GraphQL;
using GraphQL.Types;
using Matchmaking.Api;
using Matchmaking.Store;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Deliveries;

/// <summary>A new feed (新订阅源).</summary>
internal sealed class CreateNeedFeedInput
{
    /// <summary>The need (需求标识).</summary>
    [Id]
    public required string NeedId { get; set; }

    /// <summary>What its owner calls it, for instance who reads it; at most 200 characters (备注).</summary>
    public string? Description { get; set; }
}

/// <summary>Gives a feed a new link (更换订阅链接).</summary>
internal sealed class RotateNeedFeedInput
{
    /// <summary>The feed; its former link leads nowhere from now on (订阅源标识).</summary>
    [Id]
    public required string Id { get; set; }
}

/// <summary>Ends a feed (删除订阅源).</summary>
internal sealed class DeleteNeedFeedInput
{
    /// <summary>The feed (订阅源标识).</summary>
    [Id]
    public required string Id { get; set; }
}

/// <summary>A feed with its link, which is shown this once (订阅源与链接).</summary>
internal sealed record NeedFeedRegistration(NeedFeed Feed, string Url);

internal sealed class NeedFeedType : ValueType<NeedFeed>
{
    public NeedFeedType() : base(f => f.Id, f => f.NeedId, f => f.TokenHash)
    {
        Name = nameof(NeedFeed);
        Description = "A link under which the recommendations for one need can be read by any feed reader (订阅源).";
        Field<NonNullGraphType<IdGraphType>>("id").Description("The opaque id (标识).").Resolve(c => Ids.Encode(nameof(NeedFeed), c.Source.Id));
        Field<NonNullGraphType<IdGraphType>>("needId").Description("The need (需求标识).").Resolve(c => Ids.Encode("Need", c.Source.NeedId));
    }
}

internal sealed class NeedFeedRegistrationType : ObjectGraphType<NeedFeedRegistration>
{
    public NeedFeedRegistrationType()
    {
        Name = nameof(NeedFeedRegistration);
        Description = "A feed with its link, which is shown this once (订阅源与链接).";
        Field<NonNullGraphType<NeedFeedType>>("feed").Description("The feed (订阅源).").Resolve(c => c.Source.Feed);
        Field<NonNullGraphType<StringGraphType>>("url").Description("The link, an Atom feed; whoever has it can read it, and it can't be read again, only changed (订阅链接).").Resolve(c => c.Source.Url);
    }
}

/// <summary>How feeds are made and ended.</summary>
internal static class FeedMutations
{
    public static void AddTo(ObjectGraphType mutation, Mutations mutations, NeedFeedType feed, NeedFeedRegistrationType registration, RefusalTypes refusals)
    {
        mutations.Add<CreateNeedFeedInput, NeedFeedRegistration>(mutation, "createNeedFeed", "Makes a link under which any feed reader hears what is recommended for a need (新建订阅源).",
            "registration", registration, CreateAsync, refusals.InvalidInput, refusals.NotFound, refusals.WrongState);
        mutations.Add<RotateNeedFeedInput, NeedFeedRegistration>(mutation, "rotateNeedFeed", "Gives a feed a new link; the former one leads nowhere from now on (更换订阅链接).",
            "registration", registration, RotateAsync, refusals.NotFound, refusals.Conflict);
        mutations.Add<DeleteNeedFeedInput, NeedFeed>(mutation, "deleteNeedFeed", "Ends a feed (删除订阅源).", "feed", feed, DeleteAsync, refusals.NotFound);
    }

    private static async Task<NeedFeedRegistration> CreateAsync(IResolveFieldContext context, CreateNeedFeedInput input)
    {
        await using var store = context.OpenStore();
        var key = Ids.Decode(input.NeedId, "Need", "needId");
        var need = await store.Needs.Where(n => n.Id == key).Select(n => new { n.EnterpriseId }).SingleOrDefaultAsync(context.CancellationToken);
        if (need is null || !Owners.MaySpeakFor(context, new Owner(need.EnterpriseId, null)))
            throw new RefusedException(new NotFoundError($"needId: there is no need '{Errors.Shorten(input.NeedId)}'.", "needId"));
        var checks = new Checks();
        var description = checks.Take("description", input.Description, 200);
        if (await store.NeedFeeds.CountAsync(f => f.NeedId == key, context.CancellationToken) >= NeedFeed.MostPerNeed)
            checks.Add(new WrongStateError($"There are {NeedFeed.MostPerNeed} feeds already, which is the most: delete one first.", "TOO_MANY"));
        checks.Done();
        var token = Tokens.New();
        var feed = new NeedFeed { Id = store.NewKey(), NeedId = key, Description = description, TokenHash = Tokens.Hash(token), CreatedAt = store.Now, UpdatedAt = store.Now };
        store.NeedFeeds.Add(feed);
        await Writing.CommitAsync(context, store);
        return Registered(context, feed, token);
    }

    private static async Task<NeedFeedRegistration> RotateAsync(IResolveFieldContext context, RotateNeedFeedInput input)
    {
        await using var store = context.OpenStore();
        var feed = await LoadAsync(context, store, input.Id);
        var token = Tokens.New();
        feed.TokenHash = Tokens.Hash(token);
        await Writing.CommitAsync(context, store, feed, () => feed.UpdatedAt = Writing.After(store.Now, feed.UpdatedAt));
        return Registered(context, feed, token);
    }

    private static async Task<NeedFeed> DeleteAsync(IResolveFieldContext context, DeleteNeedFeedInput input)
    {
        await using var store = context.OpenStore();
        var feed = await LoadAsync(context, store, input.Id);
        store.NeedFeeds.Remove(feed);
        await Writing.CommitAsync(context, store);
        return feed;
    }

    private static async Task<NeedFeed> LoadAsync(IResolveFieldContext context, StoreContext store, string id)
    {
        var key = Ids.Decode(id, nameof(NeedFeed), "id");
        var feed = await store.NeedFeeds.AsTracking().SingleOrDefaultAsync(f => f.Id == key, context.CancellationToken);
        var enterprise = feed is null ? null : await store.Needs.Where(n => n.Id == feed.NeedId).Select(n => n.EnterpriseId).SingleOrDefaultAsync(context.CancellationToken);
        return feed is not null && Owners.MaySpeakFor(context, new Owner(enterprise, null)) ? feed
            : throw new RefusedException(new NotFoundError($"id: there is no feed '{Errors.Shorten(id)}'.", "id"));
    }

    private static NeedFeedRegistration Registered(IResolveFieldContext context, NeedFeed feed, string token) =>
        new(feed, SecretLinks.Absolute(context.Get<DeliverySettings>(), context.Get<IHttpContextAccessor>().HttpContext?.Request, SecretLinks.Feeds, token).AbsoluteUri);
}
