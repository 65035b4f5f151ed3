namespace Matchmaking.Search.Ranking;

/// <summary>A document and its score; lists are ordered by score, highest first, then by key.</summary>
/// <remarks>The last hit of a page says where the next page begins.</remarks>
public readonly record struct Hit(Guid Key, double Score) : IComparable<Hit>
{
    /// <summary>By the order of a list.</summary>
    public int CompareTo(Hit other) => IsBefore(other) ? -1 : other.IsBefore(this) ? 1 : 0;

    /// <summary>Whether this hit comes before another one in a list.</summary>
    public bool IsBefore(in Hit other) => Score > other.Score || (Score == other.Score && Key.CompareTo(other.Key) < 0);
}
