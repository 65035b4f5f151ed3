using System.Buffers;
using GraphQL;
using GraphQL.Transport;
using Matchmaking.Transport.ServerSentEvents;
using Matchmaking.Transport.Subscriptions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;

namespace Matchmaking.Transport;

/// <summary>One HTTP request, from its bytes to the bytes of its answer.</summary>
internal sealed class HttpHandler(GraphQLOptions options, Execution execution, OpenConnections open)
{
    private const string Methods = "GET, HEAD, POST, OPTIONS";

    private readonly EventWriter _events = new(options, open);
    private readonly RequestReader _reader = new(options);
    private SchemaDownload? _schema;

    public async Task HandleAsync(HttpContext context)
    {
        var request = context.Request;
        // What HEAD asks is asked as GET; the server leaves the body away.
        var reads = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);
        if (HttpMethods.IsOptions(request.Method))
        {
            context.Response.Headers.Allow = Methods;
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }
        if (!reads && !HttpMethods.IsPost(request.Method))
        {
            await RefuseAsync(context, new RequestRefusal(StatusCodes.Status405MethodNotAllowed, "HC0012", $"The method {RequestRefusal.Shorten(request.Method)} isn't served here: use POST, or GET for queries.") { Header = (HeaderNames.Allow, Methods) }, MediaTypes.Json);
            return;
        }
        if (reads && options.Sdl is not null && request.Query.ContainsKey("sdl"))
        {
            await DownloadAsync(context, options.Sdl);
            return;
        }
        if (reads)
        {
            context.Response.Headers.Vary = HeaderNames.Accept;
            context.Response.Headers.CacheControl = "private, no-cache";
        }
        if (reads && options.Page is { } page && MediaTypes.PrefersHtml(request))
        {
            await page(context);
            return;
        }
        if (MediaTypes.Negotiate(request) is not { } mediaType)
        {
            await RefuseAsync(context, new RequestRefusal(StatusCodes.Status406NotAcceptable, "HC0063", $"Accept: '{RequestRefusal.Shorten(request.Headers.Accept.ToString())}' names no type that is served here: {MediaTypes.Response}, {MediaTypes.Json} or {MediaTypes.Events}."), MediaTypes.Json);
            return;
        }
        try
        {
            var asked = reads ? new([new(RequestReader.FromUrl(request), null)], IsBatch: false) : await _reader.FromBodyAsync(context);
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
            limit.CancelAfter(options.Timeout);
            if (asked.IsBatch)
                await AnswerAllAsync(context, asked.Requests, mediaType, limit.Token);
            else
                await AnswerAsync(context, asked.Requests[0].Request!, Allowed(request, reads), mediaType, limit);
        }
        catch (RequestRefusal refusal)
        {
            await RefuseAsync(context, refusal, mediaType);
        }
        catch (OperationCanceledException)
        {
            // The client has gone; there is nobody left to tell.
            context.Abort();
        }
    }

    private async Task DownloadAsync(HttpContext context, Func<IServiceProvider, string> sdl)
    {
        if (!options.Introspection)
        {
            await RefuseAsync(context, new RequestRefusal(StatusCodes.Status404NotFound, "HC0046", "sdl: the schema can't be downloaded here: introspection is switched off."), MediaTypes.Json);
            return;
        }
        _schema ??= new SchemaDownload(sdl(context.RequestServices));
        await _schema.WriteAsync(context);
    }

    private async Task AnswerAsync(HttpContext context, GraphQLRequest asked, AllowedOperations allowed, string mediaType, CancellationTokenSource limit)
    {
        var result = await ExecuteAsync(context, asked, allowed, context.RequestServices, limit.Token);
        if (EventStream.Of(result) is not null || (mediaType == MediaTypes.Events && result.Errors?.Any(e => e is IStatusError) != true))
        {
            limit.CancelAfter(Timeout.InfiniteTimeSpan);
            await _events.WriteAsync(context, result);
            return;
        }
        // Not executed: neither data nor null, which the newer media type shows in its status.
        var status = result.Executed || result.Errors is not { Count: > 0 } || mediaType == MediaTypes.Json ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest;
        if (result.Errors?.OfType<IStatusError>().FirstOrDefault() is { } error)
        {
            status = error.Status;
            if (error.RetryAfter is { } seconds)
                context.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
            if (status == StatusCodes.Status405MethodNotAllowed)
                context.Response.Headers.Allow = "POST";
        }
        await WriteAsync(context, result, status, mediaType);
    }

    /// <summary>Answers one after the other and each as soon as it is there, so that a batch is held in memory nowhere.</summary>
    private async Task AnswerAllAsync(HttpContext context, AskedRequest[] requests, string mediaType, CancellationToken cancellation)
    {
        Start(context, StatusCodes.Status200OK, mediaType);
        for (var i = 0; i < requests.Length; i++)
        {
            context.Response.BodyWriter.Write(i == 0 ? "["u8 : ","u8);
            // What one request has loaded is stale for the next, which may follow a mutation.
            await using var scope = context.RequestServices.CreateAsyncScope();
            var result = requests[i].Refusal?.Result ?? await ExecuteAsync(context, requests[i].Request!, AllowedOperations.QueriesAndMutations, scope.ServiceProvider, cancellation);
            await WriteAsync(context, result);
        }
        context.Response.BodyWriter.Write("]"u8);
        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
    }

    /// <exception cref="OperationCanceledException">The client has gone.</exception>
    private async Task<ExecutionResult> ExecuteAsync(HttpContext context, GraphQLRequest asked, AllowedOperations allowed, IServiceProvider services, CancellationToken cancellation)
    {
        try
        {
            return await execution.ExecuteAsync(asked, allowed, services, cancellation, context.Request.Headers["Last-Event-ID"].ToString() is { Length: > 0 } last ? last : null);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested && !context.RequestAborted.IsCancellationRequested)
        {
            return new ExecutionResult { Errors = [new TimedOut(options.Timeout)] };
        }
    }

    private static AllowedOperations Allowed(HttpRequest request, bool reads) => (reads, MediaTypes.TakesEvents(request)) switch
    {
        (true, false) => AllowedOperations.Queries,
        (true, true) => AllowedOperations.QueriesAndSubscriptions,
        (false, false) => AllowedOperations.QueriesAndMutations,
        (false, true) => AllowedOperations.All,
    };

    internal static Task RefuseAsync(HttpContext context, RequestRefusal refusal, string mediaType)
    {
        if (refusal.Header is var (name, value))
            context.Response.Headers[name] = value;
        // A request that could not even be read is an error in either media type.
        return WriteAsync(context, refusal.Result, refusal.Status, mediaType);
    }

    private static Task WriteAsync(HttpContext context, ExecutionResult result, int status, string mediaType)
    {
        Start(context, status, mediaType);
        return WriteAsync(context, result);
    }

    private static void Start(HttpContext context, int status, string mediaType)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = MediaTypes.WithCharset(mediaType);
    }

    private static Task WriteAsync(HttpContext context, ExecutionResult result) =>
        context.RequestServices.GetRequiredService<AnswerSerializer>().WriteAsync(context.Response.BodyWriter, result, context.RequestAborted);
}
