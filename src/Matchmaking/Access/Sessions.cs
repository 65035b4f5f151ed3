using System.Collections.Concurrent;
using Matchmaking.Observing;
using Matchmaking.Store;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Access;

/// <summary>Which tokens were revoked, and what is open in their name.</summary>
/// <remarks>A revocation by another process counts within two seconds.</remarks>
internal sealed class Sessions(StoreFactory stores, TimeProvider clock, ILogger<Sessions> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<CancellationTokenSource, string> _open = [];
    private volatile HashSet<string> _revoked = [];

    public bool IsRevoked(string tokenId) => _revoked.Contains(tokenId);

    /// <summary>Is cancelled when the viewer's token ends or is revoked; let it go with the connection that it is for.</summary>
    public CancellationToken Begin(Viewer viewer, CancellationToken connection)
    {
        if (viewer.TokenId.Length == 0)
            return CancellationToken.None;
        // A timer takes no more than 49 days; whoever stays that long comes again.
        var rest = viewer.Until is { } until ? until - clock.GetUtcNow() : TimeSpan.FromDays(49);
        var ended = new CancellationTokenSource(TimeSpan.FromMilliseconds(Math.Clamp(rest.TotalMilliseconds, 0, TimeSpan.FromDays(49).TotalMilliseconds)), clock);
        _open[ended] = viewer.TokenId;
        if (IsRevoked(viewer.TokenId))
            ended.Cancel();
        var token = ended.Token;
        connection.Register(() =>
        {
            _open.TryRemove(ended, out _);
            ended.Dispose();
        });
        return token;
    }

    /// <summary>Looks which tokens are revoked by now.</summary>
    public async Task LookAsync(CancellationToken cancellation)
    {
        await using var store = stores.Open("tokens");
        if (await store.Revocations.CountAsync(cancellation) == _revoked.Count)
            return;
        _revoked = [.. await store.Revocations.Select(r => r.TokenId).ToListAsync(cancellation)];
        foreach (var (ended, tokenId) in _open)
        {
            if (_revoked.Contains(tokenId))
                await EndAsync(ended);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var failed = false;
        using var timer = new PeriodicTimer(Interval);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await LookAsync(stoppingToken);
                failed = false;
                await timer.WaitForNextTickAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is System.Data.Common.DbException or InvalidOperationException)
            {
                if (!failed)
                    log.LogWarning("Revoked tokens can't be looked up, trying again: {Failure}", Outline.Line(e));
                failed = true;
                await timer.WaitForNextTickAsync(stoppingToken);
            }
        }
    }

    private static async Task EndAsync(CancellationTokenSource ended)
    {
        try
        {
            await ended.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            // The connection has gone meanwhile.
        }
    }
}
