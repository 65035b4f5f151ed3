using System.Text.Json.Nodes;

namespace Matchmaking.Tests.Crashing.Drill;

/// <summary>What a service answers, in terms that don't depend on keys.</summary>
internal static class Answers
{
    private const string Counts = "{ institutions { totalCount } patents { totalCount } needs { totalCount } }";

    private const string Matches =
        "{ needs(first: 20, order: [{ title: ASC }]) { nodes { title matches(first: 10) { totalCount nodes { rank score patent { applicationNumber title } } } } } }";

    private const string Search = "query ($words: String!) { searchPatents(query: $words, first: 10) { totalCount nodes { score patent { applicationNumber } } } }";

    /// <summary>Counts of every kind, the best ten matches of twenty needs with their scores, and a dozen searches.</summary>
    public static async Task<string> CollectAsync(ServingProgram service)
    {
        var answers = new JsonArray { await service.DataAsync(Counts), await service.DataAsync(Matches) };
        foreach (var words in InventedPatents.Searches())
            answers.Add(await service.DataAsync(Search, new { words }));
        return answers.ToJsonString(new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }
}
