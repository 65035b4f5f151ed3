using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using GraphQL;
using GraphQL.Transport;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Matchmaking.Transport;

/// <summary>What a client asked, from a URL or a body.</summary>
internal sealed class RequestReader(GraphQLOptions options)
{
    private const int MaxJsonDepth = 128;

    internal static readonly JsonDocumentOptions Json = new() { MaxDepth = MaxJsonDepth, AllowDuplicateProperties = false };

    /// <summary>What GET asks, in its URL.</summary>
    /// <exception cref="RequestRefusal">A parameter can't be read, or none names a document.</exception>
    public static GraphQLRequest FromUrl(HttpRequest request)
    {
        var given = QueryString.Read(request.QueryString.Value, "query", "documentId", "id", "operationName", "variables", "extensions");
        return Named(new GraphQLRequest
        {
            Query = Text("query"),
            DocumentId = Text("documentId") ?? Text("id"),
            OperationName = Text("operationName"),
            Variables = Parameter(Text("variables"), "variables"),
            Extensions = Parameter(Text("extensions"), "extensions"),
        });

        string? Text(string name) => given.TryGetValue(name, out var value) && value.Length > 0 ? value : null;
    }

    /// <summary>What POST asks, in its body: one request, or an array of them.</summary>
    /// <remarks>An element of an array that can't be read stands there as its refusal: the others are answered.</remarks>
    /// <exception cref="RequestRefusal">The body can't be read.</exception>
    public async Task<AskedRequests> FromBodyAsync(HttpContext context)
    {
        RequireJson(context.Request);
        var (buffer, length) = await ReadAsync(context);
        try
        {
            return Parse(buffer.AsMemory(0, length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static void RequireJson(HttpRequest request)
    {
        // What the decompressor knows it has taken away.
        if (!string.IsNullOrEmpty(request.Headers.ContentEncoding) && request.Headers.ContentEncoding != "identity")
            throw new RequestRefusal(StatusCodes.Status415UnsupportedMediaType, "HC0012", $"Content-Encoding: '{RequestRefusal.Shorten(request.Headers.ContentEncoding.ToString())}' isn't taken here: use gzip, br or deflate.") { Header = (HeaderNames.AcceptEncoding, "gzip, br, deflate") };
        if (request.ContentType is MediaTypes.Json or "application/json; charset=utf-8")
            return;
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var contentType)
            || !contentType.MediaType.Equals(MediaTypes.Json, StringComparison.OrdinalIgnoreCase)
            || (contentType.Charset.HasValue && !HeaderUtilities.RemoveQuotes(contentType.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase)))
            throw new RequestRefusal(StatusCodes.Status415UnsupportedMediaType, "HC0012", $"Content-Type: '{RequestRefusal.Shorten(request.ContentType ?? "")}' isn't taken here: use application/json in UTF-8.") { Header = (HeaderNames.Accept, MediaTypes.Json) };
    }

    private AskedRequests Parse(ReadOnlyMemory<byte> body)
    {
        if (body.Span.StartsWith(Encoding.UTF8.Preamble))
            body = body[3..];
        if (!Utf8.IsValid(body.Span))
            throw RequestRefusal.Body("the body is no valid UTF-8.");
        try
        {
            using var document = JsonDocument.Parse(body, Json);
            var root = document.RootElement;
            return root.ValueKind switch
            {
                JsonValueKind.Object => new([new(Request(root), null)], IsBatch: false),
                JsonValueKind.Array => new(Batch(root), IsBatch: true),
                _ => throw RequestRefusal.Body("the body is no JSON object."),
            };
        }
        catch (JsonException e)
        {
            throw RequestRefusal.Body(e.LineNumber is null
                ? "the body is no JSON that is taken here: a member stands twice."
                : $"the body is no valid JSON (line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}).");
        }
        // Names are compared before anybody asks for them, and half a surrogate pair can't be.
        catch (InvalidOperationException)
        {
            throw RequestRefusal.Body("the body holds a name that is no valid Unicode.");
        }
    }

    private AskedRequest[] Batch(JsonElement root)
    {
        if (options.MaxBatch == 0)
            throw RequestRefusal.Body("the body is no JSON object; batches aren't switched on.");
        var length = root.GetArrayLength();
        if (length == 0 || length > options.MaxBatch)
            throw RequestRefusal.Body($"the body is an array of {length} requests: from 1 to {options.MaxBatch} are taken.");
        var requests = new AskedRequest[length];
        for (var i = 0; i < length; i++)
        {
            try
            {
                requests[i] = new(root[i].ValueKind == JsonValueKind.Object ? Request(root[i]) : throw RequestRefusal.Body($"request {i} is no JSON object."), null);
            }
            catch (RequestRefusal refusal)
            {
                requests[i] = new(null, refusal);
            }
        }
        return requests;
    }

    /// <summary>What a JSON object asks, in a body or in a socket's message.</summary>
    /// <exception cref="RequestRefusal">A member can't be read, or none names a document.</exception>
    public static GraphQLRequest Request(JsonElement root) => Named(new GraphQLRequest
    {
        Query = JsonValues.String(root, "query"),
        DocumentId = JsonValues.String(root, "documentId") ?? JsonValues.String(root, "id"),
        OperationName = JsonValues.String(root, "operationName"),
        Variables = JsonValues.Object(root, "variables", optional: true),
        Extensions = JsonValues.Object(root, "extensions", optional: true),
    });

    private static GraphQLRequest Named(GraphQLRequest asked) =>
        Documents.IsNamedBy(asked) ? asked : throw RequestRefusal.Body("query: there is none, and neither documentId nor extensions.persistedQuery names a document.");

    private static Inputs? Parameter(string? json, string name)
    {
        if (json is null)
            return null;
        try
        {
            using var document = JsonDocument.Parse(json, Json);
            return document.RootElement.ValueKind == JsonValueKind.Null ? null : JsonValues.Object(document.RootElement, name);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw RequestRefusal.Body($"{name}: it is no JSON object, or a member stands twice in it, or is no valid Unicode.");
        }
    }

    /// <summary>The body in a rented buffer, which the caller gives back.</summary>
    private async Task<(byte[] Buffer, int Length)> ReadAsync(HttpContext context)
    {
        if (context.Request.ContentLength > options.MaxBodyBytes)
            throw TooLarge();
        // Grows with what arrives: what a header promises costs nothing.
        var buffer = ArrayPool<byte>.Shared.Rent((int)Math.Min(context.Request.ContentLength + 1 ?? 4096, 1 << 16));
        var length = 0;
        try
        {
            while (true)
            {
                if (length == buffer.Length)
                    buffer = Grown(buffer);
                var read = await context.Request.Body.ReadAsync(buffer.AsMemory(length), context.RequestAborted);
                if (read == 0)
                    return (buffer, length);
                length += read;
                if (length > options.MaxBodyBytes)
                    throw TooLarge();
            }
        }
        catch (Exception e)
        {
            ArrayPool<byte>.Shared.Return(buffer);
            throw e switch
            {
                BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => TooLarge(),
                BadHttpRequestException bad => new RequestRefusal(bad.StatusCode, "HC0012", "the body didn't come as HTTP says, or too slowly."),
                InvalidDataException or InvalidOperationException => RequestRefusal.Body("the body isn't compressed as its Content-Encoding says."),
                IOException => new OperationCanceledException("The client has gone.", e),
                _ => e,
            };
        }
    }

    private static byte[] Grown(byte[] buffer)
    {
        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }

    private RequestRefusal TooLarge() => new(StatusCodes.Status413PayloadTooLarge, "HC0010", $"The body is larger than {options.MaxBodyBytes} bytes.");
}

/// <summary>What one HTTP request asks.</summary>
internal readonly record struct AskedRequests(AskedRequest[] Requests, bool IsBatch);

/// <summary>A request, or why it can't be read.</summary>
internal readonly record struct AskedRequest(GraphQLRequest? Request, RequestRefusal? Refusal);
