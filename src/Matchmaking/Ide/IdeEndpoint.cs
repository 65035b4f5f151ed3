using System.IO.Compression;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.Net.Http.Headers;

namespace Matchmaking.Ide;

/// <summary>The IDE: the page that a browser gets at the endpoint's path, and the files below it.</summary>
/// <remarks>Nothing is asked of another host. All addresses are relative, so that a proxy may put a prefix before the path.</remarks>
internal sealed class IdeEndpoint(IdeBundle? bundle, Func<IServiceProvider, string> schema)
{
    private const string Immutable = "public, max-age=31536000, immutable";

    // Monaco lays its text out with style attributes and style elements made while it runs, which is what 'unsafe-inline' allows here;
    // scripts come from files of ours only. 'self' covers the WebSocket of the same origin.
    private const string IdePolicy =
        "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self' data:; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private const string PlainPolicy = "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    private readonly byte[] _samples = JsonSerializer.SerializeToUtf8Bytes(Sample.All, Json);

    /// <summary>Maps the files below the endpoint's path, and gives the page for the path itself.</summary>
    public static Func<HttpContext, Task> Map(IEndpointRouteBuilder endpoints, string path, IdeBundle? bundle, Func<IServiceProvider, string> schema)
    {
        var ide = new IdeEndpoint(bundle, schema);
        endpoints.MapMethods(path + "/ide/{file}", [HttpMethods.Get, HttpMethods.Head], ide.FileAsync);
        return ide.PageAsync;
    }

    private Task PageAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        if (path.EndsWith('/'))
        {
            // The page's addresses are relative to its own: it has one.
            context.Response.Redirect("../" + path.TrimEnd('/').Split('/')[^1] + context.Request.QueryString);
            return Task.CompletedTask;
        }
        var folder = path.Split('/')[^1] + "/ide/";
        var html = bundle is not null ? IdePages.Ide(folder, bundle) : IdePages.Plain(folder, $"{context.Request.Scheme}://{context.Request.Host}{context.Request.PathBase}{path}", schema(context.RequestServices));
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = bundle is not null ? IdePolicy : PlainPolicy;
        headers[HeaderNames.XContentTypeOptions] = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = "no-cache";
        headers.Vary = "Accept";
        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync(html, Encoding.UTF8, context.RequestAborted);
    }

    private async Task FileAsync(HttpContext context)
    {
        var name = (string)context.Request.RouteValues["file"]!;
        var headers = context.Response.Headers;
        headers[HeaderNames.XContentTypeOptions] = "nosniff";
        if (name is "samples.json")
            await WriteAsync(context, "application/json; charset=utf-8", _samples);
        else if (name is "plain.css")
            await WriteAsync(context, "text/css; charset=utf-8", Encoding.UTF8.GetBytes(Sample.Resource("ide/plain.css")));
        else if (bundle?.Find(name) is { } file)
            await SendAsync(context, file, name);
        else
            context.Response.StatusCode = StatusCodes.Status404NotFound;
    }

    private static async Task WriteAsync(HttpContext context, string contentType, byte[] content)
    {
        context.Response.Headers.CacheControl = "no-cache";
        context.Response.ContentType = contentType;
        context.Response.ContentLength = content.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
            await context.Response.Body.WriteAsync(content, context.RequestAborted);
    }

    private static async Task SendAsync(HttpContext context, string file, string name)
    {
        var response = context.Response;
        response.ContentType = Path.GetExtension(name) switch
        {
            ".js" => "text/javascript; charset=utf-8",
            ".css" => "text/css; charset=utf-8",
            ".ttf" => "font/ttf",
            _ => "application/octet-stream",
        };
        response.Headers.CacheControl = Immutable;
        response.Headers.Vary = "Accept-Encoding";
        var packed = context.Request.GetTypedHeaders().AcceptEncoding.Any(e => e.Value.Equals("gzip", StringComparison.OrdinalIgnoreCase) && e.Quality is not 0);
        if (packed)
            response.Headers.ContentEncoding = "gzip";
        if (HttpMethods.IsHead(context.Request.Method))
            return;
        if (packed)
        {
            await response.SendFileAsync(file, context.RequestAborted);
            return;
        }
        await using var unpacked = new GZipStream(File.OpenRead(file), CompressionMode.Decompress);
        await unpacked.CopyToAsync(response.Body, context.RequestAborted);
    }
}
