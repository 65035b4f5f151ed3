using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Matchmaking.Store;
using Matchmaking.Tests.Running;
using Xunit;

namespace Matchmaking.Tests.Transport;

/// <summary>Documents by id and by hash.</summary>
public sealed class DocumentIdTests : IDisposable
{
    private const string Text = "{ __typename }";

    private static readonly string Hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text)));

    private readonly string _directory = Directory.CreateTempSubdirectory("matchmaking-documents").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task Files_and_manifests_are_asked_by_id()
    {
        File.WriteAllText(Path.Combine(_directory, "Type.graphql"), "query Type { __typename }");
        File.WriteAllText(Path.Combine(_directory, "relay.json"), "{\"7\":\"query A { a: __typename }\"}");
        File.WriteAllText(Path.Combine(_directory, "apollo.json"), "{\"format\":\"apollo-persisted-query-manifest\",\"version\":1,\"operations\":[{\"id\":\"b7\",\"name\":\"B\",\"type\":\"query\",\"body\":\"query B($x: Boolean!) { b: __typename @include(if: $x) }\"}]}");
        await using var service = await RunningService.StartAsync(args: $"--Matchmaking:GraphQL:PersistedDocuments={_directory}");
        Assert.Equal("{\"__typename\":\"Query\"}", await DataAsync(service, new { documentId = "Type" }));
        Assert.Equal("{\"__typename\":\"Query\"}", await DataAsync(service, new { id = "Type" }));
        Assert.Equal("{\"a\":\"Query\"}", await DataAsync(service, new { documentId = "7" }));
        Assert.Equal("{\"b\":\"Query\"}", await DataAsync(service, new { documentId = "b7", variables = new { x = true } }));
        // As Apollo's link for generated ids sends them.
        Assert.Equal("{\"b\":\"Query\"}", await DataAsync(service, new { extensions = new { persistedQuery = new { version = 1, sha256Hash = "b7" } }, variables = new { x = true } }));
        Assert.Equal("{\"a\":\"Query\"}", (await JsonAsync(await service.Http.GetAsync(new Uri("/graphql?documentId=7", UriKind.Relative)), 200))["data"]!.ToJsonString());
        Assert.Equal("HC0020", Code(await AskAsync(service, new { documentId = "8" }, 400)));
        Assert.Equal("{\"free\":\"Query\"}", await DataAsync(service, new { query = "{ free: __typename }" }));
    }

    [Fact]
    public async Task Nothing_else_is_taken_where_only_persisted_documents_are()
    {
        File.WriteAllText(Path.Combine(_directory, Hash + ".graphql"), Text);
        await using var service = await RunningService.StartAsync(args: [$"--Matchmaking:GraphQL:PersistedDocuments={_directory}", "--Matchmaking:GraphQL:OnlyPersisted=true"]);
        Assert.Equal("{\"__typename\":\"Query\"}", await DataAsync(service, new { documentId = Hash }));
        Assert.Equal("HC0067", Code(await AskAsync(service, new { query = "{ a: __typename }" }, 400)));
        Assert.Equal("HC0067", Code(await AskAsync(service, new { query = "{ a: __typename }", extensions = Persisted(Hash) }, 400)));
        Assert.Equal("HC0067", Code(await AskAsync(service, new { query = "{ a: __typename }", extensions = new { persistedQuery = new { md5Hash = "x" } } }, 400)));
        Assert.Equal("{\"__typename\":\"Query\"}", await DataAsync(service, new { query = Text, extensions = Persisted(Hash) }));
    }

    [Theory]
    [InlineData("broken.graphql", "{ a(", "is no GraphQL")]
    [InlineData("empty.graphql", "", "has no operation")]
    [InlineData("a.json", "[]", "it is no manifest")]
    [InlineData("a.json", "{\"a\":7}", "it is no manifest")]
    [InlineData("a.txt", "x", "no .graphql and no .json file is there")]
    public async Task A_directory_that_cant_be_used_stops_the_start(string file, string text, string message)
    {
        File.WriteAllText(Path.Combine(_directory, file), text);
        var refusal = await Assert.ThrowsAsync<ConfigurationException>(() => RunningService.StartAsync(args: $"--Matchmaking:GraphQL:PersistedDocuments={_directory}"));
        Assert.StartsWith("Matchmaking:GraphQL:PersistedDocuments: '" + _directory, refusal.Message, StringComparison.Ordinal);
        Assert.Contains(message, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hash_registers_its_document()
    {
        await using var service = await RunningService.StartAsync(args: "--Matchmaking:GraphQL:MaxAutomaticDocuments=2");
        var hashOnly = new { extensions = Persisted(Hash) };
        var unknown = await AskAsync(service, hashOnly, 400);
        Assert.Equal("HC0020", Code(unknown));
        // Apollo, urql and HotChocolate's clients branch on these very words.
        Assert.Equal("PersistedQueryNotFound", unknown["errors"]![0]!["message"]!.GetValue<string>());
        Assert.Equal("{\"__typename\":\"Query\"}", await DataAsync(service, new { query = Text, extensions = Persisted(Hash) }));
        Assert.Equal("{\"__typename\":\"Query\"}", await DataAsync(service, hashOnly));
        var url = $"/graphql?extensions={Uri.EscapeDataString(JsonSerializer.Serialize(Persisted(Hash)))}";
        Assert.Equal("{\"__typename\":\"Query\"}", (await JsonAsync(await service.Http.GetAsync(new Uri(url, UriKind.Relative)), 200))["data"]!.ToJsonString());
        // Two others, and the first is the longest unused.
        foreach (var text in (string[])["{ a: __typename }", "{ b: __typename }"])
            await DataAsync(service, new { query = text, extensions = Persisted(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))) });
        Assert.Equal("HC0020", Code(await AskAsync(service, hashOnly, 400)));
    }

    [Fact]
    public async Task A_hash_of_another_document_or_a_document_that_isnt_valid_registers_nothing()
    {
        await using var service = await RunningService.StartAsync();
        Assert.Equal("HC0012", Code(await AskAsync(service, new { query = "{ a: __typename }", extensions = Persisted(Hash) }, 400)));
        Assert.Equal("HC0020", Code(await AskAsync(service, new { extensions = Persisted(Hash) }, 400)));
        const string bad = "{ nothing }";
        var badHash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(bad)));
        Assert.Equal("FIELDS_ON_CORRECT_TYPE", Code(await AskAsync(service, new { query = bad, extensions = Persisted(badHash) }, 400)));
        Assert.Equal("HC0020", Code(await AskAsync(service, new { extensions = Persisted(badHash) }, 400)));
    }

    [Fact]
    public async Task Registering_can_be_switched_off()
    {
        await using var service = await RunningService.StartAsync(args: "--Matchmaking:GraphQL:MaxAutomaticDocuments=0");
        var answer = await AskAsync(service, new { extensions = Persisted(Hash) }, 400);
        Assert.Equal("PersistedQueryNotSupported", answer["errors"]![0]!["message"]!.GetValue<string>());
        Assert.Equal("PERSISTED_QUERY_NOT_SUPPORTED", Code(answer));
    }

    private static object Persisted(string hash) => new { persistedQuery = new { version = 1, sha256Hash = hash } };

    private static async Task<string> DataAsync(RunningService service, object request) => (await AskAsync(service, request, 200))["data"]!.ToJsonString();

    private static async Task<JsonNode> AskAsync(RunningService service, object body, int status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = JsonContent.Create(body), Headers = { Accept = { new("application/graphql-response+json") } } };
        return await JsonAsync(await service.Http.SendAsync(request), status);
    }

    private static async Task<JsonNode> JsonAsync(HttpResponseMessage response, int status)
    {
        using (response)
        {
            var text = await response.Content.ReadAsStringAsync();
            Assert.True((HttpStatusCode)status == response.StatusCode, $"{(int)response.StatusCode}: {text}");
            return JsonNode.Parse(text)!;
        }
    }

    private static string? Code(JsonNode answer) => answer["errors"]?[0]?["extensions"]?["code"]?.GetValue<string>();
}
