using GraphQL;
using GraphQL.Types;
using Matchmaking.Api;
using Matchmaking.Store;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Deliveries;

/// <summary>How webhooks are made, changed, tried and ended, and deliveries sent again.</summary>
internal static class WebhookMutations
{
    private const int MaxUrl = 2000;
    private const int MaxDescription = 200;
    private const int KeptHours = 24;

    public static void AddTo(ObjectGraphType mutation, Mutations mutations, WebhookType webhook, WebhookRegistrationType registration, DeliveryType delivery, RefusalTypes refusals)
    {
        mutations.Add<CreateWebhookInput, WebhookRegistration>(mutation, "createWebhook",
            "Has recommendations posted to an address, each until it answers 2xx, in the order of the inbox; the secret is shown this once (新建回调通知).",
            "registration", registration, CreateAsync, refusals.InvalidInput, refusals.NotFound, refusals.WrongState);
        mutations.Add<UpdateWebhookInput, Webhook>(mutation, "updateWebhook", "Changes a webhook, stops it or lets it go on (修改回调通知).",
            "webhook", webhook, UpdateAsync, refusals.InvalidInput, refusals.NotFound, refusals.Conflict);
        mutations.Add<DeleteWebhookInput, Webhook>(mutation, "deleteWebhook", "Ends a webhook (删除回调通知).", "webhook", webhook, DeleteAsync, refusals.NotFound);
        mutations.Add<RotateWebhookSecretInput, WebhookRegistration>(mutation, "rotateWebhookSecret", "Gives a webhook a new secret; the former one signs as well for a while (更换签名密钥).",
            "registration", registration, RotateAsync, refusals.InvalidInput, refusals.NotFound, refusals.Conflict);
        mutations.Add<PingWebhookInput, Delivery>(mutation, "pingWebhook", "Posts a test to a webhook at once, and answers what came of it (测试回调通知).",
            "delivery", delivery, PingAsync, refusals.NotFound);
        mutations.Add<ReplayDeliveryInput, Delivery>(mutation, "replayDelivery", "Sends a delivery again, under the same id and outside the order (重发投递).",
            "delivery", delivery, (c, i) => SettleAsync(c, i.Id, Replay), refusals.NotFound, refusals.WrongState);
        mutations.Add<DiscardDeliveryInput, Delivery>(mutation, "discardDelivery", "Gives a delivery up, so that those behind it don't wait for it (放弃投递).",
            "delivery", delivery, (c, i) => SettleAsync(c, i.Id, Discard), refusals.NotFound, refusals.WrongState);
    }

    private static async Task<WebhookRegistration> CreateAsync(IResolveFieldContext context, CreateWebhookInput input)
    {
        await using var store = context.OpenStore();
        var owner = await Owners.TakeAsync(context, store, input);
        var checks = new Checks();
        Guid? need = input.NeedId is { } given ? Ids.Decode(given, "Need", "needId") : null;
        if (need is not null && !await store.Needs.AnyAsync(n => n.Id == need && n.EnterpriseId != null && n.EnterpriseId == owner.EnterpriseId, context.CancellationToken))
            checks.Add(new NotFoundError($"needId: the enterprise has no need '{Errors.Shorten(input.NeedId!)}'.", "needId"));
        var url = TakeUrl(context, checks, input.Url);
        var description = checks.Take("description", input.Description, MaxDescription);
        if (await store.Webhooks.CountAsync(w => w.EnterpriseId == owner.EnterpriseId && w.InstitutionId == owner.InstitutionId, context.CancellationToken) >= Webhook.MostPerOwner)
            checks.Add(new WrongStateError($"There are {Webhook.MostPerOwner} webhooks already, which is the most: delete one first.", "TOO_MANY"));
        var position = await Owners.BeginAsync(store, input.After, context.CancellationToken);
        checks.Done();
        var webhook = new Webhook
        {
            Id = store.NewKey(),
            EnterpriseId = owner.EnterpriseId,
            InstitutionId = owner.InstitutionId,
            NeedId = need,
            Url = url,
            Description = description,
            Secret = Signature.NewSecret(),
            Position = position,
            CreatedAt = store.Now,
            UpdatedAt = store.Now,
        };
        store.Webhooks.Add(webhook);
        await Writing.CommitAsync(context, store);
        context.Get<DeliverySignal>().Wake();
        return new WebhookRegistration(webhook, webhook.Secret);
    }

