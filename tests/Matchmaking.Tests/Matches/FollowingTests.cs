using System.Text.Json.Nodes;
using Matchmaking.Tests.Running;
using Xunit;

namespace Matchmaking.Tests.Matches;

/// <summary>What is written is matched at once; needs never move the scores of others.</summary>
public sealed class FollowingTests
{
    private const string Matches = "{ needs(where: { title: { startsWith: \"寻求膨胀小\" } }) { nodes { matches(first: 50) { totalCount nodes { rank score patent { id title } } } } } }";

    [Fact]
    public async Task Needs_come_and_go_without_moving_any_score()
    {
        await using var service = await DemoData.StartAsync();
        var before = (await service.AskAsync(Matches)).ToJsonString();
        var made = await service.AskAsync("mutation { createNeed(input: { title: \"硅碳负极\", description: \"硅碳负极膨胀小、首效高，需要量产技术\" }) { need { id } errors { __typename } } }");
        Assert.Equal(before, (await service.AskAsync(Matches)).ToJsonString());
        var closed = await service.AskAsync("mutation($id: ID!) { closeNeed(input: { id: $id }) { need { status } } }", new { id = made["data"]!["createNeed"]!["need"]!["id"]!.GetValue<string>() });
        Assert.Equal("CLOSED", closed["data"]!["closeNeed"]!["need"]!["status"]!.GetValue<string>());
        Assert.Equal(before, (await service.AskAsync(Matches)).ToJsonString());
    }

    [Fact]
    public async Task A_patent_is_matched_as_soon_as_it_is_published_and_no_more_once_it_is_withdrawn()
    {
        await using var service = await DemoData.StartAsync();
        var made = await service.AskAsync("""
            mutation { publishPatent(input: { applicationNumber: "CN202319999901.2", title: "膨胀小、首效高的硅碳负极量产方法", abstract: "一种硅碳负极材料的量产方法，膨胀小，首次效率高。", legalStatus: GRANTED }) {
              patent { id matches(first: 1) { nodes { score need { title } } } } errors { ... on Error { message } } } }
            """);
        var patent = made["data"]!["publishPatent"]!["patent"]!;
        var (id, best) = (patent["id"]!.GetValue<string>(), patent["matches"]!["nodes"]![0]!);
        Assert.StartsWith("寻求膨胀小", best["need"]!["title"]!.GetValue<string>(), StringComparison.Ordinal);
        var found = (await PatentsAsync(service)).Single(m => m["patent"]!["id"]!.GetValue<string>() == id);
        Assert.Equal(1, found["rank"]!.GetValue<int>());
        Assert.Equal(best["score"]!.GetValue<double>(), found["score"]!.GetValue<double>());
        await service.AskAsync("mutation($id: ID!) { withdrawPatent(input: { id: $id }) { patent { legalStatus } } }", new { id });
        Assert.DoesNotContain(await PatentsAsync(service), m => m["patent"]!["id"]!.GetValue<string>() == id);
        var gone = await service.AskAsync("query($id: ID!) { patent(id: $id) { legalStatus matches { totalCount } } }", new { id });
        Assert.Equal("{\"legalStatus\":\"WITHDRAWN\",\"matches\":{\"totalCount\":0}}", gone["data"]!["patent"]!.ToJsonString());
    }

    private static async Task<List<JsonNode>> PatentsAsync(RunningService service) =>
        [.. (await service.AskAsync(Matches))["data"]!["needs"]!["nodes"]![0]!["matches"]!["nodes"]!.AsArray().Select(m => m!)];
}
