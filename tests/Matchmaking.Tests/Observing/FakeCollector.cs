using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Matchmaking.Tests.Observing;

/// <summary>Takes what OTLP sends over HTTP, and keeps the bytes.</summary>
internal sealed class FakeCollector : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<(string Path, byte[] Body)> _taken = new();

    private FakeCollector(WebApplication app) => _app = app;

    public string Url => _app.Urls.First();

    public static async Task<FakeCollector> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var collector = new FakeCollector(app);
        app.MapPost("/v1/{signal}", async (HttpContext context) =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            collector._taken.Enqueue((context.Request.Path, body.ToArray()));
            return Results.Bytes([], "application/x-protobuf");
        });
        await app.StartAsync();
        return collector;
    }

    /// <summary>All that came for a signal, as text: the strings of a protobuf message stand in it as they are.</summary>
    public string Taken(string signal) => string.Concat(_taken.Where(t => t.Path == "/v1/" + signal).Select(t => Encoding.UTF8.GetString(t.Body)));

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}
