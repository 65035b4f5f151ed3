using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Json;
using Matchmaking.Tests.Running;
using Xunit;

namespace Matchmaking.Tests.Observing;

public sealed class SpanTests(DemoService demo) : IClassFixture<DemoService>
{
    [Fact]
    public async Task An_operation_is_a_span_under_the_callers_with_its_statements_below()
    {
        // Other tests run beside this one: a trace of its own tells what belongs here.
        var trace = ActivityTraceId.CreateRandom();
        var spans = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "Matchmaking" or "Matchmaking.GraphQL",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span =>
            {
                if (span.TraceId == trace)
                    spans.Enqueue(span);
            },
        };
        ActivitySource.AddActivityListener(listener);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql");
        request.Headers.Add("traceparent", $"00-{trace}-00f067aa0ba902b7-01");
        request.Content = JsonContent.Create(new { query = "query Look { searchPatents(query: \"石墨烯\", first: 2) { nodes { patent { title holder { name } } } } }" });
        using var response = await demo.Service.Http.SendAsync(request);
        Assert.Equal(trace.ToHexString(), Assert.Single(response.Headers.GetValues("X-Request-Id")));

        var operation = Assert.Single(spans, s => s.Source.Name == "Matchmaking.GraphQL");
        Assert.Equal("query Look", operation.DisplayName);
        Assert.Equal("query", operation.GetTagItem("graphql.operation.type"));
        Assert.Equal("Look", operation.GetTagItem("graphql.operation.name"));
        Assert.Null(operation.GetTagItem("graphql.document"));
        var below = spans.Where(s => s.Source.Name == "Matchmaking").ToList();
        Assert.All(below, s => Assert.Equal(operation.SpanId, s.ParentSpanId));
        Assert.Single(below, s => s.DisplayName == "search");
        Assert.Equal(operation.GetTagItem("matchmaking.statements"), below.Count(s => s.Kind == ActivityKind.Client));
        Assert.Contains(below, s => s.GetTagItem("db.query.text") is string text && text.Contains("FROM", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("order-7.b:2", true)]
    [InlineData("a;b", false)]
    [InlineData("a b", false)]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", false)]
    public async Task A_request_id_is_echoed_where_it_is_plain(string id, bool echoed)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/health/live");
        request.Headers.TryAddWithoutValidation("X-Request-Id", id);
        using var response = await demo.Service.Http.SendAsync(request);
        var given = Assert.Single(response.Headers.GetValues("X-Request-Id"));
        Assert.Equal(echoed, given == id);
        Assert.Matches("^[A-Za-z0-9._:=+/-]{1,64}$", given);
    }
}
