using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Matchmaking.Tests.Running;
using Xunit;

namespace Matchmaking.Tests.Transport;

/// <summary>A document that is known to be valid answers as a new one does, whatever stands in its variables.</summary>
public sealed class KnownDocumentTests(DemoService demo) : IClassFixture<DemoService>
{
    private const string Typed = "query Q($n: Int, $yes: Boolean!, $q: String! = \"电池\") { searchPatents(query: $q, first: $n) { totalCount @include(if: $yes) nodes { patent { ...P } } } } fragment P on Patent { title @skip(if: $yes) holder { name } similar(first: $n) { score } }";
    // A variable that may be null, because it has a default, stands where null may not.
    private const string Defaulted = "query Q($q: String = \"电池\") { searchPatents(query: $q, first: 1) { totalCount } }";
    private const string Filtered = "query Q($where: PatentFilterInput, $order: [PatentSortInput!]) { patents(first: 2, where: $where, order: $order) { totalCount nodes { title } } a: patents(first: 1, where: $where, order: $order) { totalCount } }";

    [Theory]
    [InlineData(Typed, "{\"n\":2,\"yes\":true}", "{\"n\":2,\"yes\":false}", "{\"yes\":true,\"q\":\"石墨\"}", "{\"n\":2}", "{\"n\":\"2\",\"yes\":true}", "{\"n\":2,\"yes\":null}", "{\"n\":-1,\"yes\":true}", "{\"n\":2,\"yes\":true,\"q\":null}", "{\"n\":51,\"yes\":true,\"unknown\":1}")]
    [InlineData(Defaulted, "{}", "{\"q\":\"石墨\"}", "{\"q\":null}", "{\"q\":7}", "{\"q\":[\"石墨\"]}")]
    [InlineData(Filtered, "{}", "{\"where\":{\"kind\":{\"eq\":\"INVENTION\"}}}", "{\"where\":{\"kind\":{\"eq\":\"NOTHING\"}}}", "{\"where\":{\"kind\":{\"eq\":null}}}", "{\"where\":{\"nothing\":1}}", "{\"where\":[]}", "{\"where\":{\"readiness\":{\"in\":[1,\"2\"]}}}", "{\"order\":{\"title\":\"ASC\"}}", "{\"order\":[{\"title\":\"UP\"}]}", "{\"order\":[null]}")]
    public async Task Answers_as_a_new_one(string document, params string[] variables)
    {
        Assert.Equal(200, (await SendAsync(document, variables[0])).Status);
        foreach (var each in variables)
        {
            var known = await SendAsync(document, each);
            var fresh = await SendAsync($"{document} # {Guid.NewGuid()}", each);
            Assert.Equal(fresh, known);
        }
    }

    private async Task<(int Status, string Answer)> SendAsync(string query, string variables)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = JsonContent.Create(new { query, variables = JsonNode.Parse(variables) }) };
        request.Headers.Accept.ParseAdd("application/graphql-response+json");
        using var response = await demo.Service.Http.SendAsync(request);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
