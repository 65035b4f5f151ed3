using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Matchmaking.Api;
using Matchmaking.Tests.Running;
using Xunit;

namespace Matchmaking.Tests.Recommendations;

/// <summary>What a side hears from the beginning of the inbox on is what stands in its list.</summary>
public sealed class ScopeTests(DemoService demo) : IClassFixture<DemoService>
{
    [Theory]
    [InlineData("needId", "recommendationAdded", "need")]
    [InlineData("institutionId", "needMatched", "patent { holder")]
    public async Task Replay_is_the_list(string argument, string field, string side)
    {
        var close = side.Contains('{') ? " }" : "";
        var all = (await demo.Service.AskAsync($"{{ recommendations(first: 50) {{ nodes {{ match {{ {side} {{ id }}{close} }} }} }} }}"))["data"]!["recommendations"]!["nodes"]!.AsArray();
        // Whoever was told most often.
        var id = all.Select(Id).GroupBy(i => i).MaxBy(g => g.Count())!.Key;
        var list = (await demo.Service.AskAsync($"query($id: ID!) {{ recommendations({argument}: $id, first: 50) {{ nodes {{ id cursor }} }} }}", new { id }))["data"]!["recommendations"]!["nodes"]!.AsArray();
        Assert.InRange(list.Count, 2, 49);
        var query = $"subscription($id: ID!, $after: String) {{ {field}({argument}: $id, after: $after) {{ id cursor }} }}";
        var heard = new List<string>();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = JsonContent.Create(new { query, variables = new { id, after = Cursors.Write("Recommendation:", 0L) } }) };
        request.Headers.Accept.ParseAdd("text/event-stream");
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        using var response = await demo.Service.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(patience.Token));
        while (heard.Count < list.Count)
        {
            var line = await lines.ReadLineAsync(patience.Token) ?? throw new InvalidOperationException("The stream has ended.");
            if (line.StartsWith("data: ", StringComparison.Ordinal))
                heard.Add(JsonNode.Parse(line["data: ".Length..])!["data"]![field]!.ToJsonString());
        }
        Assert.Equal(list.Select(r => r!.ToJsonString()), heard);
    }

    private static string Id(JsonNode? node) => node switch
    {
        JsonObject o when o["id"] is { } id => (string)id!,
        JsonObject o => o.Select(m => Id(m.Value)).FirstOrDefault() ?? "",
        _ => "",
    };
}
