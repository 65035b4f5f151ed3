using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using GraphQL;
using Matchmaking.Transport.Subscriptions;

namespace Matchmaking.Transport.WebSockets;

/// <summary>The one way out of a socket: a message at a time, written when its turn comes.</summary>
/// <remarks>Who waits for the turn holds a result that isn't yet text, one an operation at most; so what a slow reader costs is
/// bounded by the number of its operations, and whoever waits pulls nothing more from its source.</remarks>
internal sealed class SocketSender(WebSocket socket, IGraphQLSerializer serializer, TimeSpan patience)
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private bool _closed;

    public Task SendAsync(string message) => SendAsync(null, null, buffer =>
    {
        buffer.Write(Encoding.UTF8.GetBytes(message));
        return default;
    });

    public Task PongAsync(string? payload) => SendAsync(payload is null ? "{\"type\":\"pong\"}" : $"{{\"type\":\"pong\",\"payload\":{payload}}}");

    public Task NextAsync(SocketOperation operation, ExecutionResult result) => SendAsync(operation, null, buffer => WriteAsync(buffer, operation.Id, "next", result));

    /// <param name="last">Called in turn, before the message leaves and only if it does: the id is free from then on.</param>
    public Task CompleteAsync(SocketOperation operation, Action last) => SendAsync(operation, last, buffer => WriteAsync<object>(buffer, operation.Id, "complete", null));

    /// <inheritdoc cref="CompleteAsync"/>
    public Task ErrorAsync(SocketOperation operation, IEnumerable<ExecutionError> errors, Action last) =>
        SendAsync(operation, last, buffer => WriteAsync(buffer, operation.Id, "error", errors));

    /// <summary>Sends the close frame after the message that is on its way, and lets nothing follow it.</summary>
    public async Task CloseAsync(SocketClose close, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation);
        try
        {
            if (_closed)
                return;
            _closed = true;
            await socket.CloseOutputAsync(close.Code, close.Reason, cancellation);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task SendAsync(SocketOperation? operation, Action? last, Func<MessageBuffer, ValueTask> write)
    {
        await _turn.WaitAsync();
        try
        {
            if (_closed || operation?.Ended == true)
                return;
            using var buffer = new MessageBuffer();
            await write(buffer);
            last?.Invoke();
            await WithPatienceAsync(buffer.Written);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async ValueTask WithPatienceAsync(ReadOnlyMemory<byte> message)
    {
        try
        {
            var sending = socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
            if (sending.IsCompleted)
            {
                await sending;
                return;
            }
            var task = sending.AsTask();
            try
            {
                await task.WaitAsync(patience);
            }
            catch (TimeoutException)
            {
                // A close frame would only stand in the same queue.
                socket.Abort();
                // The bytes may go back to their pool only when the send has let go of them.
                await task;
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or IOException)
        {
            throw new WebSocketException(WebSocketError.ConnectionClosedPrematurely, e);
        }
    }

    private async ValueTask WriteAsync<T>(MessageBuffer buffer, string id, string type, T? payload) where T : class
    {
        buffer.Write("{\"id\":\""u8);
        buffer.Write(JsonEncodedText.Encode(id, PlainJsonEncoder.Instance).EncodedUtf8Bytes);
        buffer.Write("\",\"type\":\""u8);
        buffer.Write(Encoding.UTF8.GetBytes(type));
        if (payload is null)
        {
            buffer.Write("\"}"u8);
            return;
        }
        buffer.Write("\",\"payload\":"u8);
        await serializer.WriteAsync(buffer, payload);
        buffer.Write("}"u8);
    }
}
