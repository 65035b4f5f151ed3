namespace Matchmaking.Recommendations;

/// <summary>The recommendations that stand for their families.</summary>
internal sealed class Heads
{
    private readonly Dictionary<(Guid Need, long Key), Recommendation> _heads = [];

    public void Add(Recommendation row)
    {
        if (row.Family is { } family)
            _heads.TryAdd((row.NeedId, family), row);
        if (row.Filing is { } filing)
            _heads.TryAdd((row.NeedId, filing), row);
    }

    /// <summary>The one behind which a row stands; null where it stands for itself.</summary>
    public Guid? Over(Recommendation row)
    {
        var head = row.Family is { } family ? _heads.GetValueOrDefault((row.NeedId, family)) : null;
        head ??= row.Filing is { } filing ? _heads.GetValueOrDefault((row.NeedId, filing)) : null;
        return head is null || head.PatentId == row.PatentId ? null : head.Id;
    }
}
