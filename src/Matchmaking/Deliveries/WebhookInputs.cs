using GraphQL;

namespace Matchmaking.Deliveries;

/// <summary>A new webhook (新回调通知).</summary>
internal sealed class CreateWebhookInput : OwnedInput
{
    /// <summary>Only for this need of the enterprise's; all of them where it isn't given (需求标识).</summary>
    [Id]
    public string? NeedId { get; set; }

    /// <summary>Where to post to, over https and within the public network, at most 2,000 characters (接收地址).</summary>
    public required string Url { get; set; }

    /// <summary>What its owner calls it, at most 200 characters (备注).</summary>
    public string? Description { get; set; }

    /// <summary>A cursor of the inbox to begin behind; without it, what comes from now on is posted (游标).</summary>
    public string? After { get; set; }
}

/// <summary>Changes of a webhook: what isn't given stays (修改回调通知).</summary>
internal sealed class UpdateWebhookInput : Api.PartialInput
{
    /// <summary>The webhook (回调通知标识).</summary>
    [Id]
    public required string Id { get; set; }

    /// <summary>Where to post to (接收地址).</summary>
    public string? Url { get; set; }

    /// <summary>What its owner calls it; null clears it (备注).</summary>
    public string? Description { get; set; }

    /// <summary>Whether to stop posting; what comes meanwhile is posted afterwards (暂停).</summary>
    public bool? IsPaused { get; set; }

    /// <summary>The webhook's updatedAt as the caller read it; a stale one is refused (并发控制).</summary>
    public DateTime? IfUnmodifiedSince { get; set; }
}

/// <summary>Ends a webhook (删除回调通知).</summary>
internal sealed class DeleteWebhookInput
{
    /// <summary>The webhook; what was posted to it is forgotten with it (回调通知标识).</summary>
    [Id]
    public required string Id { get; set; }
}

/// <summary>Gives a webhook a new secret (更换签名密钥).</summary>
internal sealed class RotateWebhookSecretInput
{
    /// <summary>The webhook (回调通知标识).</summary>
    [Id]
    public required string Id { get; set; }

    /// <summary>For how many hours the former secret signs as well, 0 to 168; 24 by default (旧密钥保留小时数).</summary>
    public int? KeepFormerHours { get; set; }
}

/// <summary>Tries a webhook (测试回调通知).</summary>
internal sealed class PingWebhookInput
{
    /// <summary>The webhook (回调通知标识).</summary>
    [Id]
    public required string Id { get; set; }
}

/// <summary>Sends a settled delivery again (重发投递).</summary>
internal sealed class ReplayDeliveryInput
{
    /// <summary>The delivery, of any state but PENDING (投递标识).</summary>
    [Id]
    public required string Id { get; set; }
}

/// <summary>Gives a delivery up at once, so that those behind it don't wait for it (放弃投递).</summary>
internal sealed class DiscardDeliveryInput
{
    /// <summary>The delivery, of state PENDING (投递标识).</summary>
    [Id]
    public required string Id { get; set; }
}
