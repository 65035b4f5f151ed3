using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Matchmaking.Tests.Transport.Streams;

/// <summary>A socket whose client says what it likes.</summary>
internal sealed class RawSocket : IDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly CancellationTokenSource _limit = new(TestPatience.Long);

    /// <summary>The code and the words with which the server closed.</summary>
    public (int Code, string Reason)? Closed { get; private set; }

    public static Task<RawSocket> OpenAsync(NumbersService service, string? protocol = "graphql-transport-ws", string? origin = null) => OpenAsync(service.Socket, protocol, origin);

    public static async Task<RawSocket> OpenAsync(Uri address, string? protocol = "graphql-transport-ws", string? origin = null)
    {
        var socket = new RawSocket();
        if (protocol is not null)
            socket._socket.Options.AddSubProtocol(protocol);
        if (origin is not null)
            socket._socket.Options.SetRequestHeader("Origin", origin);
        await socket._socket.ConnectAsync(address, socket._limit.Token);
        return socket;
    }

    /// <summary>A socket that has been acknowledged.</summary>
    public static async Task<RawSocket> InitialisedAsync(NumbersService service)
    {
        var socket = await OpenAsync(service);
        await socket.SendAsync("""{"type":"connection_init"}""");
        while ((await socket.ReceiveAsync())!["type"]!.GetValue<string>() != "connection_ack")
        {
            // A ping came first.
        }
        return socket;
    }

    public Task SendAsync(string message) => SendAsync(Encoding.UTF8.GetBytes(message), WebSocketMessageType.Text);

    public Task SendAsync(byte[] message, WebSocketMessageType type) => _socket.SendAsync(message, type, endOfMessage: true, _limit.Token);

    public Task SubscribeAsync(string id, string query) => SendAsync(new JsonObject { ["id"] = id, ["type"] = "subscribe", ["payload"] = new JsonObject { ["query"] = query } }.ToJsonString());

    public Task CompleteAsync(string id) => SendAsync(new JsonObject { ["id"] = id, ["type"] = "complete" }.ToJsonString());

    /// <summary>The next message; null where the server has closed.</summary>
    public async Task<JsonNode?> ReceiveAsync()
    {
        using var message = new MemoryStream();
        var buffer = new byte[64 << 10];
        while (true)
        {
            var received = await _socket.ReceiveAsync(buffer, _limit.Token);
            if (received.MessageType == WebSocketMessageType.Close)
            {
                Closed = ((int)received.CloseStatus!, received.CloseStatusDescription ?? "");
                try
                {
                    await SayGoodbyeAsync();
                }
                catch (WebSocketException)
                {
                    // Said beside, and the server has hung up since.
                }
                return null;
            }
            message.Write(buffer, 0, received.Count);
            if (received.EndOfMessage)
                return JsonNode.Parse(message.ToArray());
        }
    }

    /// <summary>The next message that is no ping, as "type" or "type:id".</summary>
    public async Task<string?> HearAsync()
    {
        while (await ReceiveAsync() is { } message)
        {
            var type = message["type"]!.GetValue<string>();
            if (type != "ping")
                return message["id"] is { } id ? $"{type}:{id.GetValue<string>()}" : type;
        }
        return null;
    }

    /// <summary>Reads on until the server closes.</summary>
    public async Task<(int Code, string Reason)> CloseAsync()
    {
        while (await ReceiveAsync() is not null)
        {
            // What was on its way.
        }
        return Closed!.Value;
    }

    /// <summary>Says goodbye; what the server still says may be read.</summary>
    public async Task SayGoodbyeAsync()
    {
        if (_socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
            await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, _limit.Token);
    }

    /// <summary>Says goodbye and waits until the server has done so too.</summary>
    public async Task LeaveAsync()
    {
        if (_socket.State == WebSocketState.Open)
            await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, _limit.Token);
        while (_socket.State is WebSocketState.CloseSent or WebSocketState.Open)
            await _socket.ReceiveAsync(new byte[4096], _limit.Token);
    }

    public void Dispose()
    {
        _socket.Dispose();
        _limit.Dispose();
    }
}
