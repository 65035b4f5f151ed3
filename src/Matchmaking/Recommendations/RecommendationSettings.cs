using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Matchmaking.Store;

namespace Matchmaking.Recommendations;

/// <summary>When a match is worth telling, and how many a day.</summary>
/// <param name="Threshold">The least score, 0 to 100.</param>
/// <param name="PerDay">How many a need is told in one Chinese day; the rest wait, best first.</param>
/// <param name="Node">What this process is called where several share the work.</param>
internal sealed record RecommendationSettings(double Threshold, int PerDay, string Node = "")
{
    public const string ThresholdKey = "Matchmaking:Recommendations:Threshold";
    public const string PerDayKey = "Matchmaking:Recommendations:PerDay";
    public const string NodeKey = "Matchmaking:Node";

    private const int LongestNode = 100;

    /// <remarks>By the verb thresholds of the benchmarks: from 60 on, 88 of 100 judged that are told are of grade 2 or 3, and 135 of the 149 judged needs are told something.</remarks>
    public static readonly RecommendationSettings Default = new(60, 5);

    /// <exception cref="ConfigurationException">A value can't be used; the message names it.</exception>
    public static RecommendationSettings From(IConfiguration configuration, string dataDirectory)
    {
        var (threshold, perDay) = (Default.Threshold, Default.PerDay);
        if (configuration[ThresholdKey] is { } least && !(double.TryParse(least, NumberStyles.Float, CultureInfo.InvariantCulture, out threshold) && threshold is > 0 and <= 100))
            throw new ConfigurationException($"{ThresholdKey}: '{least}' is no score above 0 and up to 100.");
        if (configuration[PerDayKey] is { } most && !(int.TryParse(most, NumberStyles.None, CultureInfo.InvariantCulture, out perDay) && perDay is >= 1 and <= 1000))
            throw new ConfigurationException($"{PerDayKey}: '{most}' is no whole number from 1 to 1000.");
        // The directory itself is nobody's business who asks over the network.
        var node = configuration[NodeKey]?.Trim() ?? $"{Environment.MachineName}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(dataDirectory)))[..8]}";
        if (node.Length is 0 or > LongestNode)
            throw new ConfigurationException($"{NodeKey}: '{node}' is no name of 1 to {LongestNode} characters.");
        return new RecommendationSettings(threshold, perDay, node);
    }
}
