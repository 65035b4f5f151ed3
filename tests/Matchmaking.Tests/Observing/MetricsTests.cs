using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using Matchmaking.Tests.Crashing;
using Matchmaking.Tests.Crashing.Drill;
using Xunit;

namespace Matchmaking.Tests.Observing;

/// <summary>/metrics of the built program: in a process of its own, so that no other test moves its figures.</summary>
public sealed class MetricsTests
{
    [Fact]
    public async Task Figures_move_with_what_was_done_and_are_read_from_this_machine_only()
    {
        using var place = new TemporaryPlace();
        await using var service = await ServingProgram.StartAsync(Path.Combine(place.Path, "data"));
        var operations = "graphql_server_operation_duration_seconds_count{";
        Assert.Null(Value(await ReadAsync(service), operations, "outcome=\"ok\"", "graphql_operation_type=\"query\""));
        await service.DataAsync("{ searchPatents(query: \"石墨烯\") { totalCount } }");
        await service.DataAsync("{ searchPatents(query: \"石墨烯\") { totalCount } }");
        await service.AskAsync("{ patents(first: 51) { totalCount } }");
        await service.AskAsync("{ nonsense }");
        await service.DataAsync("mutation { createNeed(input: { title: \"散热\", description: \"需要石墨烯散热膜\" }) { need { id } errors { __typename } } }");
        // On a busy machine an answer doesn't wait for the index for ever.
        string[] metrics = [];
        await ServingProgram.UntilAsync(async () => Value(metrics = await ReadAsync(service), "matchmaking_index_commit_duration_seconds_count{", "index=\"needs\"") >= 1, "the need was indexed");
        Assert.Equal(2, Value(metrics, operations, "outcome=\"ok\"", "graphql_operation_type=\"query\""));
        Assert.Equal(1, Value(metrics, operations, "outcome=\"ok\"", "graphql_operation_type=\"mutation\""));
        Assert.Equal(1, Value(metrics, "graphql_server_errors_total{", "code=\"HC0051\""));
        Assert.Equal(2, Value(metrics, "matchmaking_search_duration_seconds_count{", "kind=\"patents\""));
        Assert.Equal(1, Value(metrics, "graphql_server_documents_total{", "cache=\"hit\""));
        Assert.Equal(1, Value(metrics, "matchmaking_index_documents_total{", "index=\"needs\""));
        var position = Value(metrics, "matchmaking_feed_position");
        Assert.Equal(1, position);
        Assert.Equal(position, Value(metrics, "matchmaking_index_position"));
        Assert.Equal(0, Value(metrics, "matchmaking_index_lag"));
        Assert.True(Value(metrics, "db_client_operation_duration_seconds_count{", "caller=\"request\"", "db_operation_name=\"SELECT\"") >= 1);

        using var proxied = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        proxied.Headers.Add("X-Forwarded-For", "203.0.113.7");
        using var refused = await service.Http.SendAsync(proxied);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
    }

    [Fact]
    public async Task Open_subscriptions_and_connections_are_counted_while_they_are_open()
    {
        using var place = new TemporaryPlace();
        await using var service = await ServingProgram.StartAsync(place.Data);
        using (var request = new HttpRequestMessage(HttpMethod.Post, "/graphql"))
        {
            request.Headers.Add("Accept", "text/event-stream");
            request.Content = JsonContent.Create(new { query = "subscription { indexAdvanced { __typename } }" });
            using var response = await service.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
            while (await reader.ReadLineAsync() is { } line && !line.StartsWith("data:", StringComparison.Ordinal))
                continue;
            var open = await ReadAsync(service);
            Assert.Equal(1, Value(open, "graphql_server_connections{", "protocol=\"sse\""));
            Assert.Equal(1, Value(open, "graphql_server_subscriptions{"));
        }
        await ServingProgram.UntilAsync(async () => Value(await ReadAsync(service), "graphql_server_connections{", "protocol=\"sse\"") == 0, "the connection is counted as closed");
        Assert.Equal(0, Value(await ReadAsync(service), "graphql_server_subscriptions{"));
    }

    [Fact]
    public async Task An_import_sends_what_it_did_before_it_ends()
    {
        using var place = new TemporaryPlace();
        await using var collector = await FakeCollector.StartAsync();
        var file = Path.Combine(place.Path, "needs.csv");
        await File.WriteAllTextAsync(file, "需求名称,需求描述\n散热,需要石墨烯散热膜\n");
        var ended = await BuiltProgram.RunAsync(place.Path, new Dictionary<string, string>
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Url,
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        }, "import", "needs", file, "--data", place.Data);
        Assert.True(ended.ExitCode == 0, ended.Errors);
        Assert.Contains("matchmaking.import.rows", collector.Taken("metrics"), StringComparison.Ordinal);
        Assert.Contains("added", collector.Taken("metrics"), StringComparison.Ordinal);
    }

    private static async Task<string[]> ReadAsync(ServingProgram service) => (await service.Http.GetStringAsync(new Uri("/metrics", UriKind.Relative))).Split('\n');

    private static double? Value(string[] metrics, string start, params string[] labels)
    {
        var lines = metrics.Where(l => l.StartsWith(start, StringComparison.Ordinal) && labels.All(label => l.Contains(label, StringComparison.Ordinal))).ToList();
        // After the labels: the value, and perhaps the time.
        return lines.Count == 0 ? null : lines.Sum(l => double.Parse(l[(l.LastIndexOf('}') + 1)..].Trim().Split(' ') is [var value, ..] && l.Contains('}', StringComparison.Ordinal) ? value : l.Split(' ')[1], CultureInfo.InvariantCulture));
    }
}
