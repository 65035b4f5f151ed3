namespace Matchmaking.Benchmarks;

/// <summary>The options of a verb: <c>--name value</c>.</summary>
internal static class Options
{
    public static Dictionary<string, string> Of(string[] args) =>
        args.Index().Where(a => a.Item.StartsWith("--", StringComparison.Ordinal) && a.Index + 1 < args.Length).ToDictionary(a => a.Item[2..], a => args[a.Index + 1]);
}
