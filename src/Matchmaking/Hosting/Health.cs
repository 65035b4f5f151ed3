using Matchmaking.Indexing;
using Matchmaking.Store;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Hosting;

/// <summary>Whether the service can do its work.</summary>
internal static class Health
{
    /// <summary>200 where the store answers and the index follows it; 503 with the reason where not.</summary>
    public static async Task<IResult> ReadyAsync(StoreFactory stores, Indexes indexes, FeedSignal signal, CancellationToken cancellation)
    {
        try
        {
            await using var store = stores.Open();
            var head = await store.FeedHeads.Select(h => h.Position).SingleAsync(cancellation);
            var state = new { status = signal.Failure is null ? "ready" : "not ready", feed = head, index = indexes.Position, problem = signal.Failure };
            return Results.Json(state, statusCode: signal.Failure is null ? 200 : 503);
        }
        catch (System.Data.Common.DbException e)
        {
            return Results.Json(new { status = "not ready", problem = e.Message }, statusCode: 503);
        }
    }
}
