namespace Matchmaking.Deliveries;

/// <summary>An e-mail address that is told of recommendations, several in one mail (邮件摘要).</summary>
public sealed class Digest : Registration
{
    /// <summary>How many an owner may have.</summary>
    public const int MostPerOwner = 20;

    /// <summary>Where the mails go (收件地址).</summary>
    public string Address { get; init; } = "";

    /// <summary>How often there may be one (发送频率).</summary>
    public DigestFrequency Frequency { get; set; }

    /// <summary>When it was unsubscribed by a link in a mail, or by its owner; null while it is sent (退订时间).</summary>
    public DateTime? UnsubscribedAt { get; set; }

    /// <summary>The secret in its unsubscribe links.</summary>
    public string UnsubscribeToken { get; init; } = "";

    /// <summary>When the next mail may go out, if there is something to tell (下次发送时间).</summary>
    public DateTime DueAt { get; set; }

    /// <summary>When the last mail was sent; null while none was (最近发送时间).</summary>
    public DateTime? SentAt { get; set; }

    /// <summary>How often in a row the mail server didn't take it (连续失败次数).</summary>
    public int Failures { get; set; }

    /// <summary>The end of what the mail under way tells; null where none is.</summary>
    /// <remarks>Written before the mail is handed over. Who finds it after a crash sends the same mail under the same Message-ID.</remarks>
    public long? SendingTo { get; set; }

    /// <summary>When the mail under way was begun; with the key it makes the Message-ID.</summary>
    public DateTime? SendingSince { get; set; }
}

/// <summary>How often a digest is sent (发送频率).</summary>
public enum DigestFrequency
{
    /// <summary>As soon as there is something, every few minutes at most (即时).</summary>
    Immediate,

    /// <summary>At eight in the morning, Chinese time (每日).</summary>
    Daily,

    /// <summary>On Mondays at eight in the morning, Chinese time (每周).</summary>
    Weekly,
}
