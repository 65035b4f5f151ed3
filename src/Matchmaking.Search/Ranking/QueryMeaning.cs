namespace Matchmaking.Search.Ranking;

/// <summary>How a query counts meaning and closeness beside words.</summary>
/// <param name="Weight">What a document of the same meaning gets at most, in standard deviations of the words' score.</param>
/// <param name="ContextShare">How much the context counts in the meaning where the heart counts one.</param>
/// <param name="CharacterRarity">The power to which a character's rarity counts.</param>
/// <param name="Unknown">The closeness of a word that isn't known.</param>
/// <param name="ContextPower">The power to which a word of the context counts by its closeness to the heart.</param>
public sealed record QueryMeaning(double Weight, double ContextShare, double CharacterRarity, double Unknown, double ContextPower)
{
    /// <summary>The symbol field in which classes are looked for that the query's meaning lies closest to, where it names none itself; null: in none.</summary>
    public string? ClassField { get; init; }

    /// <summary>What the closest class weighs; others weigh as much less as they are further.</summary>
    public double ClassWeight { get; init; }
}

// A word or character of a query's heart or context, with its saturated occurrences.
internal readonly record struct MeaningWord(IndexTerm Term, double Count, ContextWeights Weights);

// What words and characters of a part weigh beside those of others, and the part's name as terms bear it.
internal sealed record ContextWeights(double Word, double Character, IReadOnlyList<string> Names);
