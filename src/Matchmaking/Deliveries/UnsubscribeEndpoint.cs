using Matchmaking.Store;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Deliveries;

/// <summary>Where the link at the end of a mail leads: it asks, and a click ends the mails.</summary>
/// <remarks>To look changes nothing, since mail filters open every link.</remarks>
internal static class UnsubscribeEndpoint
{
    private const string Path = SecretLinks.Unsubscribe + "/{token}";

    public static void Map(WebApplication app)
    {
        app.MapGet(Path, AskAsync).DisableHttpMetrics();
        // Mail programs send a form of their own here (RFC 8058); nothing of it is needed, and there is no cookie that could be abused.
        app.MapPost(Path, EndAsync).DisableHttpMetrics().DisableAntiforgery();
    }

    private static async Task<IResult> AskAsync(HttpContext http, string token, StoreFactory stores)
    {
        await using var store = stores.Open("unsubscribing");
        var digest = await store.Digests.SingleOrDefaultAsync(d => d.UnsubscribeToken == token, http.RequestAborted);
        return digest switch
        {
            null => Page(http, "此链接无效", "", StatusCodes.Status404NotFound),
            { UnsubscribedAt: not null } => Page(http, "已退订", "<p>不会再向此地址发送专利推荐邮件。</p>"),
            _ => Page(http, "退订邮件", "<p>不再接收专利推荐邮件？</p><form method=\"post\"><button>退订</button></form>"),
        };
    }

    private static async Task<IResult> EndAsync(HttpContext http, string token, StoreFactory stores)
    {
        await using var store = stores.Open("unsubscribing");
        var now = store.Now;
        await store.Digests.Where(d => d.UnsubscribeToken == token && d.UnsubscribedAt == null)
            .ExecuteUpdateAsync(d => d.SetProperty(x => x.UnsubscribedAt, now).SetProperty(x => x.UpdatedAt, now), http.RequestAborted);
        return await AskAsync(http, token, stores);
    }

    private static IResult Page(HttpContext http, string title, string body, int status = StatusCodes.Status200OK)
    {
        SecretLinks.Guard(http.Response);
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; form-action 'self'; frame-ancestors 'none'";
        return Results.Content($"<!DOCTYPE html>\n<html lang=\"zh-CN\"><head><meta charset=\"utf-8\"><title>{title}</title></head><body><h1>{title}</h1>{body}</body></html>\n", "text/html; charset=utf-8", statusCode: status);
    }
}
