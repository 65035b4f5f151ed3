using GraphQL;
using GraphQL.Types;
using Matchmaking.Api;
using Matchmaking.Recommendations;

namespace Matchmaking.Deliveries;

/// <summary>A webhook on the wire; never with its secret.</summary>
internal sealed class WebhookType : ValueType<Webhook>
{
    /// <summary>What the list may be filtered by.</summary>
    public static readonly Filterable<Webhook> Filterable = new Filterable<Webhook>("Webhook").Add(w => w.IsPaused).Add(w => w.Failures).Add(w => w.CreatedAt).Add(w => w.UpdatedAt);

    public WebhookType(Connections connections) : base(
        w => w.Id, w => w.EnterpriseId, w => w.InstitutionId, w => w.NeedId, w => w.Secret, w => w.FormerSecret, w => w.Position, w => w.BusyUntil, w => w.Turn)
    {
        Name = nameof(Webhook);
        Description = "An address of an enterprise's or institution's own system, to which recommendations are posted, signed (回调通知).";
        Field<NonNullGraphType<IdGraphType>>("id").Description("The opaque id (标识).").Resolve(c => Ids.Encode(nameof(Webhook), c.Source.Id));
        Field<IdGraphType>("enterpriseId").Description("The enterprise whose needs it is about; null where it is an institution's (中小企业).").Resolve(c => Shown("Enterprise", c.Source.EnterpriseId));
        Field<IdGraphType>("institutionId").Description("The institution whose patents it is about; null where it is an enterprise's (高校、科研机构).").Resolve(c => Shown("Institution", c.Source.InstitutionId));
        Field<IdGraphType>("needId").Description("The need it is about; null for all of the enterprise's (技术需求).").Resolve(c => Shown("Need", c.Source.NeedId));
        Field<NonNullGraphType<StringGraphType>>("cursor").Description("The place in the inbox up to which everything was told, or given up (游标).").Resolve(c => Inbox.CursorAt(c.Source.Position));
        connections.Children(this, "deliveries", "What was posted to it, and what became of it; the dead letters are those of state DEAD (投递记录).",
            DeliveryType.Filterable, Filterable, w => w.Id, d => (Guid?)d.WebhookId);
    }

    internal static string? Shown(string type, Guid? key) => key is { } known ? Ids.Encode(type, known) : null;
}

internal sealed class DeliveryType : ValueType<Delivery>
{
    /// <summary>What the list may be filtered by.</summary>
    public static readonly Filterable<Delivery> Filterable = new Filterable<Delivery>("Delivery")
        .Add(d => d.State).Add(d => d.IsReplay).Add(d => d.Attempts).Add(d => d.LastFault).Add(d => d.LastStatus).Add(d => d.CreatedAt).Add(d => d.UpdatedAt);

    public DeliveryType() : base(d => d.Id, d => d.WebhookId, d => d.RecommendationId, d => d.Position)
    {
        Name = nameof(Delivery);
        Description = "One recommendation on its way to one webhook, and what became of it (投递).";
        Field<NonNullGraphType<IdGraphType>>("id").Description("The opaque id (标识).").Resolve(c => Ids.Encode(nameof(Delivery), c.Source.Id));
        Field<IdGraphType>("recommendationId").Description("The recommendation; null for a test (推荐标识).").Resolve(c => WebhookType.Shown(nameof(Recommendation), c.Source.RecommendationId));
        Field<RecommendationType>("recommendation").Description("The recommendation; null for a test, and where it was taken back (推荐).").Weighs(Costs.Asking)
            .Resolve(c => c.Source.RecommendationId is { } key ? RecommendationQueries.Load(c.Get<Batches>(), key) : null);
    }
}

/// <summary>A webhook with its secret, which is shown this once (回调通知与密钥).</summary>
/// <param name="Webhook">The webhook (回调通知).</param>
/// <param name="Secret">What its requests are signed with; it can't be read again, only changed (签名密钥).</param>
internal sealed record WebhookRegistration(Webhook Webhook, string Secret);

internal sealed class WebhookRegistrationType : ObjectGraphType<WebhookRegistration>
{
    public WebhookRegistrationType()
    {
        Name = nameof(WebhookRegistration);
        Description = "A webhook with its secret, which is shown this once (回调通知与密钥).";
        Field<NonNullGraphType<WebhookType>>("webhook").Description("The webhook (回调通知).").Resolve(c => c.Source.Webhook);
        Field<NonNullGraphType<StringGraphType>>("secret").Description("What its requests are signed with; it can't be read again, only changed (签名密钥).").Resolve(c => c.Source.Secret);
    }
}
