using System.Text.Json.Nodes;
using Matchmaking.Tests.Running;
using Xunit;

namespace Matchmaking.Tests.Transport;

/// <summary>The public audits of GraphQL over HTTP (npm: graphql-http), asked of the real service.</summary>
public sealed class AuditTests
{
    [SkippableFact]
    public async Task All_audits_of_GraphQL_over_HTTP_pass()
    {
        await using var service = await RunningService.StartAsync();
        var audits = (await NodeClients.RunAsync("audit.mjs", new Uri(service.Http.BaseAddress!, "/graphql").ToString())).Select(line => JsonNode.Parse(line)!).ToList();
        Assert.Equal(61, audits.Count);
        Assert.Empty(audits.Where(a => a["status"]!.GetValue<string>() != "ok").Select(a => $"{a["id"]} {a["name"]}: {a["reason"]}"));
    }
}
