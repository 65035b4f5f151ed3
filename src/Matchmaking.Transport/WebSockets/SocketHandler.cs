using System.Net.WebSockets;
using Matchmaking.Transport.Subscriptions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Matchmaking.Transport.WebSockets;

/// <summary>Turns a request into a socket that speaks <c>graphql-transport-ws</c>.</summary>
internal sealed class SocketHandler(GraphQLOptions options, Execution execution, OpenConnections open)
{
    /// <summary>The sub-protocol's name.</summary>
    public const string Protocol = "graphql-transport-ws";

    /// <summary>Serves the socket to its end; refuses pages of other sites by 403, and one too many by 503.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        try
        {
            await AcceptAsync(context);
        }
        catch (RequestRefusal refusal)
        {
            await HttpHandler.RefuseAsync(context, refusal, MediaTypes.Json);
        }
    }

    private async Task AcceptAsync(HttpContext context)
    {
        if (!IsWelcome(context.Request))
            throw new RequestRefusal(StatusCodes.Status403Forbidden, "HC0063", $"Origin: pages of '{context.Request.Headers.Origin}' may not open a socket here.");
        if (!open.TryEnter())
            throw RequestRefusal.TooManyConnections(options.Streams);
        using var counted = GraphQLTelemetry.CountConnection(Protocol);
        try
        {
            var speaks = context.WebSockets.WebSocketRequestedProtocols.Contains(Protocol);
            // The protocol has a ping of its own, which scripts in a browser can see as well.
            using var socket = await context.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext { SubProtocol = speaks ? Protocol : null, KeepAliveInterval = TimeSpan.Zero });
            if (speaks)
                await new SocketConnection(context, socket, execution, options).RunAsync(context.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);
            else
                await RefuseAsync(socket);
        }
        finally
        {
            open.Leave();
        }
    }

    private async Task RefuseAsync(WebSocket socket)
    {
        using var patience = new CancellationTokenSource(options.Streams.CloseTimeout);
        try
        {
            await socket.CloseAsync(SocketClose.WrongProtocol.Code, SocketClose.WrongProtocol.Reason, patience.Token);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException)
        {
            // It doesn't listen.
        }
    }

    private bool IsWelcome(HttpRequest request)
    {
        if (request.Headers.Origin.ToString() is not { Length: > 0 } origin)
            return true;
        return (options.Streams.AllowedOrigins ?? "").Split(' ').Any(allowed => allowed == "*" || allowed.Equals(origin, StringComparison.OrdinalIgnoreCase))
            || (Uri.TryCreate(origin, UriKind.Absolute, out var from) && string.Equals(from.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase));
    }
}
