using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Matchmaking.Api;

namespace Matchmaking.Benchmarks.Throughput;

/// <summary>One operation with the bodies that are sent in turn, and who is asked; ours comes first.</summary>
internal sealed record Workload(string Name, IReadOnlyList<Server> Servers, IReadOnlyList<string> Bodies);

/// <summary>The operations that are measured.</summary>
internal static class Workloads
{
    private const string Patents = """
        query Patents($first: Int!) { patents(first: $first) { nodes {
          id title kind legalStatus filedOn publicationNumber ipcCodes holder { name province } } pageInfo { hasNextPage endCursor } } }
        """;

    private const string Patent = """
        query Patent($id: ID!) { patent(id: $id) { id title abstract kind legalStatus filedOn publicationNumber ipcCodes holder { name province } } }
        """;

    private const string Search = """
        query Search($query: String!) { searchPatents(query: $query, first: 20) { totalCount nodes {
          patent { id title kind legalStatus publicationNumber holder { name province } } } pageInfo { hasNextPage } } }
        """;

    private const string Things = "query Things { things { id name value active } }";

    /// <summary>Words of which our segmentation and trigrams may find the same patents; those are searched for where they do.</summary>
    private static readonly string[] Words = ["石墨烯", "机器人", "传感器", "催化剂", "控制器", "计算机", "激光器", "电动机", "铝合金", "碳纤维", "发动机", "显微镜", "聚合物", "无人机", "换热器", "减速器", "纳米管", "微生物"];

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The workloads, after each server has answered each body as the others do.</summary>
    public static async Task<List<Workload>> OfAsync(List<Server> servers, string rows)
    {
        Server Named(string name) => servers.Single(s => s.Name == name);
        Server[] stored = [Named("ours"), Named("mercurius"), Named("yoga")];
        var words = new List<string>();
        foreach (var word in Words)
        {
            if (await Same(stored, Body(Search, new { query = word }), atLeast: 3))
                words.Add(word);
        }
        if (words.Count < 2)
            throw new InvalidOperationException("There are no words of which both full-text searches find the same patents.");
        Console.WriteLine($"searched for: {string.Join(' ', words)} (ours: words, scored by BM25F; peers: FTS5 over trigrams; same patents found)");
        List<Workload> workloads =
        [
            new("patents(first: 20)", stored, [Body(Patents, new { first = 20 })]),
            new("patent(id)", stored, [.. PeerRows.Keys(rows, 200).Select(key => Body(Patent, new { id = Ids.Encode("Patent", key) }))]),
            new("searchPatents", stored, [.. words.Select(word => Body(Search, new { query = word }))]),
            new("20 objects, no store", [Named("transport"), Named("bare"), Named("mercurius"), Named("yoga")], [Body(Things, new { })]),
        ];
        foreach (var workload in workloads)
        {
            foreach (var body in workload.Bodies)
            {
                if (!await Same(workload.Servers, body, atLeast: 0))
                    throw new InvalidOperationException($"The servers don't answer the same to {body}");
            }
        }
        return workloads;
    }

    private static async Task<bool> Same(IReadOnlyList<Server> servers, string body, int atLeast)
    {
        var first = Sorted(await servers[0].DataAsync(body));
        if (atLeast > 0 && first["searchPatents"]!["totalCount"]!.GetValue<int>() < atLeast)
            return false;
        foreach (var server in servers.Skip(1))
        {
            if (!JsonNode.DeepEquals(first, Sorted(await server.DataAsync(body))))
                return false;
        }
        return true;
    }

    /// <summary>The hits of a search in the order of their text: what is found must be the same, each ranks by its own formula.</summary>
    private static JsonNode Sorted(JsonNode data)
    {
        if (data["searchPatents"]?["nodes"] is JsonArray hits)
            data["searchPatents"]!["nodes"] = new JsonArray([.. hits.Select(h => h!.DeepClone()).OrderBy(h => h.ToJsonString(), StringComparer.Ordinal)]);
        return data;
    }

    private static string Body(string query, object variables) =>
        JsonSerializer.Serialize(new { query = query.ReplaceLineEndings(" "), variables }, Plain);
}
