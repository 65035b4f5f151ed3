using Matchmaking.Deliveries;
using Matchmaking.Recommendations;
using Matchmaking.Store;

namespace Matchmaking.Hosting;

/// <summary>The settings that may stand on the command line; ASP.NET Core itself takes a misspelled one without a word.</summary>
internal static class SettingArguments
{
    private static readonly string[] Plain = ["urls", "environment", "contentRoot", "applicationName", "http_ports", "https_ports"];

    private static readonly string[] Ours =
    [
        "Matchmaking:Data", "Matchmaking:Provider", "Matchmaking:Demo", "Matchmaking:Ide", "Matchmaking:Metrics", "ConnectionStrings:Matchmaking",
        RecommendationSettings.ThresholdKey, RecommendationSettings.PerDayKey, RecommendationSettings.NodeKey, .. DeliverySettings.Keys,
    ];

    /// <summary>Whole sections whose keys others know better: ASP.NET Core's, and the transport's and the rights', which refuse what they don't know.</summary>
    private static readonly string[] Sections = ["Logging", "Kestrel", "Matchmaking:GraphQL", "Matchmaking:Access"];

    /// <exception cref="ConfigurationException">A word is no setting, or a setting has no value.</exception>
    public static void Require(IReadOnlyList<string> args)
    {
        for (var i = 0; i < args.Count; i++)
        {
            var arg = args[i];
            if (!arg.StartsWith("--", StringComparison.Ordinal))
                throw new ConfigurationException($"'{arg}' is neither an option nor the value of one. See --help.");
            var equals = arg.IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? arg[2..] : arg[2..equals];
            RequireKnown(name, arg[..(name.Length + 2)]);
            if (equals < 0 && (++i == args.Count || args[i].StartsWith("--", StringComparison.Ordinal)))
                throw new ConfigurationException($"{arg}: its value is missing.");
        }
    }

    /// <exception cref="ConfigurationException">A setting isn't written NAME=VALUE, or there is none of that name.</exception>
    public static void RequirePairs(IEnumerable<string> settings)
    {
        foreach (var setting in settings)
        {
            var equals = setting.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0)
                throw new ConfigurationException($"--set: '{setting}' isn't written NAME=VALUE.");
            RequireKnown(setting[..equals], $"--set {setting[..equals]}");
        }
    }

    private static void RequireKnown(string name, string shown)
    {
        if (Plain.Concat(Ours).Contains(name, StringComparer.OrdinalIgnoreCase)
            || name.StartsWith("OTEL_", StringComparison.Ordinal)
            || Sections.Any(s => name.StartsWith(s + ":", StringComparison.OrdinalIgnoreCase)))
            return;
        var nearest = Plain.Concat(Ours).Append("data").Select(known => (known, Distance: Distance(name.ToUpperInvariant(), known.ToUpperInvariant()))).MinBy(k => k.Distance);
        throw new ConfigurationException(nearest.Distance <= 3
            ? $"{shown} is no option or setting; did you mean --{nearest.known}?"
            : $"{shown} is no option or setting. See --help; settings are {string.Join(", ", Ours)}.");
    }

    /// <summary>Levenshtein's: how many letters to add, drop or change.</summary>
    private static int Distance(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (from[i - 1] == to[j - 1] ? 0 : 1)));
        }
        return row[^1];
    }
}
