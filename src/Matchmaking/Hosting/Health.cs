using System.Data.Common;
using Matchmaking.Indexing;
using Matchmaking.Observing;
using Matchmaking.Recommendations;
using Matchmaking.Store;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Hosting;

/// <summary>Whether the service can do its work.</summary>
internal static class Health
{
    /// <summary>Less is too little for the next batch of an import and its place in the index.</summary>
    private const long LeastRoom = 4 << 20;

    /// <summary>Clocks of several machines differ by less.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromSeconds(10);

    /// <summary>So many of the last changes are looked at for times that are still to come.</summary>
    private const int Recent = 1000;

    private static readonly System.Text.Json.JsonSerializerOptions Shown = new(System.Text.Json.JsonSerializerDefaults.Web) { DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull };

    /// <summary>The process answers; nothing is looked at, so that a supervisor restarts it only where that helps.</summary>
    public static IResult Live() => Results.Json(new { status = "live" });

    /// <summary>200 where the store answers, the index follows it and there is room to write; 503 with the reason where not.</summary>
    /// <remarks>A clock that was set back is said and keeps nobody away: nothing is ordered by it, but new things bear a time before older ones'.</remarks>
    public static async Task<IResult> ReadyAsync(
        StoreFactory stores, Installation installation, Indexes indexes, FeedSignal signal, MatchingSignal matching, CancellationToken cancellation)
    {
        try
        {
            await using var store = stores.Open("health");
            var at = await store.FeedHeads.Select(h => new
            {
                Head = h.Position,
                Latest = store.Changes.Where(c => c.Position > h.Position - Recent).Max(c => (DateTime?)c.At),
            }).SingleAsync(cancellation);
            var problem = Room(installation.DataDirectory) ?? signal.Failure ?? matching.Failure;
            var state = new { status = problem is null ? "ready" : "not ready", feed = at.Head, index = indexes.Position, problem, warning = Clock(store.Now, at.Latest) };
            return Results.Json(state, Shown, statusCode: problem is null ? 200 : 503);
        }
        // EF wraps what may pass.
        catch (Exception e) when (e is DbException or InvalidOperationException { InnerException: DbException })
        {
            return Results.Json(new { status = "not ready", problem = "the store doesn't answer: " + Outline.Line(e) }, statusCode: 503);
        }
    }

    private static string? Clock(DateTime now, DateTime? latest) => latest is { } at && at - now > Ahead
        ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"the clock was set back, or another machine's is ahead: it is {now:yyyy-MM-dd'T'HH:mm:ss'Z'}, and a change is of {at:yyyy-MM-dd'T'HH:mm:ss'Z'}")
        : null;

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
