using System.Text.Json.Nodes;
using CsCheck;
using Matchmaking.Tests.Running;
using Xunit;

namespace Matchmaking.Tests.Operations;

/// <summary>What a field answers doesn't depend on what else is asked for, though only what is asked for is fetched.</summary>
public sealed class ProjectionTests(DemoService demo) : IClassFixture<DemoService>
{
    private static readonly string[] Members =
    [
        "title", "abstract", "kind", "legalStatus", "legalStatusOn", "filedOn", "grantedOn", "expiresOn", "publicationNumber", "applicationNumber", "ipcCodes", "keywords", "inventors",
        "transferModes", "readiness", "prospect", "createdAt", "claims", "holder { name }", "holder { name province }", "holder { code patents(first: 1) { totalCount } }",
        "publications { number on }", "legalEvents { text }", "similar(first: 2) { score patent { title abstract } }", "matches(first: 1) { totalCount nodes { score patent { claims } need { title } } }",
    ];

    /// <summary>Lists of patents, each with the way to its items.</summary>
    private static readonly string[] Lists =
    [
        "patents(first: 4) { nodes { SELECTION } }",
        "patents(last: 3, order: [{ filedOn: DESC }, { title: ASC }]) { edges { node { SELECTION } } }",
        "searchPatents(query: \"电池\", first: 3) { nodes { score patent { SELECTION } } }",
        "institutions(first: 2) { nodes { name patents(first: 2) { nodes { SELECTION } } } }",
    ];

    [Fact]
    public async Task A_field_answers_the_same_whatever_else_is_selected()
    {
        foreach (var list in Lists)
        {
            // One field at a time, so that nothing else can have fetched it.
            var alone = new List<List<JsonNode?>>();
            foreach (var member in Members)
                alone.Add(Values(await AskAsync($"{{ {list.Replace("SELECTION", "x: " + member)} }}"), "x"));
            Assert.All(alone, values => Assert.NotEmpty(values));
            await Gen.Select(Gen.Int[0, Members.Length - 1].Array[1, 6], Gen.Int[0, 2]).SampleAsync(async (chosen, how) =>
            {
                var fields = chosen.Select((member, i) => $"f{i}: {Members[member]}").ToArray();
                var half = fields.Length / 2;
                var selection = how switch
                {
                    0 => string.Join(' ', fields),
                    1 => $"id ... on Patent {{ {string.Join(' ', fields[..half].DefaultIfEmpty("__typename"))} }} ... {{ {string.Join(' ', fields[half..])} }}",
                    _ => $"...F {string.Join(' ', fields[half..])}",
                };
                var document = $"{{ {list.Replace("SELECTION", selection)} }}" + (how == 2 ? $" fragment F on Patent {{ {string.Join(' ', fields[..half].DefaultIfEmpty("__typename"))} }}" : "");
                // Asked three times: a document that comes again is read and fetched in other ways than a new one.
                for (var time = 0; time < 3; time++)
                {
                    var together = await AskAsync(document);
                    for (var i = 0; i < chosen.Length; i++)
                        Assert.Equal(Shown(alone[chosen[i]]), Shown(Values(together, $"f{i}")));
                }
            }, iter: 25, threads: 1);
        }
    }

    [Theory]
    [InlineData("patent", "Patent")]
    [InlineData("need", "Need")]
    [InlineData("institution", "Institution")]
    [InlineData("enterprise", "Enterprise")]
    public async Task Things_asked_for_under_many_names_are_found_in_one_statement(string field, string type)
    {
        var all = await AskAsync($"{{ {(type == "Enterprise" ? "needs(first: 30) { nodes { enterprise { id } } }" : $"{field}s(first: 9) {{ nodes {{ id }} }}")} }}");
        var ids = Values(all, "id").Select(id => (string)id!).Distinct().Take(9).ToList();
        Assert.InRange(ids.Count, 2, 9);
        var byName = await demo.Service.MeasureAsync($"{{ {string.Join(' ', ids.Select((id, i) => $"a{i}: {field}(id: \"{id}\") {{ id }}"))} }}");
        Assert.Equal(ids, Values(byName["response"]!, "id").Select(id => (string)id!));
        Assert.Equal(1, (int)byName["sql"]!);
        var nodes = await demo.Service.MeasureAsync("query($ids: [ID!]!) { nodes(ids: $ids) { id } }", new JsonObject { ["ids"] = new JsonArray([.. ids.Select(id => JsonValue.Create(id))]) });
        Assert.Equal(ids, Values(nodes["response"]!, "id").Select(id => (string)id!));
        Assert.Equal(1, (int)nodes["sql"]!);
    }

    private async Task<JsonNode> AskAsync(string document)
    {
        var answer = await demo.Service.AskAsync(document);
        Assert.True(answer["errors"] is null, $"{document}: {answer.ToJsonString()}");
        return answer["data"]!;
    }

    private static string Shown(List<JsonNode?> values) => string.Join('\n', values.Select(v => v?.ToJsonString() ?? "null"));

    /// <summary>Every value of this name, in the order of the answer.</summary>
    private static List<JsonNode?> Values(JsonNode? node, string name) => node switch
    {
        JsonObject o => [.. o.SelectMany(m => m.Key == name ? [m.Value] : Values(m.Value, name))],
        JsonArray a => [.. a.SelectMany(item => Values(item, name))],
        _ => [],
    };
}
