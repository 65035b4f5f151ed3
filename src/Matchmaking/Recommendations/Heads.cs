namespace Matchmaking.Recommendations;

/// <summary>A recommendation that stands for a family.</summary>
internal readonly record struct Head(Guid Id, Guid PatentId);

/// <summary>The recommendations that stand for their families, by need.</summary>
internal sealed class Heads
{
    private readonly Dictionary<(Guid Need, long Key), Head> _heads = [];

    public void Add(Guid need, Kin kin, Head head)
    {
        if (kin.Family is { } family)
            _heads.TryAdd((need, family), head);
        if (kin.Filing is { } filing)
            _heads.TryAdd((need, filing), head);
    }

    /// <summary>The one behind which a patent stands; null where it stands for itself.</summary>
    public Guid? Over(Guid need, Kin kin, Guid patent)
    {
        foreach (var key in (ReadOnlySpan<long?>)[kin.Family, kin.Filing])
        {
            if (key is { } known && _heads.TryGetValue((need, known), out var head) && head.PatentId != patent)
                return head.Id;
        }
        return null;
    }
}
