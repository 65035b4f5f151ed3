namespace Matchmaking.Deliveries;

/// <summary>Addresses whose last part is a secret: they stand in no log and no span.</summary>
internal static class SecretLinks
{
    public const string Feeds = "/feeds";
    public const string Unsubscribe = "/digests/unsubscribe";

    public static bool Hold(PathString path) => path.StartsWithSegments(Feeds) || path.StartsWithSegments(Unsubscribe);

    /// <summary>Under which address a secret link is reached from outside.</summary>
    public static Uri Absolute(DeliverySettings settings, HttpRequest? request, string path, string token)
    {
        var root = settings.PublicUrl ?? new Uri(request is null ? "http://localhost/" : $"{request.Scheme}://{request.Host.ToUriComponent()}{request.PathBase.ToUriComponent()}/");
        return new Uri(root, path[1..] + "/" + token);
    }

    /// <summary>Keeps an answer from caches, from search engines, and its address from the next page.</summary>
    public static void Guard(HttpResponse response)
    {
        response.Headers.CacheControl = "private, no-cache";
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers["X-Robots-Tag"] = "noindex";
        response.Headers.XContentTypeOptions = "nosniff";
    }
}
