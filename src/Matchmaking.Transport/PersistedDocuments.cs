using System.Collections.Frozen;
using System.Text;
using System.Text.Json;
using GraphQLParser;
using GraphQLParser.AST;

namespace Matchmaking.Transport;

/// <summary>The documents that the operator knows beforehand, each by its id; read once, at the start.</summary>
internal static class PersistedDocuments
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a directory of <c>ID.graphql</c> files and <c>.json</c> manifests, or one manifest.</summary>
    /// <remarks>A manifest is Relay's, <c>{id: document}</c>, or Apollo's, <c>{operations: [{id, body}]}</c>.</remarks>
    /// <exception cref="InvalidOptionException">A file can't be read, is no GraphQL, or says of an id what another said otherwise.</exception>
    public static FrozenDictionary<string, string> Load(string? path)
    {
        var documents = new Dictionary<string, string>(StringComparer.Ordinal);
        if (path is null)
            return documents.ToFrozenDictionary(StringComparer.Ordinal);
        if (!Directory.Exists(path) && !File.Exists(path))
            throw Refuse(path, "there is no such directory or file");
        foreach (var file in Directory.Exists(path) ? Directory.EnumerateFiles(path).Order(StringComparer.Ordinal).ToArray() : [path])
        {
            if (file.EndsWith(".graphql", StringComparison.Ordinal))
                Add(documents, file, Path.GetFileNameWithoutExtension(file), Text(file));
            else if (file.EndsWith(".json", StringComparison.Ordinal))
                AddManifest(documents, file);
        }
        return documents.Count > 0 ? documents.ToFrozenDictionary(StringComparer.Ordinal) : throw Refuse(path, "no .graphql and no .json file is there");
    }

    private static void AddManifest(Dictionary<string, string> documents, string file)
    {
        try
        {
            using var manifest = JsonDocument.Parse(Text(file), new JsonDocumentOptions { AllowDuplicateProperties = false });
            if (manifest.RootElement.TryGetProperty("operations", out var operations) && operations.ValueKind == JsonValueKind.Array)
            {
                foreach (var operation in operations.EnumerateArray())
                    Add(documents, file, operation.GetProperty("id").GetString()!, operation.GetProperty("body").GetString()!);
                return;
            }
            foreach (var member in manifest.RootElement.EnumerateObject())
                Add(documents, file, member.Name, member.Value.GetString()!);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw Refuse(file, "it is no manifest {\"id\": \"document\"} or {\"operations\": [{\"id\", \"body\"}]}", e);
        }
    }

    private static void Add(Dictionary<string, string> documents, string file, string id, string text)
    {
        try
        {
            if (!Parser.Parse(text).Definitions.OfType<GraphQLOperationDefinition>().Any())
                throw Refuse(file, $"the document '{id}' has no operation");
        }
        catch (Exception e) when (e is GraphQLParser.Exceptions.GraphQLParserException or IndexOutOfRangeException)
        {
            throw Refuse(file, $"the document '{id}' is no GraphQL: {e.Message.ReplaceLineEndings(" ")}", e);
        }
        if (!documents.TryAdd(id, text) && documents[id] != text)
            throw Refuse(file, $"the id '{id}' stands for another document already");
    }

    private static string Text(string file)
    {
        try
        {
            var text = Strict.GetString(File.ReadAllBytes(file));
            return text.StartsWith('\uFEFF') ? text[1..] : text;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or DecoderFallbackException)
        {
            throw Refuse(file, e is DecoderFallbackException ? "it is no UTF-8" : e.Message, e);
        }
    }

    private static InvalidOptionException Refuse(string path, string why, Exception? inner = null) => new($"PersistedDocuments: '{path}': {why}.", inner);
}
