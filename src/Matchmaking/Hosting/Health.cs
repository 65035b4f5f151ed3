using Matchmaking.Indexing;
using Matchmaking.Observing;
using Matchmaking.Store;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Hosting;

/// <summary>Whether the service can do its work.</summary>
internal static class Health
{
    /// <summary>Less is too little for the next batch of an import and its place in the index.</summary>
    private const long LeastRoom = 4 << 20;

    /// <summary>The process answers; nothing is looked at, so that a supervisor restarts it only where that helps.</summary>
    public static IResult Live() => Results.Json(new { status = "live" });

    /// <summary>200 where the store answers, the index follows it and there is room to write; 503 with the reason where not.</summary>
    public static async Task<IResult> ReadyAsync(StoreFactory stores, Installation installation, Indexes indexes, FeedSignal signal, CancellationToken cancellation)
    {
        try
        {
            await using var store = stores.Open("health");
            var head = await store.FeedHeads.Select(h => h.Position).SingleAsync(cancellation);
            var problem = Room(installation.DataDirectory) ?? signal.Failure;
            var state = new { status = problem is null ? "ready" : "not ready", feed = head, index = indexes.Position, problem };
            return Results.Json(state, statusCode: problem is null ? 200 : 503);
        }
        catch (System.Data.Common.DbException e)
        {
            return Results.Json(new { status = "not ready", problem = "the store doesn't answer: " + Outline.Line(e) }, statusCode: 503);
        }
    }

    private static string? Room(string directory)
    {
        try
        {
            var free = new DriveInfo(directory).AvailableFreeSpace;
            return free >= LeastRoom ? null : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"the disk of the data directory is full: {free} bytes are free");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"the disk of the data directory can't be asked for its room: {e.Message}";
        }
    }
}
