using System.Text.Json;
using System.Text.Json.Serialization;
using Matchmaking.Patents;
using Matchmaking.Search.Ranking;

namespace Matchmaking.Matches;

/// <summary>What each part of a match counts: data-seeds/ranking/weights.json, learned by <c>relevance --learn</c> from judged needs.</summary>
/// <param name="Version">When they were learned.</param>
/// <param name="TrainedOn">What they were learned from.</param>
/// <param name="Figures">What they gave, and on what; trainedOn says whether those were other needs.</param>
/// <param name="TitleWord">A word of the title.</param>
/// <param name="TitleCharacter">A character of the title: names of one thing share characters more often than words (敷设, 铺设).</param>
/// <param name="Keyword">A word of the keywords; their characters count as much less than the title's.</param>
/// <param name="ContextWord">A word of the description that means what the title does; others count by a power of their closeness to it.</param>
/// <param name="ContextCharacter">The same of a character.</param>
/// <param name="Ipc">A symbol of the classification that the need hints at.</param>
/// <param name="InferredClass">The subclass of the classification that a need without hints lies closest to.</param>
/// <param name="Industry">That a patent has a class in which the need's industry works; it counts once, however many it has.</param>
/// <param name="CharacterRarity">The power to which a character's rarity counts.</param>
/// <param name="Meaning">A patent that means the same, in standard deviations of the words' score.</param>
/// <param name="ContextMeaning">What the description counts in the need's meaning where the title counts one.</param>
/// <param name="UnknownCloseness">How close a word counts that the associations don't know.</param>
/// <param name="ContextPower">That power.</param>
/// <param name="Described">What the score of a patent with an abstract or claims says of its use.</param>
/// <param name="Titled">What that of a patent says of which only the title is known.</param>
public sealed record MatchWeights(
    string Version, string TrainedOn, IReadOnlyDictionary<string, double> Figures,
    double TitleWord, double TitleCharacter, double Keyword, double ContextWord, double ContextCharacter, double Ipc, double InferredClass, double Industry,
    double CharacterRarity, double Meaning, double ContextMeaning, double UnknownCloseness, double ContextPower, PointScale Described, PointScale Titled)
{
    private static readonly JsonSerializerOptions s_format = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        RespectRequiredConstructorParameters = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>Those that the service was built with.</summary>
    public static MatchWeights Shipped { get; } = Read(typeof(MatchWeights).Assembly.GetManifestResourceStream("Matchmaking.Ranking.weights.json")
        ?? throw new InvalidOperationException("The resource weights.json is missing."));

    /// <summary>How meaning counts in a query.</summary>
    internal QueryMeaning QueryMeaning => new(Meaning, ContextMeaning, CharacterRarity, UnknownCloseness, ContextPower) { ClassField = PatentDocument.Ipc, ClassWeight = InferredClass };

    /// <exception cref="JsonException">It isn't a file of weights.</exception>
    public static MatchWeights Read(Stream stream) => JsonSerializer.Deserialize<MatchWeights>(stream, s_format) ?? throw new JsonException("The weights are null.");

    public string Write() => JsonSerializer.Serialize(this, s_format);
}

/// <summary>How scores become points, a logistic curve of the score's logarithm fitted to judgements.</summary>
/// <param name="Even">The score, in standard deviations of the words' score, at which a patent is of use as often as not.</param>
/// <param name="Steepness">How steeply that rises.</param>
public sealed record PointScale(double Even, double Steepness)
{
    /// <summary>Points from 0 to 100; strictly rising in the raw score.</summary>
    public double Points(double deviation, double raw) => raw <= 0 || deviation <= 0 ? 0 : 100 / (1 + Math.Pow(Even * deviation / raw, Steepness));

    /// <summary>How many standard deviations give so many points, between 0 and 100.</summary>
    public double Deviations(double points) => Even * Math.Pow(points / (100 - points), 1 / Steepness);
}
