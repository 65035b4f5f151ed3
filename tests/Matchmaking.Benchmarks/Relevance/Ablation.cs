using Matchmaking.Matches;

namespace Matchmaking.Benchmarks.Relevance;

/// <summary>What each part of our ranking is worth: the figures without it.</summary>
internal static class Ablation
{
    // No weight may be zero; this is nothing beside the others.
    private const double Nothing = 1e-9;

    public static void Print(Collection collection, Func<string, List<Metrics>, string> row)
    {
        var all = MatchWeights.Shipped;
        foreach (var (name, weights) in (ReadOnlySpan<(string, MatchWeights)>)
            [
                ("without meaning", all with { Meaning = 0 }),
                ("without the description", all with { ContextWord = Nothing, ContextCharacter = Nothing, ContextMeaning = 0 }),
                ("without characters", all with { TitleCharacter = Nothing, ContextCharacter = Nothing }),
                ("without words", all with { TitleWord = Nothing, ContextWord = Nothing, Keyword = 1 }),
                ("without the industry", all with { Industry = Nothing }),
                ("characters by plain rarity", all with { CharacterRarity = 1 }),
            ])
        {
            Console.WriteLine(row("  " + name, RelevanceVerb.MeasureAll(new OurRanker(collection, name, weights), collection)));
        }
    }
}
