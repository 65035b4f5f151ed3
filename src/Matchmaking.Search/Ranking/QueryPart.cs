namespace Matchmaking.Search.Ranking;

/// <summary>A named text that a query is made of, such as the title of a need.</summary>
/// <param name="Name">The name by which explanations speak of it; also the field name given to the analyzer.</param>
/// <param name="Text">The text; null or empty adds nothing.</param>
/// <param name="Weight">How much its terms count beside those of other parts; above zero.</param>
/// <param name="CharacterWeight">How much its single Han characters count beside words; 0 leaves them out.</param>
public readonly record struct QueryPart(string Name, string? Text, double Weight = 1, double CharacterWeight = 0)
{
    /// <summary>What the text is to the query.</summary>
    public QueryRole Role { get; init; }
}

/// <summary>What a text is to a query that looks for a meaning.</summary>
public enum QueryRole
{
    /// <summary>Its words are looked for.</summary>
    Words,

    /// <summary>Its words are looked for, and say what the query means.</summary>
    Heart,

    /// <summary>Its words are looked for as far as they lie close to the heart.</summary>
    Context,
}
