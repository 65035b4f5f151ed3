using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Matchmaking.Tests.Running;

namespace Matchmaking.Tests.Operations;

/// <summary>One file of <c>schema/operations</c>: a document, and the lookups in its head that give its variables.</summary>
internal sealed partial record SampleOperation(string Name, string Document)
{
    public static readonly string Directory = Repository.At("schema", "operations");

    public static IReadOnlyList<SampleOperation> All { get; } =
        [.. System.IO.Directory.EnumerateFiles(Directory, "*.graphql").Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal).Select(name => Read(name!))];

    public bool IsSubscription => Document.Contains($"\nsubscription {Name}", StringComparison.Ordinal);

    public bool IsMutation => Mutation().IsMatch(Document);

    public static SampleOperation Read(string name) => new(name, File.ReadAllText(Path.Combine(Directory, name + ".graphql")));

    /// <summary>Runs it with its lookups: status, number of SQL statements, answer.</summary>
    public async Task<JsonObject> RunAsync(RunningService service)
    {
        var variables = new JsonObject();
        foreach (Match lookup in Lookup().Matches(Document))
        {
            var answer = await service.AskAsync(lookup.Groups["query"].Value);
            variables[lookup.Groups["name"].Value] = FirstId(answer)
                ?? throw new InvalidOperationException($"{Name}: the lookup of ${lookup.Groups["name"].Value} found nothing: {answer.ToJsonString()}");
        }
        return await (IsSubscription ? service.MeasureFirstEventAsync(Document, variables) : service.MeasureAsync(Document, variables.Count > 0 ? variables : null));
    }

    private static string? FirstId(JsonNode? node) => node switch
    {
        JsonObject o => o["id"]?.GetValue<string>() ?? o.Select(m => FirstId(m.Value)).FirstOrDefault(id => id is not null),
        JsonArray a => a.Select(FirstId).FirstOrDefault(id => id is not null),
        _ => null,
    };

    [GeneratedRegex(@"^# \$(?<name>\w+) = (?<query>\{.*\})\s*$", RegexOptions.Multiline)]
    private static partial Regex Lookup();

    [GeneratedRegex("^mutation\\b", RegexOptions.Multiline)]
    private static partial Regex Mutation();
}
