namespace Matchmaking.Search.Queries;

/// <summary>A user's query can't be read.</summary>
public sealed class QuerySyntaxException(string message, int position) : FormatException(message)
{
    /// <summary>Where the trouble is: the place of a UTF-16 character in the query, from 0.</summary>
    public int Position { get; } = position;
}
