using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Matchmaking.Api;

namespace Matchmaking.Tests.Crashing.Drill;

/// <summary>Somebody who follows the inbox over server-sent events from its beginning on, on whichever node answers, and comes again with its cursor.</summary>
internal sealed class Follower(string? needId, Func<ServingProgram?> pick)
{
    private readonly Lock _lock = new();
    private readonly List<(string Id, long Position)> _heard = [];
    private string _cursor = Cursors.Write("Recommendation:", 0L);

    public string? NeedId => needId;

    /// <summary>How often it came again.</summary>
    public int Connections { get; private set; }

    /// <summary>What was said instead of a recommendation.</summary>
    public List<string> Errors { get; } = [];

    public List<(string Id, long Position)> Heard
    {
        get
        {
            lock (_lock)
                return [.. _heard];
        }
    }

    public async Task RunAsync(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                if (pick() is { } service)
                    await FollowAsync(service.Http, cancellation);
            }
            catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException or ObjectDisposedException)
            {
                // The node is gone, or it is over.
            }
            await Task.WhenAny(Task.Delay(20, cancellation));
        }
    }

    private async Task FollowAsync(HttpClient http, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql")
        {
            Content = JsonContent.Create(new { query = "subscription($needId: ID) { recommendationAdded(needId: $needId) { id cursor } }", variables = new { needId } }),
        };
        request.Headers.Accept.ParseAdd("text/event-stream");
        request.Headers.Add("Last-Event-ID", _cursor);
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        Connections++;
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(cancellation));
        while (await lines.ReadLineAsync(cancellation) is { } line)
        {
            if (line.StartsWith("data: ", StringComparison.Ordinal))
                Take(JsonNode.Parse(line["data: ".Length..])!);
        }
    }

    private void Take(JsonNode answer)
    {
        if (answer["data"]?["recommendationAdded"] is not { } told)
        {
            Errors.Add(answer.ToJsonString());
            return;
        }
        _cursor = told["cursor"]!.GetValue<string>();
        lock (_lock)
            _heard.Add((told["id"]!.GetValue<string>(), (long)Cursors.Read(_cursor, "Recommendation:", typeof(long))[0]!));
    }
}
