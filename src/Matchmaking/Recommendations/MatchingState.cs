namespace Matchmaking.Recommendations;

/// <summary>The one row that says how far the change feed was matched and how long the inbox is.</summary>
/// <remarks>Whoever writes recommendations writes this row in the same transaction. <see cref="Turn"/> is compared and raised: of two that
/// matched the same changes, one commits and the other's work is dropped, so nothing is told twice and positions follow the order of commits.</remarks>
public sealed class MatchingState
{
    public int Id { get; init; }

    /// <summary>The feed position up to which everything was matched.</summary>
    public long Position { get; set; }

    /// <summary>The last position given in the inbox.</summary>
    public long Inbox { get; set; }

    /// <summary>How often this row was written.</summary>
    public long Turn { get; set; }
}

/// <summary>What mattered of a need or a patent when it was last matched.</summary>
public sealed class MatchedVersion
{
    /// <summary>The key of the need or the patent.</summary>
    public Guid Id { get; init; }

    public long Version { get; set; }
}
