using System.Buffers;
using System.Text;
using System.Text.Json;
using GraphQL;
using GraphQL.Transport;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;

namespace Matchmaking.Transport;

/// <summary>One HTTP request, from its bytes to the bytes of its answer.</summary>
internal sealed class HttpHandler(GraphQLOptions options)
{
    private static readonly JsonReaderOptions Strict = new() { MaxDepth = 128 };

    private readonly Execution _execution = new(options);

    public async Task HandleAsync(HttpContext context)
    {
        var request = context.Request;
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsPost(request.Method))
        {
            await RefuseAsync(context, new RequestRefusal(StatusCodes.Status405MethodNotAllowed, "HC0012", $"The method {request.Method} isn't served here: use POST, or GET for queries.") { Allow = "GET, POST" }, MediaTypes.Json);
            return;
        }
        if (HttpMethods.IsGet(request.Method) && request.Query.ContainsKey("sdl") && options.Sdl is { } sdl)
        {
            context.Response.ContentType = "application/graphql; charset=utf-8";
            context.Response.Headers.ContentDisposition = "attachment; filename=\"schema.graphql\"";
            await context.Response.WriteAsync(sdl(context.RequestServices), context.RequestAborted);
            return;
        }
        if (MediaTypes.Negotiate(request) is not { } mediaType)
        {
            await RefuseAsync(context, new RequestRefusal(StatusCodes.Status406NotAcceptable, "HC0063", $"Accept: '{request.Headers.Accept}' names no type that is served here: {MediaTypes.Response} or {MediaTypes.Json}."), MediaTypes.Json);
            return;
        }
        try
        {
            var asked = HttpMethods.IsGet(request.Method) ? FromQuery(request) : await FromBodyAsync(context);
            await ExecuteAsync(context, asked, mediaType);
        }
        catch (RequestRefusal refusal)
        {
            await RefuseAsync(context, refusal, mediaType);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client has gone; there is nobody left to tell.
            context.Abort();
        }
    }

    private async Task ExecuteAsync(HttpContext context, GraphQLRequest asked, string mediaType)
    {
        var result = await _execution.ExecuteAsync(asked, HttpMethods.IsGet(context.Request.Method), context.RequestServices, context.RequestAborted);
        // Not executed: neither data nor null, which the newer media type shows in its status.
        var status = result.Executed || mediaType == MediaTypes.Json ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest;
        if (result.Errors?.Any(e => e is QueriesOnlyError) == true)
        {
            status = StatusCodes.Status405MethodNotAllowed;
            context.Response.Headers.Allow = "POST";
        }
        await WriteAsync(context, result, status, mediaType);
    }

    private static GraphQLRequest FromQuery(HttpRequest request)
    {
        var query = request.Query;
        return new GraphQLRequest
        {
            Query = query["query"].ToString() is { Length: > 0 } text ? text : throw RequestRefusal.Body("query: there is none."),
            OperationName = query["operationName"].ToString() is { Length: > 0 } name ? name : null,
            Variables = Parameter(query["variables"].ToString(), "variables"),
            Extensions = Parameter(query["extensions"].ToString(), "extensions"),
        };
    }

    private static Inputs? Parameter(string json, string name)
    {
        if (json.Length == 0)
            return null;
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = Strict.MaxDepth });
            return JsonValues.Object(document.RootElement, name);
        }
        catch (JsonException)
        {
            throw RequestRefusal.Body($"{name}: it is no JSON object.");
        }
    }

    private async Task<GraphQLRequest> FromBodyAsync(HttpContext context)
    {
        var request = context.Request;
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var contentType)
            || !contentType.MediaType.Equals(MediaTypes.Json, StringComparison.OrdinalIgnoreCase)
            || (contentType.Charset.HasValue && !contentType.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase)))
            throw new RequestRefusal(StatusCodes.Status415UnsupportedMediaType, "HC0012", $"Content-Type: '{request.ContentType}' isn't taken here: use application/json in UTF-8.");
        var body = await ReadAsync(context);
        try
        {
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = Strict.MaxDepth });
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
                throw RequestRefusal.Body("the body is no JSON object; batches aren't switched on.");
            return new GraphQLRequest
            {
                Query = JsonValues.String(root, "query") is { Length: > 0 } query ? query : throw RequestRefusal.Body("query: there is none."),
                OperationName = JsonValues.String(root, "operationName"),
                Variables = JsonValues.Object(root, "variables", optional: true),
                Extensions = JsonValues.Object(root, "extensions", optional: true),
            };
        }
        catch (JsonException e)
        {
            throw RequestRefusal.Body($"the body is no valid JSON (line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}).");
        }
        catch (InvalidOperationException)
        {
            throw RequestRefusal.Body("the body holds text that is no valid Unicode.");
        }
    }

    private async Task<ReadOnlyMemory<byte>> ReadAsync(HttpContext context)
    {
        var tooLarge = new RequestRefusal(StatusCodes.Status413PayloadTooLarge, "HC0010", $"The body is larger than {options.MaxBodyBytes} bytes.");
        if (context.Request.ContentLength > options.MaxBodyBytes)
            throw tooLarge;
        var buffer = new ArrayBufferWriter<byte>((int)(context.Request.ContentLength ?? 4096) + 1);
        while (true)
        {
            var read = await context.Request.Body.ReadAsync(buffer.GetMemory(4096), context.RequestAborted);
            if (read == 0)
                break;
            buffer.Advance(read);
            if (buffer.WrittenCount > options.MaxBodyBytes)
                throw tooLarge;
        }
        var bytes = buffer.WrittenMemory;
        return bytes.Span.StartsWith(Encoding.UTF8.Preamble) ? bytes[3..] : bytes;
    }

    private static Task RefuseAsync(HttpContext context, RequestRefusal refusal, string mediaType)
    {
        if (refusal.Allow is { } allow)
            context.Response.Headers.Allow = allow;
        // A request that could not even be read is an error in either media type.
        return WriteAsync(context, new ExecutionResult { Errors = [new ExecutionError(refusal.Message) { Code = refusal.Code }] }, refusal.Status, mediaType);
    }

    private static async Task WriteAsync(HttpContext context, ExecutionResult result, int status, string mediaType)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = mediaType + "; charset=utf-8";
        var serializer = context.RequestServices.GetRequiredService<IGraphQLSerializer>();
        await serializer.WriteAsync(context.Response.Body, result, context.RequestAborted);
    }
}
