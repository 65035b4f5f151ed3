using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using GraphQL;
using Matchmaking.Transport.Subscriptions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Matchmaking.Transport.ServerSentEvents;

/// <summary>Answers an operation by server-sent events, in a connection of its own (npm: graphql-sse, distinct connections).</summary>
internal sealed class EventWriter(GraphQLOptions options, OpenConnections open)
{
    private readonly StreamOptions _bounds = options.Streams;

    /// <summary>Writes a result and <c>complete</c>, or each event of a subscription as it comes.</summary>
    /// <exception cref="RequestRefusal">Too many streams are open.</exception>
    public async Task WriteAsync(HttpContext context, ExecutionResult result)
    {
        if (EventStream.Of(result) is not { } events)
        {
            await StartAsync(context);
            await SendAsync(context, result, null);
            await CompleteAsync(context);
            return;
        }
        if (!open.TryEnter())
            throw RequestRefusal.TooManyConnections(_bounds);
        using var counted = GraphQLTelemetry.CountConnection("sse");
        try
        {
            await StartAsync(context);
            await FollowAsync(context, events);
        }
        finally
        {
            open.Leave();
        }
    }

    private async Task FollowAsync(HttpContext context, EventStream events)
    {
        var stopping = context.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        var right = options.Ending?.Invoke(context) ?? CancellationToken.None;
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping, right);
        using var timer = new PeriodicTimer(_bounds.KeepAlive);
        var tick = timer.WaitForNextTickAsync(CancellationToken.None).AsTask();
        var pulled = events.PullAsync(ended.Token).GetAsyncEnumerator(ended.Token);
        var next = Task.FromResult(false);
        try
        {
            while (true)
            {
                next = pulled.MoveNextAsync().AsTask();
                while (!next.IsCompleted && await Task.WhenAny(next, tick) == tick)
                {
                    tick = timer.WaitForNextTickAsync(CancellationToken.None).AsTask();
                    context.Response.BodyWriter.Write(":\n\n"u8);
                    await FlushAsync(context);
                }
                if (!await next)
                    break;
                await SendAsync(context, pulled.Current.Result, pulled.Current.Cursor);
            }
            await CompleteAsync(context);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested && !context.RequestAborted.IsCancellationRequested)
        {
            // Ended without complete: the client comes again, with Last-Event-ID.
        }
        catch (OperationCanceledException) when (right.IsCancellationRequested && !context.RequestAborted.IsCancellationRequested)
        {
            await SendAsync(context, new ExecutionResult { Errors = [new ExecutionError("The right to follow this has ended.") { Code = "AUTH_NOT_AUTHENTICATED" }] }, null);
            await CompleteAsync(context);
        }
        finally
        {
            // A source can't be let go of while it is being asked; the token has told it to answer.
            await ended.CancelAsync();
            await next.ContinueWith(_ => { }, TaskScheduler.Default);
            await pulled.DisposeAsync();
        }
    }

    private async Task StartAsync(HttpContext context)
    {
        // Kestrel would take a reader who waits for a slow one, and cut it off by its own measure.
        if (context.Features.Get<IHttpMinResponseDataRateFeature>() is { } rate)
            rate.MinDataRate = null;
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        var response = context.Response;
        response.ContentType = MediaTypes.Events + "; charset=utf-8";
        response.Headers.CacheControl = "no-cache, no-store";
        // nginx keeps what it isn't told to pass on.
        response.Headers["X-Accel-Buffering"] = "no";
        response.BodyWriter.Write(":\n\n"u8);
        await FlushAsync(context);
    }

    private async Task SendAsync(HttpContext context, ExecutionResult result, string? cursor)
    {
        // Not straight into the pipe: what waits there for the client waits without the patience of FlushAsync.
        using var buffer = new MessageBuffer();
        buffer.Write("event: next\n"u8);
        if (cursor is not null && cursor.AsSpan().IndexOfAny('\r', '\n', '\0') < 0)
            buffer.Write(Encoding.UTF8.GetBytes($"id: {cursor}\n"));
        buffer.Write("data: "u8);
        // JSON as it is written here has no line breaks.
        await context.RequestServices.GetRequiredService<IGraphQLSerializer>().WriteAsync(buffer, result, context.RequestAborted);
        buffer.Write("\n\n"u8);
        context.Response.BodyWriter.Write(buffer.Written.Span);
        await FlushAsync(context);
    }

    private Task CompleteAsync(HttpContext context)
    {
        // With empty data, or EventSource would tell nobody.
        context.Response.BodyWriter.Write("event: complete\ndata:\n\n"u8);
        return FlushAsync(context);
    }

    /// <summary>Waits until the client has room for more; cuts it off where that takes too long.</summary>
    private async Task FlushAsync(HttpContext context)
    {
        var flushing = context.Response.BodyWriter.FlushAsync(context.RequestAborted);
        if (flushing.IsCompleted)
        {
            await flushing;
        }
        else
        {
            var task = flushing.AsTask();
            try
            {
                await task.WaitAsync(_bounds.SendTimeout);
            }
            catch (TimeoutException)
            {
                context.Abort();
                await task;
            }
        }
        context.RequestAborted.ThrowIfCancellationRequested();
    }
}
