using System.Text.Json.Nodes;
using Matchmaking.Tests.Running;
using Xunit;

namespace Matchmaking.Tests.Transport;

/// <summary>What front ends do with the schema as it is committed: types are generated and compiled, Relay compiles its fragments, and both then ask the real service.</summary>
public sealed class FrontEndTests
{
    [SkippableFact]
    public async Task Generated_types_compile_and_serve_Apollo_and_urql()
    {
        await NodeClients.RunAsync("node_modules/.bin/graphql-codegen", "--config", "frontend/codegen.mjs");
        await NodeClients.RunAsync("node_modules/.bin/tsc", "-p", "frontend/tsconfig.json");
        await using var service = await DemoData.StartAsync();
        var said = Steps(await NodeClients.RunAsync("frontend/built/app.js", Address(service)));

        Assert.True(said["apollo"]!["numbers"]!.GetValue<bool>());
        Assert.Equal(3, said["apollo"]!["budgets"]!.AsArray().Count);
        var patents = (await service.AskAsync("{ patents { totalCount } }"))["data"]!["patents"]!["totalCount"]!.GetValue<int>();
        Assert.True(patents > 20, "More than a page.");
        Assert.Equal(patents, said["pages"]!["merged"]!.GetValue<int>());
        Assert.Equal(patents, said["pages"]!["distinct"]!.GetValue<int>());
        Assert.Equal("""{"first":[{"hash":true,"document":false},{"hash":true,"document":true}],"again":{"hash":true,"document":false}}""", said["persisted"]!.ToJsonString());
        Assert.NotEmpty(said["followed"]!["cursor"]!.GetValue<string>());
        Assert.Null(said["urql"]!["error"]);
        Assert.Equal(3, said["urql"]!["hits"]!.GetValue<int>());
        Assert.Contains("title", said["refused"]!.AsArray().Select(field => field!.GetValue<string>()));
        Assert.Equal("""{"title":"string"}""", said["get"]!.ToJsonString());
        Assert.Equal("""{"graphQL":["FIELDS_ON_CORRECT_TYPE"],"network":null}""", said["wrong"]!.ToJsonString());
    }

    [SkippableFact]
    public async Task Relay_compiles_its_fragments_and_asks_by_their_ids()
    {
        var relay = Path.Combine(NodeClients.Directory, "frontend", "relay");
        var persisted = Path.Combine(relay, "persisted.json");
        // The compiler wants both to be there, and persists only what it writes anew.
        if (Directory.Exists(Path.Combine(relay, "__generated__")))
            Directory.Delete(Path.Combine(relay, "__generated__"), recursive: true);
        Directory.CreateDirectory(Path.Combine(relay, "__generated__"));
        await File.WriteAllTextAsync(persisted, "{}");
        await NodeClients.RunInAsync(relay, "../../node_modules/.bin/relay-compiler", "relay.config.json");
        var documents = JsonNode.Parse(await File.ReadAllTextAsync(persisted))!.AsObject();
        Assert.Equal(6, documents.Count);

        await using var service = await DemoData.StartAsync("--Matchmaking:GraphQL:PersistedDocuments", persisted, "--Matchmaking:GraphQL:OnlyPersisted", "true");
        var said = Steps(await NodeClients.RunAsync("frontend/relay.mjs", Address(service)));
        Assert.Equal("""{"first":3,"then":6,"more":true}""", said["pages"]!.ToJsonString());
        Assert.Null(said["mutation"]!["need"]);
        Assert.Contains("InvalidInputError", said["mutation"]!["errors"]!.AsArray().Select(error => error!.GetValue<string>()));
        Assert.Equal(10, said["inbox"]!.GetValue<int>());
    }

    private static string Address(RunningService service) => new Uri(service.Http.BaseAddress!, "/graphql").ToString();

    private static Dictionary<string, JsonNode?> Steps(string[] lines) =>
        lines.Select(line => JsonNode.Parse(line)!).ToDictionary(step => step["step"]!.GetValue<string>(), step => step["value"]);
}
