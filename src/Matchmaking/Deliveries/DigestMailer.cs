using System.Globalization;
using System.Net;
using System.Text;
using MailKit.Net.Smtp;
using MimeKit;
using MimeKit.Text;

namespace Matchmaking.Deliveries;

/// <summary>Writes digests and hands them to the mail server.</summary>
/// <remarks>Nothing that somebody wrote stands in a header: the address was checked when it was registered, the rest is ours.</remarks>
internal sealed class DigestMailer(DeliverySettings settings, TimeProvider clock)
{
    private const int MaxMilliseconds = 30_000;

    /// <summary>One mail, as text and as HTML.</summary>
    /// <param name="end">The end of what it tells: the same mail sent again has the same Message-ID, by which mail programs tell it from another.</param>
    public MimeMessage Write(Digest digest, long end, IReadOnlyList<Telling> tellings)
    {
        var unsubscribe = SecretLinks.Absolute(settings, null, SecretLinks.Unsubscribe, digest.UnsubscribeToken).AbsoluteUri;
        var from = settings.Smtp!.From;
        var message = new MimeMessage
        {
            MessageId = string.Create(CultureInfo.InvariantCulture, $"{digest.Id:N}.{end}@{from.Domain}"),
            Date = clock.GetUtcNow().ToOffset(TimeSpan.FromHours(8)),
            Subject = tellings.Count.ToString(CultureInfo.InvariantCulture) + (digest.EnterpriseId is null ? "项技术需求与贵单位专利匹配" : "件专利与贵企业的技术需求匹配"),
        };
        message.From.Add(from);
        message.To.Add(new MailboxAddress(null, digest.Address));
        message.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        // One click, by POST: mail filters that look at each link unsubscribe nobody (RFC 8058).
        message.Headers.Add(HeaderId.ListUnsubscribe, $"<{unsubscribe}>");
        message.Headers.Add(HeaderId.ListUnsubscribePost, "List-Unsubscribe=One-Click");
        message.Body = new MultipartAlternative(
            new TextPart(TextFormat.Plain) { Text = Text(message.Subject, tellings, unsubscribe) },
            new TextPart(TextFormat.Html) { Text = Html(message.Subject, tellings, unsubscribe) });
        return message;
    }

    /// <summary>Hands a mail over; returns when the server has taken it upon itself.</summary>
    public async Task SendAsync(MimeMessage message, CancellationToken cancellation)
    {
        var smtp = settings.Smtp!;
        using var client = new SmtpClient { Timeout = MaxMilliseconds };
        await client.ConnectAsync(smtp.Host, smtp.Port, smtp.Security, cancellation);
        if (smtp is { User: not null, Password: not null })
            await client.AuthenticateAsync(smtp.User, smtp.Password, cancellation);
        await client.SendAsync(message, cancellation);
        try
        {
            await client.DisconnectAsync(quit: true, cancellation);
        }
        catch (Exception e) when (e is IOException or SmtpProtocolException or SmtpCommandException or OperationCanceledException)
        {
            // It is sent; how we part doesn't matter.
        }
    }

    private static string Text(string subject, IReadOnlyList<Telling> tellings, string unsubscribe)
    {
        var text = new StringBuilder().Append("您好：\n\n").Append(subject).Append("，供参考。\n");
        for (var i = 0; i < tellings.Count; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{i + 1}. {OneLine(tellings[i].Patent.Title)}\n");
            foreach (var line in TellingText.Lines(tellings[i]))
                text.Append("   ").Append(OneLine(line)).Append('\n');
        }
        return text.Append("\n不再接收此类邮件，请打开：").Append(unsubscribe).Append('\n').ToString();
    }

    private static string Html(string subject, IReadOnlyList<Telling> tellings, string unsubscribe)
    {
        var html = new StringBuilder("<!DOCTYPE html>\n<html lang=\"zh-CN\"><head><meta charset=\"utf-8\"><title>").Append(subject)
            .Append("</title></head><body><p>您好：</p><p>").Append(subject).Append("，供参考。</p><ol>");
        foreach (var telling in tellings)
        {
            html.Append("<li><strong>").Append(WebUtility.HtmlEncode(OneLine(telling.Patent.Title))).Append("</strong>");
            foreach (var line in TellingText.Lines(telling))
                html.Append("<br>").Append(WebUtility.HtmlEncode(OneLine(line)));
            html.Append("</li>\n");
        }
        return html.Append("</ol><p><a href=\"").Append(WebUtility.HtmlEncode(unsubscribe)).Append("\">不再接收此类邮件</a></p></body></html>\n").ToString();
    }

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");
}
