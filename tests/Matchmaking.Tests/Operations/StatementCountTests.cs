using System.Text.Json.Nodes;
using Matchmaking.Tests.Running;
using Xunit;

namespace Matchmaking.Tests.Operations;

/// <summary>A list costs the same number of SQL statements however long it is.</summary>
public sealed class StatementCountTests(DemoService demo) : IClassFixture<DemoService>
{
    [Theory]
    [InlineData("{ needs(where: { title: { startsWith: \"想给果园机器人\" } }) { nodes { matches(first: N) { totalCount nodes { score patent { title holder { name } publications { number } legalEvents { text } } need { enterprise { name } } explanation { summary } } } } } }")]
    [InlineData("{ patentByNumber(number: \"CN201719664777.9\") { matches(first: N) { totalCount nodes { score need { title enterprise { name size } } explanation { summary } } } } }")]
    [InlineData("{ institutions(first: N) { totalCount nodes { name patents(first: 3) { totalCount nodes { title holder { name } publications { number } } } } } }")]
    [InlineData("{ needs(first: N) { totalCount nodes { title enterprise { name needs(first: 2) { totalCount nodes { title enterprise { name } } } } } } }")]
    [InlineData("{ patents(first: N) { nodes { title holder { name patents(first: 1) { totalCount } } publications { on } legalEvents { on } } } }")]
    [InlineData("{ searchPatents(query: \"电池\", first: N) { totalCount facets { name } nodes { score highlights { field } patent { title holder { name } } } } }")]
    [InlineData("{ tryNeed(description: \"石墨负极快充\", first: N) { score patent { title holder { name } } explanation { summary gates { reason } } } }")]
    [InlineData("{ patentByNumber(number: \"CN201719664777.9\") { similar(first: N) { score highlights { field } patent { title holder { name } } } } }")]
    public async Task Statements_dont_grow_with_the_page(string query)
    {
        var two = await demo.Service.MeasureAsync(query.Replace("N)", "2)", StringComparison.Ordinal));
        var twenty = await demo.Service.MeasureAsync(query.Replace("N)", "20)", StringComparison.Ordinal));
        Assert.Equal("", twenty["response"]!["errors"]?.ToJsonString() ?? "");
        Assert.True(Items(twenty) > Items(two), twenty.ToJsonString());
        Assert.Equal(two["sql"]!.GetValue<int>(), twenty["sql"]!.GetValue<int>());
        Assert.InRange(twenty["sql"]!.GetValue<int>(), 1, 8);
    }

    private static int Items(JsonNode? node) => node switch
    {
        JsonObject o => o.Sum(m => Items(m.Value)),
        JsonArray a => a.Count + a.Sum(Items),
        _ => 0,
    };
}
