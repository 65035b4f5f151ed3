using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Matchmaking.Benchmarks.Subscribers;

/// <summary>A front end that follows one need over graphql-transport-ws and notes when each frame came.</summary>
internal sealed class Subscriber : IDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly byte[] _buffer = new byte[16 << 10];

    public async Task ConnectAsync(Uri address, string query, string needId)
    {
        _socket.Options.AddSubProtocol("graphql-transport-ws");
        await _socket.ConnectAsync(address, CancellationToken.None);
        await SendAsync(new { type = "connection_init" });
        await ReadAsync(CancellationToken.None);
        await SendAsync(new { id = "1", type = "subscribe", payload = new { query, variables = new { needId } } });
    }

    /// <summary>Waits for the next event; when it came, and what it was.</summary>
    public async Task<(long At, string Text)> NextAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var text = await ReadAsync(cancellation);
            var at = Stopwatch.GetTimestamp();
            if (text.Contains("\"ping\"", StringComparison.Ordinal))
                await SendAsync(new { type = "pong" });
            else
                return (at, text);
        }
    }

    public void Dispose() => _socket.Dispose();

    private async Task<string> ReadAsync(CancellationToken cancellation)
    {
        var read = 0;
        while (true)
        {
            var part = await _socket.ReceiveAsync(_buffer.AsMemory(read), cancellation);
            read += part.Count;
            if (part.MessageType == WebSocketMessageType.Close)
                throw new InvalidOperationException($"The service closed: {_socket.CloseStatus} {_socket.CloseStatusDescription}");
            if (part.EndOfMessage)
                return Encoding.UTF8.GetString(_buffer, 0, read);
        }
    }

    private Task SendAsync(object message) => _socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(message), WebSocketMessageType.Text, true, CancellationToken.None);
}
