using System.Collections.Concurrent;
using System.Net.WebSockets;
using GraphQL;
using GraphQL.Transport;
using Matchmaking.Transport.Subscriptions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Matchmaking.Transport.WebSockets;

/// <summary>One socket that speaks <c>graphql-transport-ws</c>, from its first message to its close.</summary>
/// <remarks>One loop reads; each operation runs beside it and sends for itself. When the loop has ended, so has every operation.</remarks>
internal sealed class SocketConnection
{
    private readonly HttpContext _context;
    private readonly WebSocket _socket;
    private readonly Execution _execution;
    private readonly GraphQLOptions _options;
    private readonly StreamOptions _bounds;
    private readonly TimeProvider _clock;
    private readonly SocketSender _sender;
    private readonly ConcurrentDictionary<string, SocketOperation> _operations = new(concurrencyLevel: 1, capacity: 1);
    private readonly SemaphoreSlim _slots;
    private readonly CancellationTokenSource _gone = new();
    private volatile bool _initialised;
    private volatile bool _acknowledged;
    private volatile bool _heard;
    private int _closing;

    public SocketConnection(HttpContext context, WebSocket socket, Execution execution, GraphQLOptions options)
    {
        (_context, _socket, _execution, _options, _bounds) = (context, socket, execution, options, options.Streams);
        _clock = context.RequestServices.GetService<TimeProvider>() ?? TimeProvider.System;
        _slots = new SemaphoreSlim(_bounds.MaxOperations, _bounds.MaxOperations);
        _sender = new SocketSender(socket, context.RequestServices.GetRequiredService<IGraphQLSerializer>(), _bounds.SendTimeout);
    }

    /// <summary>Serves the socket to its end; nothing of it runs any more when this returns.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        using var stop = stopping.Register(() => Close(SocketClose.GoingAway));
        var timing = TimeAsync();
        try
        {
            await ReadAsync();
        }
        catch (WebSocketException)
        {
            // The client is gone without a word, or said what isn't WebSocket; the framework has answered the latter with 1002 or 1007.
        }
        catch (OperationCanceledException)
        {
            // Cut: it didn't close within its time.
        }
        finally
        {
            _acknowledged = false;
            CancelAll();
            // A client that reads nothing lets a send wait; nobody needs it any more. What has said its close already may go out.
            if (_socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
                _socket.Abort();
            await _gone.CancelAsync();
            await timing;
            for (var i = 0; i < _bounds.MaxOperations; i++)
                await _slots.WaitAsync(CancellationToken.None);
        }
    }

    private async Task ReadAsync()
    {
        while (true)
        {
            using var message = new MessageBuffer();
            WebSocketMessageType type;
            try
            {
                type = await ReceiveAsync(message);
                if (type == WebSocketMessageType.Close)
                    break;
                _heard = true;
                if (_closing != 0)
                    continue;
                if (type == WebSocketMessageType.Binary)
                    throw SocketClose.Invalid("Invalid message: binary");
                await HandleAsync(ClientMessage.Read(message.Written));
            }
            catch (SocketClose close)
            {
                Close(close);
            }
        }
        // The client closed, first or in answer to us.
        if (_socket.State == WebSocketState.CloseReceived)
            await _sender.CloseAsync(new SocketClose(1000, ""), Patience());
    }

    private async ValueTask<WebSocketMessageType> ReceiveAsync(MessageBuffer message)
    {
        // Waits with empty hands: most sockets are idle, and a buffer for each is what they would cost.
        var received = await _socket.ReceiveAsync(Memory<byte>.Empty, _gone.Token);
        while (!received.EndOfMessage && received.MessageType != WebSocketMessageType.Close)
        {
            var room = message.Room(1024);
            received = await _socket.ReceiveAsync(room, _gone.Token);
            if (_closing != 0)
                continue;
            message.Advance(received.Count);
            if (message.Written.Length > _bounds.MaxMessageBytes)
                throw SocketClose.TooLarge(_bounds.MaxMessageBytes);
        }
        return received.MessageType;
    }

    private async ValueTask HandleAsync(ClientMessage message)
    {
        switch (message.Says)
        {
            case ClientSays.Init when _initialised:
                throw SocketClose.TooManyInits;
            case ClientSays.Init:
                _initialised = true;
                // Beside the loop: what the client says before it is answered isn't authorised.
                _ = AcknowledgeAsync(message.Payload);
                break;
            case ClientSays.Ping:
                await _sender.PongAsync(message.Echo);
                break;
            case ClientSays.Subscribe when !_acknowledged:
                throw SocketClose.Unauthorized;
            case ClientSays.Subscribe:
                await SubscribeAsync(message.Id!, message.Request!);
                break;
            // Of an operation that has ended, or never was: it crossed our own complete.
            case ClientSays.Complete when _operations.TryRemove(message.Id!, out var operation):
                operation.Cancel();
                break;
        }
    }

    private async Task AcknowledgeAsync(Inputs? payload)
    {
        try
        {
            var admission = _options.OnConnect is { } decide ? await decide(_context, payload, _gone.Token) : default;
            if (admission.Refusal is { } refusal)
            {
                Close(SocketClose.Forbidden(refusal));
                return;
            }
            _acknowledged = true;
            await _sender.SendAsync("{\"type\":\"connection_ack\"}");
            if (admission.Until is not null || admission.Ended.CanBeCanceled)
            {
                await EndOfAsync(admission);
                Close(SocketClose.Forbidden("The right to this connection has ended"));
            }
        }
        catch (Exception e) when (_gone.IsCancellationRequested || e is WebSocketException)
        {
            // The client has gone meanwhile.
        }
        catch (Exception e)
        {
            Execution.Log(_context.RequestServices, e, "connection_init");
            Close(new SocketClose(4500, "Internal server error"));
        }
    }

