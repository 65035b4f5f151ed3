using GraphQL;
using Matchmaking.Indexing;
using Matchmaking.Store;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Api;

/// <summary>How a mutation writes: one transaction, refused where somebody was faster, answered when it can be found.</summary>
internal static class Writing
{
    /// <summary>How long an answer waits for the index; what is longer behind is rebuilding, and the answer goes out without.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Writes what is tracked, if there is anything, and waits until it can be searched.</summary>
    /// <param name="stamp">Marks the thing as changed; run only where something changed.</param>
    public static async Task CommitAsync(IResolveFieldContext context, StoreContext store, object? thing = null, Action? stamp = null)
    {
        store.ChangeTracker.DetectChanges();
        if (!store.ChangeTracker.HasChanges())
            return;
        stamp?.Invoke();
        try
        {
            if (await store.CommitAsync(context.CancellationToken) is { } position)
                await context.Get<FeedSignal>().FollowedAsync(position, Patience, context.CancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            throw new RefusedException(new ConflictError("It was changed by somebody else at the same time: read it again.", store.Now));
        }
        catch (Exception e) when (FullStorage.Caused(e))
        {
            throw Errors.StorageFull();
        }
    }

    /// <exception cref="RefusedException">It has changed since.</exception>
    public static void RequireUnmodified(DateTime updatedAt, DateTime? since)
    {
        if (since is { } at && at != updatedAt)
            throw new RefusedException(new ConflictError($"ifUnmodifiedSince: it has changed since {at:yyyy-MM-dd'T'HH:mm:ss.fff'Z'}: read it again.", updatedAt));
    }

    /// <summary>A stamp later than the one before, even where the clock was set back or two changes fall into one millisecond.</summary>
    public static DateTime After(DateTime now, DateTime before) => now > before ? now : before.AddMilliseconds(1);
}
