using System.Text.Json.Nodes;
using Matchmaking.Tests.Running;
using Xunit;

namespace Matchmaking.Tests.Transport;

/// <summary>A document that is known already is answered as if it came for the first time.</summary>
public sealed class DocumentCacheTests(DemoService demo) : IClassFixture<DemoService>
{
    private const string Page = "query Page($first: Int!) { patents(first: $first) { nodes { title } } }";

    [Fact]
    public async Task Variables_are_checked_each_time()
    {
        var good = await demo.Service.AskAsync(Page, new { first = 2 });
        Assert.Equal(2, good["data"]!["patents"]!["nodes"]!.AsArray().Count);
        var wrong = (await demo.Service.AskAsync(Page, new { first = "two" })).ToJsonString();
        Assert.Contains("$first", wrong, StringComparison.Ordinal);
        var missing = (await demo.Service.AskAsync(Page)).ToJsonString();
        Assert.Contains("$first", missing, StringComparison.Ordinal);
        var further = await demo.Service.AskAsync(Page, new { first = 3 });
        Assert.Equal(3, further["data"]!["patents"]!["nodes"]!.AsArray().Count);
    }

    [Fact]
    public async Task Each_operation_of_one_document_is_found_by_its_name()
    {
        const string Two = "query One { patents(first: 1) { nodes { id } } } query Two { patents(first: 2) { nodes { id } } }";
        foreach (var (name, count) in ((string, int)[])[("One", 1), ("Two", 2), ("One", 1)])
            Assert.Equal(count, (await AskAsync(Two, name))["data"]!["patents"]!["nodes"]!.AsArray().Count);
        Assert.Contains("Three", (await AskAsync(Two, "Three")).ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_known_mutation_is_refused_by_GET()
    {
        const string Close = "mutation { closeNeed(input: { id: \"TmVlZDowMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMA==\" }) { errors { __typename } } }";
        Assert.Null((await demo.Service.AskAsync(Close))["errors"]);
        using var response = await demo.Service.Http.GetAsync("/graphql?query=" + Uri.EscapeDataString(Close));
        Assert.Equal(System.Net.HttpStatusCode.MethodNotAllowed, response.StatusCode);
    }

    [Fact]
    public async Task Many_at_once_answer_the_same()
    {
        var first = (await demo.Service.AskAsync(Page, new { first = 5 })).ToJsonString();
        var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => demo.Service.AskAsync(Page, new { first = 5 })));
        Assert.All(answers, answer => Assert.Equal(first, answer.ToJsonString()));
    }

    private async Task<JsonNode> AskAsync(string query, string operationName)
    {
        using var response = await System.Net.Http.Json.HttpClientJsonExtensions.PostAsJsonAsync(demo.Service.Http, "/graphql", new { query, operationName });
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
    }
}
