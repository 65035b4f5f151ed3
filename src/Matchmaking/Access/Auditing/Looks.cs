using Matchmaking.Needs;
using Matchmaking.Store;

namespace Matchmaking.Access.Auditing;

/// <summary>What one operation shows of what is confidential; written down before the answer leaves.</summary>
internal sealed class Looks(StoreFactory stores, Viewer viewer)
{
    private readonly HashSet<Guid> _needs = [];

    public void Note(Need need)
    {
        lock (_needs)
            _needs.Add(need.Id);
    }

    /// <summary>Writes the trail; where that fails, nothing is answered.</summary>
    public async ValueTask RecordAsync(CancellationToken cancellation)
    {
        List<Guid> needs;
        lock (_needs)
        {
            if (_needs.Count == 0)
                return;
            needs = [.. _needs.Order()];
            _needs.Clear();
        }
        await using var store = stores.Open("looks", viewer);
        await store.RecordAsync(needs.ConvertAll(need => AuditWriter.Make(store, AuditAction.Looked, "Need", need, (null, true))), cancellation);
    }
}
