namespace Matchmaking.Search.Indexing;

/// <summary>Analysed text that is searched by words and phrases and counts in the score.</summary>
/// <param name="Name">The field's name.</param>
/// <param name="Weight">How much one occurrence here counts beside other fields; above zero.</param>
/// <param name="B">How far the field's length is normalised away, from 0 (not at all) to 1 (wholly).</param>
public sealed record TextField(string Name, double Weight, double B = 0.75) : IndexField(Name)
{
    /// <summary>Whether single characters count, too: for short texts; in long ones nearly every character stands somewhere.</summary>
    public bool Characters { get; init; }

    /// <summary>Whether its words make what the document means among the associations; of no effect where the schema has none.</summary>
    public bool Meaning { get; init; }
}
