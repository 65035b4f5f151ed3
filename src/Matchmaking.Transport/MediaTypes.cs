using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Matchmaking.Transport;

/// <summary>Which of the media types we speak a client wants.</summary>
internal static class MediaTypes
{
    public const string Response = "application/graphql-response+json";
    public const string Json = "application/json";

    /// <summary>A stream of server-sent events.</summary>
    public const string Events = "text/event-stream";

    /// <summary>Whether the client takes a stream of events, however much it would rather have something else.</summary>
    /// <remarks>Clients that name all types for each operation mean this one for subscriptions.</remarks>
    public static bool TakesEvents(HttpRequest request) => request.Headers.Accept.Count > 0
        && request.GetTypedHeaders().Accept.Any(type => type.Quality is not 0 && type.MediaType.Equals(Events, StringComparison.OrdinalIgnoreCase));

    /// <summary>The value of the Content-Type header of one answer; who asks for events gets refusals as JSON.</summary>
    public static string WithCharset(string mediaType) => mediaType != Response ? Json + "; charset=utf-8" : Response + "; charset=utf-8";

    /// <summary>The media type to answer in, or null where the client accepts none of ours.</summary>
    /// <remarks>Without an Accept header or with a wildcard it's <c>application/json</c>, as the specification asks for old clients.</remarks>
    public static string? Negotiate(HttpRequest request)
    {
        // What nearly all clients send is known without being parsed.
        switch (request.Headers.Accept.Count == 1 ? request.Headers.Accept[0] : request.Headers.Accept.Count == 0 ? "*/*" : null)
        {
            case "*/*" or Json:
                return Json;
            case Response or "application/graphql-response+json, application/json" or "application/graphql-response+json,application/json;q=0.9":
                return Response;
        }
        var accepted = request.GetTypedHeaders().Accept;
        if (accepted.Count == 0)
            return null;
        string? best = null;
        var (bestQuality, bestSpecific) = (0.0, false);
        foreach (var type in accepted)
        {
            var quality = type.Quality ?? 1;
            if (quality <= 0 || Ours(type) is not { } ours)
                continue;
            var specific = !type.MatchesAllSubTypes;
            if (best is null || quality > bestQuality || (quality == bestQuality && specific && !bestSpecific))
                (best, bestQuality, bestSpecific) = (ours, quality, specific);
        }
        return best;
    }

    private static string? Ours(MediaTypeHeaderValue accepted)
    {
        if (accepted.Charset.HasValue && !accepted.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase))
            return null;
        if (accepted.MatchesAllTypes || (accepted.MatchesAllSubTypes && accepted.Type.Equals("application", StringComparison.OrdinalIgnoreCase)))
            return Json;
        return accepted.MediaType.Equals(Response, StringComparison.OrdinalIgnoreCase) ? Response
            : accepted.MediaType.Equals(Json, StringComparison.OrdinalIgnoreCase) ? Json
            : accepted.MediaType.Equals(Events, StringComparison.OrdinalIgnoreCase) ? Events
            : null;
    }

    /// <summary>Whether a page is wanted rather than an answer: text/html is named, and none of ours is named that would do as well.</summary>
    /// <remarks>Wildcards don't count: browsers send them after text/html, and GraphQL clients send nothing else.</remarks>
    public static bool PrefersHtml(HttpRequest request)
    {
        var (html, ours) = (0.0, 0.0);
        foreach (var type in request.GetTypedHeaders().Accept)
        {
            var quality = type.Quality ?? 1;
            if (type.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase))
                html = Math.Max(html, quality);
            else if (!type.MatchesAllSubTypes && Ours(type) is not null)
                ours = Math.Max(ours, quality);
        }
        return html > ours;
    }
}