    private async Task EndOfAsync(Admission admission)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(_gone.Token, admission.Ended);
        // A clock that counts milliseconds in an int doesn't reach further; whoever stays that long is asked again.
        var rest = admission.Until is { } until ? until - _clock.GetUtcNow() : Timeout.InfiniteTimeSpan;
        try
        {
            if (rest == Timeout.InfiniteTimeSpan || rest > TimeSpan.Zero)
                await Task.Delay(rest < TimeSpan.FromDays(49) ? rest : TimeSpan.FromDays(49), _clock, ended.Token);
        }
        catch (OperationCanceledException) when (admission.Ended.IsCancellationRequested && !_gone.IsCancellationRequested)
        {
            // Ended before its time.
        }
    }

    private async ValueTask SubscribeAsync(string id, GraphQLRequest request)
    {
        var operation = new SocketOperation(id);
        if (_operations.ContainsKey(id))
            throw SocketClose.Taken(id);
        if (_operations.Count >= _bounds.MaxOperations)
        {
            await _sender.ErrorAsync(operation, [new ExecutionError($"{_bounds.MaxOperations} operations are open on this socket, which is the most: complete one first.") { Code = "TOO_MANY_OPERATIONS" }], operation.End);
            return;
        }
        _operations[id] = operation;
        // Those completed may still be on their way out; a client can't have more running than open by being quick.
        await _slots.WaitAsync();
        _ = RunAsync(operation, request);
    }

    private async Task RunAsync(SocketOperation operation, GraphQLRequest request)
    {
        await Task.Yield();
        try
        {
            await using var scope = _context.RequestServices.GetRequiredService<IServiceScopeFactory>().CreateAsyncScope();
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(operation.Cancellation);
            limit.CancelAfter(_options.Timeout);
            var result = await _execution.ExecuteAsync(request, AllowedOperations.All, scope.ServiceProvider, limit.Token);
            if (EventStream.Of(result) is { } events)
            {
                limit.CancelAfter(Timeout.InfiniteTimeSpan);
                await PassOnAsync(operation, events);
            }
            else if (!result.Executed)
                await _sender.ErrorAsync(operation, result.Errors!, Last(operation));
            else
            {
                await _sender.NextAsync(operation, result);
                await _sender.CompleteAsync(operation, Last(operation));
            }
        }
        catch (OperationCanceledException) when (operation.Cancellation.IsCancellationRequested)
        {
            // The client has completed it, or is gone.
        }
        catch (OperationCanceledException)
        {
            await TellAsync(operation, new TimedOut(_options.Timeout));
        }
        catch (WebSocketException)
        {
            // It can't be told any more.
        }
        catch (Exception e)
        {
            await TellAsync(operation, Execution.Log(_context.RequestServices, e, "subscribe"));
        }
        finally
        {
            Forget(operation);
            _slots.Release();
        }
    }

    private async Task PassOnAsync(SocketOperation operation, EventStream events)
    {
        await foreach (var each in events.PullAsync(operation.Cancellation))
        {
            if (each.Result.Executed)
            {
                await _sender.NextAsync(operation, each.Result);
                continue;
            }
            await _sender.ErrorAsync(operation, each.Result.Errors!, Last(operation));
            return;
        }
        await _sender.CompleteAsync(operation, Last(operation));
    }

    private async Task TellAsync(SocketOperation operation, ExecutionError error)
    {
        try
        {
            await _sender.ErrorAsync(operation, [error], Last(operation));
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The log has it.
        }
    }

    private Action Last(SocketOperation operation) => () => Forget(operation);

    private void Forget(SocketOperation operation)
    {
        operation.End();
        // By its value as well: the id may have been taken anew.
        _operations.TryRemove(new(operation.Id, operation));
    }

    private void CancelAll()
    {
        foreach (var (_, operation) in _operations)
            operation.Cancel();
    }

    /// <summary>Begins to close: what runs is cancelled, the client is told why, and has a little time to close as well.</summary>
    private void Close(SocketClose close)
    {
        if (Interlocked.Exchange(ref _closing, 1) != 0)
            return;
        _ = CloseAsync(close);
    }

    private async Task CloseAsync(SocketClose close)
    {
        await Task.Yield();
        CancelAll();
        try
        {
            await _sender.CloseAsync(close, Patience());
            await Task.Delay(_bounds.CloseTimeout, _gone.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException or ObjectDisposedException)
        {
            // Closed by both, or no more to be told.
        }
        if (!_gone.IsCancellationRequested)
            _socket.Abort();
    }

    private CancellationToken Patience() => new CancellationTokenSource(_bounds.CloseTimeout).Token;

    /// <summary>Watches the clock for the client: it must introduce itself in time, and be heard now and then.</summary>
    private async Task TimeAsync()
    {
        try
        {
            await Task.Delay(_bounds.InitTimeout, _gone.Token);
            if (!_initialised)
                Close(SocketClose.InitTimeout);
            var silent = 0;
            using var timer = new PeriodicTimer(_bounds.KeepAlive);
            while (await timer.WaitForNextTickAsync(_gone.Token))
            {
                silent = _heard ? 0 : silent + 1;
                _heard = false;
                if (silent > 1)
                    Close(SocketClose.Silent);
                else if (_closing == 0)
                    await _sender.SendAsync("{\"type\":\"ping\"}");
            }
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException or ObjectDisposedException)
        {
            // The connection has ended.
        }
    }
}
