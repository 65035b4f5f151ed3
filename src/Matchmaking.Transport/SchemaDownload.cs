using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Matchmaking.Transport;

/// <summary>The schema as a file, made once: plain and compressed, each with an ETag of its own.</summary>
internal sealed class SchemaDownload
{
    private readonly (string? Encoding, byte[] Bytes, EntityTagHeaderValue Tag)[] _forms;

    public SchemaDownload(string sdl)
    {
        var plain = Encoding.UTF8.GetBytes(sdl);
        var hash = Convert.ToHexStringLower(SHA256.HashData(plain))[..32];
        // A strong tag names bytes, and these are different bytes.
        _forms = [Form("br", Compress(plain, to => new BrotliStream(to, CompressionLevel.SmallestSize))), Form("gzip", Compress(plain, to => new GZipStream(to, CompressionLevel.SmallestSize))), Form(null, plain)];

        (string?, byte[], EntityTagHeaderValue) Form(string? encoding, byte[] bytes) => (encoding, bytes, new($"\"{hash}{(encoding is null ? "" : "-" + encoding)}\""));
    }

    public async Task WriteAsync(HttpContext context)
    {
        var (encoding, bytes, tag) = Choose(context.Request);
        var headers = context.Response.Headers;
        headers.ETag = tag.ToString();
        headers.Vary = HeaderNames.AcceptEncoding;
        headers.CacheControl = "no-cache";
        // If-None-Match compares weakly: a proxy may have weakened our tag.
        if (context.Request.GetTypedHeaders().IfNoneMatch.Any(known => known.Tag == "*" || known.Compare(tag, useStrongComparison: false)))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }
        context.Response.ContentType = "application/graphql; charset=utf-8";
        headers.ContentDisposition = "attachment; filename=\"schema.graphql\"";
        if (encoding is not null)
            headers.ContentEncoding = encoding;
        context.Response.ContentLength = bytes.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
            await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
    }

    private (string? Encoding, byte[] Bytes, EntityTagHeaderValue Tag) Choose(HttpRequest request)
    {
        var accepted = request.GetTypedHeaders().AcceptEncoding;
        return _forms.First(form => form.Encoding is null || accepted.Any(a => a.Value.Equals(form.Encoding, StringComparison.OrdinalIgnoreCase) && a.Quality != 0));
    }

    private static byte[] Compress(byte[] plain, Func<Stream, Stream> compressor)
    {
        using var to = new MemoryStream();
        using (var stream = compressor(to))
            stream.Write(plain);
        return to.ToArray();
    }
}
