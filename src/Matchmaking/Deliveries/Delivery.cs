namespace Matchmaking.Deliveries;

/// <summary>One recommendation on its way to one webhook, and what became of it (投递).</summary>
public sealed class Delivery
{
    /// <summary>The key, a UUIDv7 made by us.</summary>
    public Guid Id { get; init; }

    public Guid WebhookId { get; init; }

    /// <summary>The recommendation; null for a test.</summary>
    public Guid? RecommendationId { get; init; }

    /// <summary>The place of the recommendation in the inbox.</summary>
    public long? Position { get; init; }

    /// <summary>What became of it (投递状态).</summary>
    public DeliveryState State { get; set; }

    /// <summary>Whether it was asked for again by hand (手工重发).</summary>
    public bool IsReplay { get; set; }

    /// <summary>How often it was tried (尝试次数).</summary>
    public int Attempts { get; set; }

    /// <summary>When it is tried again; null where it isn't (下次重试时间).</summary>
    public DateTime? NextAttemptAt { get; set; }

    /// <summary>When it is given up if it hasn't arrived by then (放弃时间).</summary>
    public DateTime GiveUpAt { get; set; }

    /// <summary>The HTTP status that was last answered; null where none was (最近HTTP状态码).</summary>
    public int? LastStatus { get; set; }

    /// <summary>Why the last try failed; null where it didn't (最近失败原因).</summary>
    public DeliveryFault? LastFault { get; set; }

    /// <summary>How long the last try took, in milliseconds (最近耗时).</summary>
    public int LastTook { get; set; }

    /// <summary>When it was first tried (创建时间).</summary>
    public DateTime CreatedAt { get; init; }

    /// <summary>When it was last tried, or settled (更新时间).</summary>
    public DateTime UpdatedAt { get; set; }
}

/// <summary>What became of a delivery (投递状态).</summary>
public enum DeliveryState
{
    /// <summary>Not arrived yet; it is tried again (待重试).</summary>
    Pending,

    /// <summary>Arrived: the receiver answered 2xx (已送达).</summary>
    Delivered,

    /// <summary>Given up; it can be sent again by hand (死信).</summary>
    Dead,

    /// <summary>Not to be told any more: it was taken back, or may not be seen (已撤回).</summary>
    Withdrawn,
}

/// <summary>Why a delivery failed (投递失败原因).</summary>
public enum DeliveryFault
{
    /// <summary>The receiver answered another status than 2xx; redirects aren't followed (状态码异常).</summary>
    Status,

    /// <summary>The receiver didn't answer in time (超时).</summary>
    Timeout,

    /// <summary>The host name leads nowhere (域名无法解析).</summary>
    UnknownHost,

    /// <summary>The host name leads into a network to which nothing is sent: private, loopback, link-local … (地址不允许).</summary>
    ForbiddenAddress,

    /// <summary>Nobody takes the connection (无法连接).</summary>
    Unreachable,

    /// <summary>The certificate isn't trusted, or TLS failed otherwise (证书或TLS错误).</summary>
    Tls,

    /// <summary>The connection broke, or what came wasn't HTTP (协议错误).</summary>
    Protocol,
}