    private static async Task<Webhook> UpdateAsync(IResolveFieldContext context, UpdateWebhookInput input)
    {
        await using var store = context.OpenStore();
        var webhook = await Owners.LoadAsync(context, store.Webhooks, input.Id);
        Writing.RequireUnmodified(webhook.UpdatedAt, input.IfUnmodifiedSince);
        var checks = new Checks();
        if (input.Has(nameof(input.Url)))
            webhook.Url = TakeUrl(context, checks, input.Url ?? "");
        if (input.Has(nameof(input.Description)))
            webhook.Description = checks.Take("description", input.Description, MaxDescription);
        if (input.IsPaused is { } paused)
            webhook.IsPaused = paused;
        checks.Done();
        // Whoever mends it doesn't wait for the next try.
        await Writing.CommitAsync(context, store, webhook, () => (webhook.UpdatedAt, webhook.NextAttemptAt) = (Writing.After(store.Now, webhook.UpdatedAt), null));
        context.Get<DeliverySignal>().Wake();
        return webhook;
    }

    private static async Task<Webhook> DeleteAsync(IResolveFieldContext context, DeleteWebhookInput input)
    {
        await using var store = context.OpenStore();
        var webhook = await Owners.LoadAsync(context, store.Webhooks, input.Id);
        store.Webhooks.Remove(webhook);
        await Writing.CommitAsync(context, store);
        return webhook;
    }

    private static async Task<WebhookRegistration> RotateAsync(IResolveFieldContext context, RotateWebhookSecretInput input)
    {
        await using var store = context.OpenStore();
        var webhook = await Owners.LoadAsync(context, store.Webhooks, input.Id);
        var checks = new Checks();
        var hours = input.KeepFormerHours ?? KeptHours;
        checks.Require(hours is >= 0 and <= 168, "keepFormerHours", hours, "a number of hours from 0 to 168 is expected");
        checks.Done();
        (webhook.FormerSecret, webhook.FormerSecretUntil) = hours == 0 ? ((string?)null, (DateTime?)null) : (webhook.Secret, store.Now.AddHours(hours));
        webhook.Secret = Signature.NewSecret();
        await Writing.CommitAsync(context, store, webhook, () => webhook.UpdatedAt = Writing.After(store.Now, webhook.UpdatedAt));
        return new WebhookRegistration(webhook, webhook.Secret);
    }

    private static async Task<Delivery> PingAsync(IResolveFieldContext context, PingWebhookInput input)
    {
        await using var store = context.OpenStore();
        var webhook = await Owners.LoadAsync(context, store.Webhooks, input.Id);
        var delivery = await context.Get<WebhookWork>().PingAsync(store, webhook, context.CancellationToken);
        await Writing.CommitAsync(context, store);
        return delivery;
    }

    private static async Task<Delivery> SettleAsync(IResolveFieldContext context, string id, Action<Delivery, DateTime> change)
    {
        await using var store = context.OpenStore();
        var key = Ids.Decode(id, nameof(Delivery), "id");
        var delivery = await store.Deliveries.AsTracking().SingleOrDefaultAsync(d => d.Id == key && d.RecommendationId != null, context.CancellationToken);
        var webhook = delivery is null ? null : await store.Webhooks.SingleOrDefaultAsync(w => w.Id == delivery.WebhookId, context.CancellationToken);
        if (webhook is null || !Owners.MaySpeakFor(context, webhook.Owner))
            throw new RefusedException(new NotFoundError($"id: there is no delivery '{Errors.Shorten(id)}'.", "id"));
        change(delivery!, store.Now);
        await Writing.CommitAsync(context, store);
        // The place in the inbox is the dispatcher's to move; here it is only told that it needn't wait.
        await store.Webhooks.Where(w => w.Id == webhook.Id).ExecuteUpdateAsync(w => w.SetProperty(x => x.NextAttemptAt, (DateTime?)null), context.CancellationToken);
        context.Get<DeliverySignal>().Wake();
        return delivery!;
    }

    private static void Replay(Delivery delivery, DateTime now)
    {
        if (delivery.State == DeliveryState.Pending)
            throw new RefusedException(new WrongStateError("id: it is on its way still.", "PENDING"));
        (delivery.State, delivery.IsReplay, delivery.Attempts, delivery.NextAttemptAt) = (DeliveryState.Pending, true, 0, now);
        (delivery.GiveUpAt, delivery.UpdatedAt) = (now + Patience.Whole, now);
    }

    private static void Discard(Delivery delivery, DateTime now)
    {
        if (delivery.State != DeliveryState.Pending)
            throw new RefusedException(new WrongStateError("id: it is settled already.", "SETTLED"));
        (delivery.State, delivery.NextAttemptAt, delivery.UpdatedAt) = (DeliveryState.Dead, null, now);
    }

    private static string TakeUrl(IResolveFieldContext context, Checks checks, string given)
    {
        var url = checks.Take("url", given, MaxUrl, required: true)!;
        if (url.Length > 0 && context.Get<WebhookSender>().Refusal(url) is { } refusal)
            checks.Fail("url", given, refusal);
        return url;
    }
}
