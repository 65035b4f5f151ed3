namespace Matchmaking.Deliveries;

/// <summary>An address of an enterprise's or institution's own system, to which recommendations are posted, signed (回调通知).</summary>
public sealed class Webhook : Registration
{
    /// <summary>How many an owner may have.</summary>
    public const int MostPerOwner = 10;

    /// <summary>The need it is about; null for all of the enterprise's.</summary>
    public Guid? NeedId { get; init; }

    /// <summary>Where it is posted to (接收地址).</summary>
    public string Url { get; set; } = "";

    /// <summary>What its owner calls it; null where nothing was said (备注).</summary>
    public string? Description { get; set; }

    /// <summary>Whether nothing is posted at present; what comes meanwhile is posted afterwards (已暂停).</summary>
    public bool IsPaused { get; set; }

    /// <summary>What the signature is made with.</summary>
    public string Secret { get; set; } = "";

    /// <summary>The secret before it, which signs as well for a while after it was changed.</summary>
    public string? FormerSecret { get; set; }

    /// <summary>Until when the secret before it signs as well (旧密钥失效时间).</summary>
    public DateTime? FormerSecretUntil { get; set; }

    /// <summary>How often in a row it has failed (连续失败次数).</summary>
    public int Failures { get; set; }

    /// <summary>When it last took something; null while it never has (最近成功时间).</summary>
    public DateTime? SucceededAt { get; set; }

    /// <summary>When what it didn't take is tried again; null while it takes all (下次重试时间).</summary>
    public DateTime? NextAttemptAt { get; set; }

    /// <summary>Until when some process may be posting to it; null where none is.</summary>
    public DateTime? BusyUntil { get; set; }

    /// <summary>How often a process has written what it did: of two that took it at once, one loses.</summary>
    public long Turn { get; set; }
}
