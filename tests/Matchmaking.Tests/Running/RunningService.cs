using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Matchmaking.Hosting;
using Matchmaking.Recommendations;
using Matchmaking.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Matchmaking.Tests.Running;

/// <summary>The real service on a real socket and a data directory of its own, with seeded time and keys.</summary>
public sealed class RunningService : IAsyncDisposable
{
    /// <summary>The day on which the tests live.</summary>
    public static readonly DateTimeOffset Start = new(2026, 11, 23, 2, 0, 0, TimeSpan.Zero);

    private static readonly JsonSerializerOptions Readable =
        new() { WriteIndented = true, NewLine = "\n", Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly WebApplication _app;
    private readonly StatementCounter _statements;
    private readonly string _directory;

    private RunningService(WebApplication app, StatementCounter statements, FixedClock clock, string directory)
    {
        _app = app;
        _statements = statements;
        _directory = directory;
        Clock = clock;
        Http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
    }

    public HttpClient Http { get; }

    public FixedClock Clock { get; }

    public string Directory => _directory;

    internal StoreFactory Stores => _app.Services.GetRequiredService<StoreFactory>();

    public IServiceProvider Services => _app.Services;

    /// <summary>Starts a service; with the demo data where asked for.</summary>
    public static Task<RunningService> StartAsync(bool demo = false, string? directory = null, params string[] args) =>
        StartAsync(new ServiceStart { Demo = demo, Directory = directory, Args = args });

    public static async Task<RunningService> StartAsync(ServiceStart start)
    {
        var directory = start.Directory ?? System.IO.Directory.CreateTempSubdirectory("matchmaking").FullName;
        var clock = new FixedClock(start.At);
        var statements = new StatementCounter();
        var parts = new ServiceParts(clock, new KeySource(clock, new Random(start.Seed)), statements);
        var app = await ServeCommand.BuildAsync(
            ["--urls", "http://127.0.0.1:0", $"--Matchmaking:Access:Anonymous={(start.TrustsThisMachine ? "Administrator" : "Public")}", $"--Matchmaking:Demo={start.Demo}", "--Logging:LogLevel:Default=Warning", .. start.Args], directory, parts, CancellationToken.None);
        await app.StartAsync();
        return new RunningService(app, statements, clock, directory);
    }

    /// <summary>Waits until the matcher has looked, from now on, and found nothing more to do.</summary>
    public Task MatchedAsync() => _app.Services.GetRequiredService<MatchingSignal>().IdleAsync(TimeSpan.FromMinutes(2), CancellationToken.None);

    /// <summary>Sends a document; the answer as JSON.</summary>
    public async Task<JsonNode> AskAsync(string query, object? variables = null)
    {
        using var response = await Http.PostAsJsonAsync("/graphql", new { query, variables });
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
    }

    /// <summary>Sends a document and keeps what a snapshot shows: status, number of SQL statements, answer.</summary>
    public async Task<string> SnapshotAsync(string query, JsonNode? variables = null) => Shown(await MeasureAsync(query, variables));

    /// <summary>Sends a document: status, number of SQL statements, answer.</summary>
    public async Task<JsonObject> MeasureAsync(string query, JsonNode? variables = null)
    {
        _statements.Reset();
        using var response = await Http.PostAsJsonAsync("/graphql", new { query, variables });
        var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync());
        return new JsonObject { ["status"] = (int)response.StatusCode, ["sql"] = _statements.Count, ["response"] = answer };
    }

    /// <summary>Subscribes by server-sent events: status, number of SQL statements until the first event, and that event.</summary>
    public async Task<JsonObject> MeasureFirstEventAsync(string query, JsonNode variables)
    {
        _statements.Reset();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = JsonContent.Create(new { query, variables }) };
        request.Headers.Accept.ParseAdd("text/event-stream");
        using var response = await Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync());
        string line;
        do
            line = await lines.ReadLineAsync() ?? throw new InvalidOperationException("The stream ended without an event.");
        while (!line.StartsWith("data: ", StringComparison.Ordinal));
        return new JsonObject { ["status"] = (int)response.StatusCode, ["sql"] = _statements.Count, ["response"] = JsonNode.Parse(line["data: ".Length..]) };
    }

    /// <summary>JSON as a reviewer reads it.</summary>
    public static string Shown(JsonNode json) => json.ToJsonString(Readable);

    public async ValueTask StopAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        Http.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        System.IO.Directory.Delete(_directory, recursive: true);
    }
}
