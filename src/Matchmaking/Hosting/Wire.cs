using System.IO.Compression;
using Matchmaking.Store;
using Matchmaking.Transport;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Matchmaking.Hosting;

/// <summary>What stands between the socket and GraphQL: the server's bounds and compression.</summary>
internal static class Wire
{
    private const long ReadAway = 32 << 20;

    /// <summary>Reads <c>Matchmaking:GraphQL</c>.</summary>
    /// <exception cref="ConfigurationException">A value can't be used; the message names it.</exception>
    public static GraphQLOptions Options(IConfiguration configuration)
    {
        try
        {
            return GraphQLOptions.From(configuration.GetSection("Matchmaking:GraphQL"));
        }
        catch (InvalidOptionException e)
        {
            throw new ConfigurationException(e.Message, e);
        }
    }

    public static void Add(WebApplicationBuilder builder, GraphQLOptions options)
    {
        builder.Services.AddSingleton(options);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // The endpoint takes MaxBodyBytes and refuses more; what a client sends on is read away up to here, for it to see the refusal
            // instead of a connection that breaks.
            kestrel.Limits.MaxRequestBodySize = Math.Max(options.MaxBodyBytes, ReadAway);
            kestrel.Limits.MaxRequestLineSize = options.MaxHeaderBytes;
            kestrel.Limits.MaxRequestHeadersTotalSize = options.MaxHeaderBytes;
            kestrel.Limits.RequestHeadersTimeout = options.HeaderTimeout;
            var rate = new MinDataRate(options.MinBytesPerSecond, gracePeriod: TimeSpan.FromSeconds(5));
            kestrel.Limits.MinRequestBodyDataRate = rate;
            kestrel.Limits.MinResponseDataRate = rate;
        });
        // BREACH needs a secret beside what an attacker writes, in one compressed answer: there is no cookie, and a secret stands only in the answer to who made it.
        builder.Services.AddResponseCompression(compression =>
        {
            compression.EnableForHttps = true;
            compression.MimeTypes = ["application/json", "application/graphql-response+json", "text/html", "text/css", "text/javascript", "application/javascript", "image/svg+xml", "text/plain"];
        });
        builder.Services.Configure<BrotliCompressionProviderOptions>(brotli => brotli.Level = CompressionLevel.Fastest);
        builder.Services.Configure<GzipCompressionProviderOptions>(gzip => gzip.Level = CompressionLevel.Fastest);
        builder.Services.AddRequestDecompression();
    }

    /// <summary>Puts compression before all endpoints. What a body becomes is bounded as the body itself is.</summary>
    public static void Use(WebApplication app)
    {
        app.UseResponseCompression();
        app.UseRequestDecompression();
    }

    /// <exception cref="ConfigurationException">The persisted documents can't be read.</exception>
    public static void Map(WebApplication app, GraphQLOptions options)
    {
        try
        {
            app.MapGraphQL("/graphql", options);
        }
        catch (InvalidOptionException e)
        {
            throw new ConfigurationException($"Matchmaking:GraphQL:{e.Message}", e);
        }
    }
}
