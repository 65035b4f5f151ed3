using System.Text.Json.Nodes;
using Matchmaking.Tests.Running;
using Matchmaking.Transport;
using Xunit;

namespace Matchmaking.Tests.Operations;

/// <summary>What an operation costs, and that what costs too much isn't executed.</summary>
public sealed class CostTests(DemoService demo) : IClassFixture<DemoService>
{
    private const string Filter = "{ title: { contains: \"电\" }, or: [{ readiness: { gte: 5 } }, { kind: { in: [DESIGN, INVENTION] } }] }";

    public static TheoryData<string> Samples => [.. SampleOperation.All.Where(o => !o.IsSubscription).Select(o => o.Name)];

    [Theory]
    [InlineData("{ __typename }", 0, 1)]
    [InlineData("{ me { name } }", 10, 2)]
    // The list, its nodes, and a holder for each of them.
    [InlineData("{ patents(first: 20) { nodes { title holder { name } } } }", 10 + 1 + 20 * 10, 1 + 1 + 20 + 20)]
    [InlineData("{ patents { nodes { title } } }", 11, 1 + 1 + 10)]
    [InlineData("{ patents(last: 3) { edges { node { holder { name } } } } }", 10 + 1 + 3 + 3 * 10, 1 + 1 + 3 + 3 + 3)]
    [InlineData("{ a: patents(first: 1) { nodes { title } } b: patents(first: 1) { nodes { title } } }", 22, 1 + 2 * 2)]
    [InlineData("{ ...F ...F } fragment F on Query { patents(first: 1) { totalCount } }", 40, 1 + 2 * 1)]
    [InlineData("{ institutions(first: 5) { nodes { patents(first: 4) { nodes { title } } } } }", 10 + 1 + 5 * 10 + 5, 1 + 1 + 5 + 5 + 5 * 4)]
    [InlineData("{ patents(first: 1, where: " + Filter + ", order: [{ title: ASC }]) { nodes { title } } }", 10 + 3 + 1 + 1, 3)]
    [InlineData("{ patents(first: 50) @skip(if: true) { nodes { title } } me @include(if: true) { name } }", 10, 2)]
    public async Task Cost(string query, int fieldCost, int typeCost) => Assert.Equal((fieldCost, typeCost), await CostAsync(query));

    [Fact]
    public async Task A_variable_costs_what_its_value_costs()
    {
        const string query = "query Q($n: Int, $where: PatentFilterInput, $no: Boolean!) { patents(first: $n, where: $where) { nodes { holder @skip(if: $no) { name } } } }";
        var where = JsonNode.Parse("{\"title\":{\"contains\":\"电\"},\"or\":[{\"readiness\":{\"gte\":5}},{\"kind\":{\"in\":[\"DESIGN\",\"INVENTION\"]}}]}");
        Assert.Equal(await CostAsync("{ patents(first: 7, where: " + Filter + ") { nodes { holder { name } } } }"), await CostAsync(query, new JsonObject { ["n"] = 7, ["where"] = where, ["no"] = false }));
        Assert.Equal(await CostAsync("{ patents { nodes { title } } }"), await CostAsync(query, new JsonObject { ["no"] = true }));
    }

    [Theory]
    [InlineData("{ institutions(first: 50) { nodes { patents(first: 50) { nodes { matches { nodes { score } } } } } } }", "field")]
    [InlineData("{ patents(first: 50) { nodes { a: similar(first: 50) { patent { title } } b: similar(first: 50) { patent { title } } c: similar(first: 50) { patent { title } } } } }", "type")]
    [InlineData("{ __schema { types { fields { type { fields { type { fields { type { fields { name } } } } } } } } } }", "type")]
    public async Task Too_much_is_refused_before_execution(string query, string kind)
    {
        var answer = await demo.Service.MeasureAsync(query);
        var errors = answer["response"]!["errors"]!.AsArray().Select(e => e!["extensions"]!).ToList();
        Assert.All(errors, e => Assert.Equal("HC0047", (string)e["code"]!));
        var error = Assert.Single(errors, e => e[kind + "Cost"] is not null);
        Assert.True((int)error[kind + "Cost"]! > (int)error[kind == "field" ? "maxFieldCost" : "maxTypeCost"]!);
        Assert.Equal(0, (int)answer["sql"]!);
        Assert.Null(answer["response"]!["data"]);
    }

    [Theory, MemberData(nameof(Samples))]
    public async Task Samples_cost_a_third_of_what_is_allowed_at_most(string name)
    {
        var (fieldCost, typeCost) = await CostAsync(SampleOperation.Read(name).Document, new JsonObject { ["id"] = "x", ["needId"] = "x", ["patentId"] = "x", ["patent"] = "x", ["need"] = "x", ["holder"] = "x", ["enterprise"] = "x" }, operationName: name);
        var allowed = new GraphQLOptions();
        Assert.InRange(fieldCost, 1, allowed.MaxFieldCost / 3);
        Assert.InRange(typeCost, 1, allowed.MaxTypeCost / 3);
    }

    [Fact]
    public async Task A_report_comes_beside_the_answer_and_only_when_asked_for()
    {
        var asked = await SendAsync("{ patents(first: 1) { totalCount } }", null, "report");
        Assert.Equal(20, (int)asked["extensions"]!["operationCost"]!["fieldCost"]!);
        Assert.True((int)asked["data"]!["patents"]!["totalCount"]! > 0);
        Assert.Null((await SendAsync("{ patents(first: 1) { totalCount } }", null, null))["extensions"]);
    }

    private async Task<(int Field, int Type)> CostAsync(string query, JsonNode? variables = null, string? operationName = null)
    {
        var answer = await SendAsync(query, variables, "validate", operationName);
        Assert.True(answer["errors"] is null && answer.AsObject().Count == 1, answer.ToJsonString());
        var cost = answer["extensions"]!["operationCost"]!;
        return ((int)cost["fieldCost"]!, (int)cost["typeCost"]!);
    }

    private async Task<JsonNode> SendAsync(string query, JsonNode? variables, string? header, string? operationName = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql");
        request.Content = new StringContent(new JsonObject { ["query"] = query, ["variables"] = variables?.DeepClone(), ["operationName"] = operationName }.ToJsonString(), System.Text.Encoding.UTF8, "application/json");
        request.Headers.Add("Accept", "application/graphql-response+json");
        if (header is not null)
            request.Headers.Add("GraphQL-Cost", header);
        using var response = await demo.Service.Http.SendAsync(request);
        var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.Equal(answer["errors"] is null ? 200 : 400, (int)response.StatusCode);
        return answer;
    }
}
