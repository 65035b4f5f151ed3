using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using Matchmaking.Recommendations;
using Matchmaking.Store;
using Microsoft.AspNetCore.Http.Headers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;

namespace Matchmaking.Deliveries;

/// <summary>Serves feeds to whoever has their link.</summary>
internal static class FeedEndpoint
{
    /// <summary>The newest so many stand in a feed.</summary>
    public const int MaxEntries = 50;

    public static void Map(WebApplication app) => app.MapMethods(SecretLinks.Feeds + "/{token}", ["GET", "HEAD"], ServeAsync).DisableHttpMetrics();

    private static async Task ServeAsync(HttpContext http, string token, StoreFactory stores, DeliverySettings settings)
    {
        SecretLinks.Guard(http.Response);
        await using var store = stores.Open("feeds");
        var hash = Tokens.Hash(token);
        var feed = await store.NeedFeeds.SingleOrDefaultAsync(f => f.TokenHash == hash, http.RequestAborted);
        var need = feed is null ? null : await store.Needs.Include(n => n.Enterprise).SingleOrDefaultAsync(n => n.Id == feed.NeedId, http.RequestAborted);
        if (feed is null || need is null)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        var newest = await Inbox.ReadNewestAsync(store, new InboxScope(store.Viewer, need.Id), MaxEntries, http.RequestAborted);
        var tellings = await Telling.LoadAsync(store, newest, Audience.Reader, http.RequestAborted);
        // What was taken back counts as a change, too.
        var last = await store.Recommendations.Where(r => r.NeedId == need.Id).MaxAsync(r => (DateTime?)r.UpdatedAt, http.RequestAborted);
        var changed = new[] { feed.CreatedAt, need.UpdatedAt, last ?? default }.Concat(tellings.Select(t => t.Patent.UpdatedAt)).Max();
        var body = Atom.Write(feed, need, changed, tellings, SecretLinks.Absolute(settings, http.Request, SecretLinks.Feeds, token));
        var tag = '"' + Base64Url.EncodeToString(SHA256.HashData(body).AsSpan(0, 16)) + '"';
        http.Response.Headers.ETag = tag;
        http.Response.Headers.LastModified = changed.ToString("R", CultureInfo.InvariantCulture);
        if (IsKnown(http.Request.GetTypedHeaders(), tag, changed, store.Now))
        {
            http.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }
        http.Response.ContentType = "application/atom+xml; charset=utf-8";
        http.Response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(http.Request.Method))
            await http.Response.Body.WriteAsync(body, http.RequestAborted);
    }

    /// <summary>Whether the reader has it already (RFC 9110, 13.2.2: a date is looked at only where no tag is sent).</summary>
    private static bool IsKnown(RequestHeaders headers, string tag, DateTime changed, DateTime now)
    {
        if (headers.IfNoneMatch is { Count: > 0 } tags)
            return tags.Any(t => t.Equals(EntityTagHeaderValue.Any) || t.Tag.Equals(tag, StringComparison.Ordinal));
        // A date counts seconds: within the last of them there may have been two changes.
        return headers.IfModifiedSince is { } since && changed < since.UtcDateTime.AddSeconds(1) && changed < now.AddSeconds(-1);
    }
}
