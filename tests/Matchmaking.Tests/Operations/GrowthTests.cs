using System.Text.Json.Nodes;
using Matchmaking.Deliveries;
using Matchmaking.Tests.Running;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Matchmaking.Tests.Operations;

/// <summary>No list costs more SQL statements for being longer, whatever is selected of its items; the questions are made from the schema.</summary>
public sealed class GrowthTests(DemoService demo) : IClassFixture<DemoService>
{
    private const string Introspection = """
        { __schema { types { name kind fields { name args { name type { kind } } type { kind name ofType { kind name ofType { kind name ofType { kind name } } } } } } } }
        """;

    private static readonly Guid Listener = Guid.Parse("01900000-0000-7000-8000-000000000009");

    /// <summary>Arguments that a root needs to give enough items.</summary>
    private static readonly Dictionary<string, string> Asked = new()
    {
        ["searchPatents"] = "query: \"电池\", ",
        ["tryNeed"] = "description: \"锂电池负极材料快充\", ",
        ["webhooks"] = $"enterpriseId: \"{Api.Ids.Encode("Enterprise", Listener)}\", ",
        ["digests"] = $"enterpriseId: \"{Api.Ids.Encode("Enterprise", Listener)}\", ",
    };

    [Fact]
    public async Task Statements_dont_grow_with_any_list_of_the_schema()
    {
        await ListenAsync();
        var schema = (await demo.Service.AskAsync(Introspection))["data"]!["__schema"]!["types"]!.AsArray().ToDictionary(t => (string)t!["name"]!, t => t!);
        var tried = 0;
        var wrong = new List<string>();
        foreach (var root in schema["Query"]["fields"]!.AsArray().Where(f => Has(f!, "first")))
        {
            foreach (var (query, what) in Questions(schema, root!))
            {
                var (few, many) = (await demo.Service.MeasureAsync(query(2)), await demo.Service.MeasureAsync(query(8)));
                Assert.True(many["response"]!["errors"] is null, $"{query(8)}: {many["response"]!["errors"]?.ToJsonString()}");
                Assert.True(Items(many) > Items(few), $"{what} has too few items to tell.");
                if ((int)many["sql"]! > (int)few["sql"]!)
                    wrong.Add($"{what}: {few["sql"]} statements for 2 items, {many["sql"]} for 8");
                tried++;
            }
        }
        Assert.Empty(wrong);
        Assert.InRange(tried, 50, 1000);
    }

    /// <summary>The demo registers nobody: somebody with webhooks, paused, that were told something.</summary>
    private async Task ListenAsync()
    {
        await using var store = demo.Service.Stores.Open("test");
        var told = await store.Recommendations.Where(r => r.Position != null && r.TakenBackAt == null).OrderBy(r => r.Position).Take(16).ToListAsync();
        for (var i = 0; i < 8; i++)
        {
            var webhook = new Webhook { Id = store.NewKey(), EnterpriseId = Listener, Url = "https://receiver.example/", Secret = "x", IsPaused = true, CreatedAt = store.Now, UpdatedAt = store.Now };
            store.Webhooks.Add(webhook);
            foreach (var recommendation in told.Skip(2 * i).Take(2))
                store.Deliveries.Add(new Delivery { Id = store.NewKey(), WebhookId = webhook.Id, RecommendationId = recommendation.Id, Position = recommendation.Position, CreatedAt = store.Now, UpdatedAt = store.Now });
        }
        await store.CommitAsync();
    }

    /// <summary>A root with each field of its items, and with each field of these again.</summary>
    private static IEnumerable<(Func<int, string> Query, string What)> Questions(Dictionary<string, JsonNode> schema, JsonNode root)
    {
        var name = (string)root["name"]!;
        var (way, type) = Item(schema, root["type"]!);
        foreach (var field in Objects(schema, type))
        {
            foreach (var below in Objects(schema, Item(schema, field["type"]!).Type).Select(f => Selection(schema, f, null)).Prepend(null))
            {
                var selection = Selection(schema, field, below);
                yield return (n => $"{{ {name}({Asked.GetValueOrDefault(name)}first: {n}) {string.Format(System.Globalization.CultureInfo.InvariantCulture, way, "__typename " + selection)} }}", $"{name} > {selection}");
            }
        }
    }

    private static string Selection(Dictionary<string, JsonNode> schema, JsonNode field, string? below)
    {
        var (way, type) = Item(schema, field["type"]!);
        var scalars = string.Join(' ', schema[type]["fields"]!.AsArray().Where(f => !Required(f!) && !IsObject(schema, Named(f!["type"]!))).Select(f => (string)f!["name"]!));
        return $"{field["name"]}{(Has(field, "first") ? "(first: 2)" : "")} {string.Format(System.Globalization.CultureInfo.InvariantCulture, way, $"__typename {scalars} {below}")}";
    }

    /// <summary>How to get from a field to the objects it lists, through the connection where it has one.</summary>
    private static (string Way, string Type) Item(Dictionary<string, JsonNode> schema, JsonNode type)
    {
        var name = Named(type);
        return name.EndsWith("Connection", StringComparison.Ordinal)
            ? ("{{ totalCount nodes {{ {0} }} }}", Named(schema[name]["fields"]!.AsArray().Single(f => (string)f!["name"]! == "nodes")!["type"]!))
            : ("{{ {0} }}", name);
    }

    private static IEnumerable<JsonNode> Objects(Dictionary<string, JsonNode> schema, string type) =>
        schema[type]["fields"]!.AsArray().Where(f => !Required(f!) && IsObject(schema, Named(f!["type"]!)))!;

    private static bool Required(JsonNode field) => field["args"]!.AsArray().Any(a => (string)a!["type"]!["kind"]! == "NON_NULL");

    private static bool Has(JsonNode field, string argument) => field["args"]!.AsArray().Any(a => (string)a!["name"]! == argument);

    private static bool IsObject(Dictionary<string, JsonNode> schema, string type) => (string)schema[type]["kind"]! == "OBJECT";

    private static string Named(JsonNode type) => type["ofType"] is { } inner ? Named(inner) : (string)type["name"]!;

    private static int Items(JsonNode? node) => node switch
    {
        JsonObject o => o.Sum(m => Items(m.Value)),
        JsonArray a => a.Count + a.Sum(Items),
        _ => 0,
    };
}
