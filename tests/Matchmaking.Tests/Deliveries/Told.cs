using System.Text.Json.Nodes;
using Matchmaking.Api;
using Matchmaking.Deliveries;
using Matchmaking.Needs;
using Matchmaking.Organizations;
using Matchmaking.Tests.Running;
using Matchmaking.Tests.Store;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Matchmaking.Tests.Deliveries;

/// <summary>A service with an enterprise, a university, and needs and patents that fit, for tests of what is told outside.</summary>
internal static class Told
{
    public const string Need = "硅碳负极";

    private static readonly string[] Extras =
        ["", "，适用于动力电池", "，适用于储能电站的大型电池包", "，用喷雾干燥和高温烧结两步制成颗粒", "，先球磨后包覆再在惰性气氛中煅烧并筛分除磁得到成品"];

    /// <summary>An empty service that posts to anybody, tells nearly everything, and knows one enterprise and one university.</summary>
    public static async Task<RunningService> ServeAsync(TestDatabase database, params string[] args)
    {
        Skip.If(database.Absent is not null, database.Absent);
        var directory = Directory.CreateTempSubdirectory("matchmaking").FullName;
        var (provider, connection) = await database.CreateAsync(directory);
        var service = await RunningService.StartAsync(Start(directory, provider.ToString(), connection, args));
        await using var store = service.Stores.Open("test");
        store.Enterprises.AddRange(
            new Enterprise { Id = EnterpriseKey, CreditCode = "91320594MA1MC70R0X", Name = "苏州示例电池有限公司", Province = "江苏", CreatedAt = store.Now, UpdatedAt = store.Now },
            new Enterprise { Id = OtherKey, CreditCode = "91320594MA1MC70R1X", Name = "无锡示例材料有限公司", Province = "江苏", CreatedAt = store.Now, UpdatedAt = store.Now });
        store.Institutions.Add(new Institution { Id = InstitutionKey, Code = "UNLISTED-1", Name = "示例大学", Province = "江苏", CreatedAt = store.Now, UpdatedAt = store.Now });
        await store.CommitAsync();
        return service;
    }

    public static ServiceStart Start(string directory, string provider, string connection, params string[] args) => new()
    {
        Directory = directory,
        Args =
        [
            "--Matchmaking:Provider", provider, "--ConnectionStrings:Matchmaking", connection, "--Matchmaking:Recommendations:Threshold", "5", "--Matchmaking:Recommendations:PerDay", "100",
            "--Matchmaking:Deliveries:AllowHttp", "true", "--Matchmaking:Deliveries:AllowPrivateAddresses", "true", .. args,
        ],
    };

    public static readonly Guid EnterpriseKey = Guid.Parse("01900000-0000-7000-8000-000000000001");
    public static readonly Guid OtherKey = Guid.Parse("01900000-0000-7000-8000-000000000002");
    public static readonly Guid InstitutionKey = Guid.Parse("01900000-0000-7000-8000-000000000003");

    public static string Enterprise => Ids.Encode("Enterprise", EnterpriseKey);

    public static string Other => Ids.Encode("Enterprise", OtherKey);

    public static string Institution => Ids.Encode("Institution", InstitutionKey);

    /// <summary>Waits until everything on the feed is matched and everything that can be told now is told.</summary>
    public static async Task ToldAsync(this RunningService service)
    {
        await service.MatchedAsync();
        await service.Services.GetRequiredService<DeliverySignal>().IdleAsync(TimeSpan.FromMinutes(2), CancellationToken.None);
    }

    /// <summary>Publishes one of five patents that fit.</summary>
    public static async Task<string> PublishAsync(this RunningService service, int i, string? title = null, string more = "")
    {
        var answer = await service.AskAsync($"mutation($n: String!, $t: String!, $a: String!, $h: ID) {{ publishPatent(input: {{ publicationNumber: $n, title: $t, abstract: $a, legalStatus: GRANTED, holderId: $h {more} }}) {{ patent {{ id }} errors {{ ... on Error {{ message }} }} }} }}",
            new { n = $"CN10288989{i}B", t = title ?? $"膨胀小的硅碳负极材料{i}", a = "一种硅碳负极材料，膨胀小，首次效率高" + Extras[i % Extras.Length], h = Institution });
        Assert.True(answer["data"]?["publishPatent"]?["patent"] is not null, answer.ToJsonString());
        return answer["data"]!["publishPatent"]!["patent"]!["id"]!.GetValue<string>();
    }

    public static async Task<string> NeedAsync(this RunningService service, string? enterprise = null, NeedVisibility visibility = NeedVisibility.Public, string title = Need)
    {
        var answer = await service.AskAsync("mutation($e: ID, $t: String!, $v: NeedVisibility) { createNeed(input: { enterpriseId: $e, visibility: $v, title: $t, description: \"硅碳负极膨胀小、首次效率高的材料\" }) { need { id } errors { ... on Error { message } } } }",
            new { e = enterprise ?? Enterprise, t = title, v = visibility.ToString().ToUpperInvariant() });
        Assert.True(answer["data"]?["createNeed"]?["need"] is not null, answer.ToJsonString());
        return answer["data"]!["createNeed"]!["need"]!["id"]!.GetValue<string>();
    }

    /// <summary>Registers a webhook: its id and its secret.</summary>
    public static async Task<(string Id, string Secret)> WebhookAsync(this RunningService service, string url, string? owner = null, string more = "")
    {
        var answer = await service.DoAsync("createWebhook", $"{owner ?? $"enterpriseId: \"{Enterprise}\""}, url: \"{url}\" {more}", "registration { webhook { id } secret }");
        var registration = answer["registration"]!;
        return (registration["webhook"]!["id"]!.GetValue<string>(), registration["secret"]!.GetValue<string>());
    }

    /// <summary>Runs a mutation that is to succeed; its payload.</summary>
    public static async Task<JsonNode> DoAsync(this RunningService service, string mutation, string input, string selection)
    {
        var answer = await service.TryAsync(mutation, input, selection);
        Assert.True(answer["errors"] is null, answer.ToJsonString());
        return answer;
    }

    /// <summary>Runs a mutation; its payload.</summary>
    public static async Task<JsonNode> TryAsync(this RunningService service, string mutation, string input, string selection, string more = "")
    {
        var answer = await service.AskAsync($"mutation {{ {mutation}(input: {{ {input} }}) {{ {selection} errors {{ __typename ... on Error {{ message code }} {more} }} }} }}");
        Assert.True(answer["data"]?[mutation] is not null, answer.ToJsonString());
        return answer["data"]![mutation]!;
    }

    public static async Task<List<JsonNode>> InboxAsync(this RunningService service, string more = "") =>
        [.. (await service.AskAsync($"{{ recommendations(first: 50) {{ nodes {{ id cursor score state {more} match {{ patent {{ id title }} need {{ id }} }} }} }} }}"))["data"]!["recommendations"]!["nodes"]!.AsArray().Select(r => r!)];

    public static async Task<List<JsonNode>> DeliveriesAsync(this RunningService service, string owner, string where = "{}") =>
        [.. (await service.AskAsync($"{{ webhooks({owner}) {{ nodes {{ deliveries(first: 50, where: {where}) {{ nodes {{ id recommendationId state isReplay attempts lastStatus lastFault nextAttemptAt recommendation {{ id }} }} }} }} }} }}"))["data"]!["webhooks"]!["nodes"]!.AsArray()
            .SelectMany(w => w!["deliveries"]!["nodes"]!.AsArray()).Select(d => d!)];
}
