using Matchmaking.Store;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Recommendations;

/// <summary>How far recommendations follow the changes, and which process did how much (匹配进度).</summary>
/// <param name="Position">The change up to which everything was matched (位置).</param>
/// <param name="Head">The last change there is (最新变更).</param>
/// <param name="Lag">How many changes wait to be matched (滞后).</param>
/// <param name="LagSeconds">How long the oldest of them has waited, in seconds; 0 where none does (滞后秒数).</param>
/// <param name="Inbox">How many recommendations were ever put into the inbox (推荐总数).</param>
/// <param name="Waiting">How many found pairs wait for a day on which their need has room (待推送数).</param>
/// <param name="Nodes">The processes that take or took part, by name (匹配节点).</param>
internal sealed record MatchingStatus(long Position, long Head, long Lag, double LagSeconds, long Inbox, long Waiting, IReadOnlyList<MatchingNode> Nodes)
{
    public static async Task<MatchingStatus> ReadAsync(StoreContext store, CancellationToken cancellation)
    {
        // In one statement, so that a turn that ends meanwhile can't make the lag negative.
        var at = await store.MatchingStates.Select(s => new
        {
            s.Position,
            s.Inbox,
            Head = store.FeedHeads.Where(h => h.Id == 1).Select(h => h.Position).Single(),
            Oldest = store.Changes.Where(c => c.Position > s.Position).OrderBy(c => c.Position).Select(c => (DateTime?)c.At).FirstOrDefault(),
            Waiting = store.Recommendations.LongCount(r => r.Position == null && r.TakenBackAt == null),
        }).SingleAsync(cancellation);
        var nodes = await store.MatchingNodes.OrderBy(n => n.Name).ToListAsync(cancellation);
        return new MatchingStatus(at.Position, at.Head, at.Head - at.Position, at.Oldest is { } oldest ? Math.Max(0, Math.Round((store.Now - oldest).TotalSeconds, 3)) : 0, at.Inbox, at.Waiting, nodes);
    }
}
