using System.Text.Json;
using GraphQL;
using GraphQL.Transport;

namespace Matchmaking.Transport.WebSockets;

/// <summary>What a client may say.</summary>
internal enum ClientSays
{
    Init,
    Ping,
    Pong,
    Subscribe,
    Complete,
}

/// <summary>A client's message, read and found to be of the protocol.</summary>
/// <param name="Id">The operation's id, of <c>subscribe</c> and <c>complete</c>.</param>
/// <param name="Request">What <c>subscribe</c> asks.</param>
/// <param name="Payload">What <c>connection_init</c> brings.</param>
/// <param name="Echo">The payload of <c>ping</c> as it came, to be sent back.</param>
internal readonly record struct ClientMessage(ClientSays Says, string? Id = null, GraphQLRequest? Request = null, Inputs? Payload = null, string? Echo = null)
{
    private const int MaxIdLength = 255;

    // The payload of a ping is held while the pong waits.
    private const int MaxEcho = 4096;

    /// <exception cref="SocketClose">4400: it is none.</exception>
    public static ClientMessage Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, RequestReader.Json);
            return Read(document.RootElement);
        }
        catch (JsonException e)
        {
            throw SocketClose.Invalid($"Invalid message: no valid JSON (line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1})");
        }
        catch (RequestRefusal refusal)
        {
            throw SocketClose.Invalid("Invalid message: " + refusal.Message);
        }
        catch (InvalidOperationException)
        {
            throw SocketClose.Invalid("Invalid message: it holds text that is no valid Unicode");
        }
    }

    private static ClientMessage Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
            throw SocketClose.Invalid("Invalid message: no JSON object");
        var type = JsonValues.String(root, "type") ?? throw SocketClose.Invalid("Invalid message: type: there is none");
        switch (type)
        {
            case "connection_init":
                return new ClientMessage(ClientSays.Init, Payload: JsonValues.Object(root, "payload", optional: true));
            case "ping":
                return new ClientMessage(ClientSays.Ping, Echo: Echoed(root));
            case "pong":
                JsonValues.Object(root, "payload", optional: true);
                return new ClientMessage(ClientSays.Pong);
            case "subscribe":
                return new ClientMessage(ClientSays.Subscribe, RequiredId(root), Asked(root));
            case "complete":
                return new ClientMessage(ClientSays.Complete, RequiredId(root));
            default:
                throw SocketClose.Invalid($"Invalid message: type: '{(type.Length <= 40 ? type : type[..40] + "…")}' isn't said by clients");
        }
    }

    private static string RequiredId(JsonElement root) => JsonValues.String(root, "id") switch
    {
        null or "" => throw SocketClose.Invalid("Invalid message: id: there is none"),
        { Length: > MaxIdLength } => throw SocketClose.Invalid($"Invalid message: id: it is longer than {MaxIdLength} characters"),
        var id => id,
    };

    private static GraphQLRequest Asked(JsonElement root)
    {
        if (!root.TryGetProperty("payload", out var payload) || payload.ValueKind != JsonValueKind.Object)
            throw SocketClose.Invalid("Invalid message: payload: it is no JSON object");
        return RequestReader.Request(payload);
    }

    private static string? Echoed(JsonElement root)
    {
        if (!root.TryGetProperty("payload", out var payload) || payload.ValueKind == JsonValueKind.Null)
            return null;
        if (payload.ValueKind != JsonValueKind.Object)
            throw SocketClose.Invalid("Invalid message: payload: it is no JSON object");
        var text = payload.GetRawText();
        return text.Length <= MaxEcho ? text : throw SocketClose.Invalid($"Invalid message: payload: a ping's is at most {MaxEcho} characters long");
    }
}
