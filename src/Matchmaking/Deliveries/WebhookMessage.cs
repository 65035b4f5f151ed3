using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Matchmaking.Api;
using Matchmaking.Recommendations;

namespace Matchmaking.Deliveries;

/// <summary>What is posted to a webhook.</summary>
/// <param name="Event">recommendation.added, or ping.</param>
/// <param name="Id">The same for each try and each replay of the same thing.</param>
/// <param name="Body">JSON in UTF-8; also the same each time, as long as the need and the patent are.</param>
internal sealed record WebhookMessage(string Event, string Id, byte[] Body)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static WebhookMessage Of(Telling telling)
    {
        var (recommendation, patent) = (telling.Recommendation, telling.Patent);
        var id = Ids.Encode(nameof(Recommendation), recommendation.Id);
        return Made("recommendation.added", id, new
        {
            id,
            type = "recommendation.added",
            cursor = Inbox.Cursor(recommendation),
            createdAt = Instant(recommendation.CreatedAt),
            score = recommendation.Score,
            reason = JsonNamingPolicy.SnakeCaseUpper.ConvertName(recommendation.Reason.ToString()),
            need = new { id = Ids.Encode("Need", recommendation.NeedId), title = telling.NeedTitle, enterprise = telling.EnterpriseName },
            patent = new
            {
                id = Ids.Encode("Patent", patent.Id),
                title = patent.Title,
                applicationNumber = patent.ApplicationNumber,
                publicationNumber = patent.PublicationNumber,
                holder = patent.Holder?.Name,
            },
        });
    }

    /// <summary>A test, about nothing.</summary>
    public static WebhookMessage Ping(Guid delivery, DateTime at)
    {
        var id = Ids.Encode(nameof(Delivery), delivery);
        return Made("ping", id, new { id, type = "ping", createdAt = Instant(at) });
    }

    private static WebhookMessage Made<T>(string name, string id, T body) => new(name, id, JsonSerializer.SerializeToUtf8Bytes(body, Json));

    private static string Instant(DateTime at) => at.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
