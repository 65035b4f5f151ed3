using System.Text.Json.Nodes;
using Matchmaking.Tests.Running;
using Xunit;

namespace Matchmaking.Tests.Transport.Streams;

/// <summary>The public clients graphql-ws and graphql-sse (npm) follow the real service's index.</summary>
public sealed class ClientTests
{
    [SkippableTheory]
    [InlineData("ws.mjs")]
    [InlineData("sse.mjs")]
    public async Task Follows_the_index(string script)
    {
        await using var service = await RunningService.StartAsync(args: ["--Matchmaking:GraphQL:Streams:KeepAlive", "3", "--Matchmaking:GraphQL:Streams:InitTimeout", "1"]);
        var steps = (await NodeClients.RunAsync(script, new Uri(service.Http.BaseAddress!, "/graphql").ToString())).Select(line => JsonNode.Parse(line)!)
            .ToDictionary(step => step["step"]!.GetValue<string>(), step => step["value"]);
        Assert.Equal("Query", steps["query"]![0]!["data"]!["__typename"]!.GetValue<string>());
        Assert.Contains("nothing", steps["refused"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.NotNull(steps["mutation"]!["data"]!["createNeed"]!["need"]!["title"]);
        var positions = steps["positions"]!.AsArray().Select(p => p!.GetValue<long>()).ToList();
        Assert.Equal(positions.Order().Distinct(), positions);
        Assert.Equal(3, positions.Count);
        if (script == "ws.mjs")
        {
            Assert.Equal(positions[2] + 1, Assert.Single(steps["after"]!.AsArray())!.GetValue<long>());
            Assert.Equal("ping", steps["ping"]!.GetValue<string>());
            Assert.Equal(1000, steps["closed"]!["code"]!.GetValue<int>());
        }
    }
}
