using Matchmaking.Indexing;
using Matchmaking.Observing;
using Matchmaking.Store;
using Npgsql;

namespace Matchmaking.Recommendations;

/// <summary>Hears from PostgreSQL that some process has written, and wakes who follows here.</summary>
/// <remarks>The triggers of <c>feed_head</c> and <c>matching</c> tell it, with the commit. Only a hint, as every signal: while it can't listen, all poll.</remarks>
internal sealed class NodeListener(Installation installation, FeedSignal feed, MatchingSignal matching, ILogger<NodeListener> log) : BackgroundService
{
    /// <summary>The channel that the triggers use; what they say is the table that was written.</summary>
    private const string Channel = "matchmaking";

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    // A connection that hears nothing for long may have been cut by something between; so it speaks now and then.
    private readonly string _connection = new NpgsqlConnectionStringBuilder(installation.ConnectionString) { Pooling = false, KeepAlive = 15, ApplicationName = "matchmaking listener" }.ToString();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var failed = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var connection = new NpgsqlConnection(_connection);
                await connection.OpenAsync(stoppingToken);
                connection.Notification += (_, notification) => Hear(notification.Payload);
                await using (var listen = new NpgsqlCommand("LISTEN " + Channel, connection))
                    await listen.ExecuteNonQueryAsync(stoppingToken);
                failed = false;
                // What was written before it listened.
                Hear("feed_head");
                Hear("matching");
                while (true)
                    await connection.WaitAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                if (!failed)
                    log.LogWarning("PostgreSQL can't be listened to, trying again each second: {Failure}", Outline.Line(e));
                failed = true;
            }
            await Task.WhenAny(Task.Delay(Pause, stoppingToken));
        }
    }

    private void Hear(string table)
    {
        if (table == "feed_head")
        {
            feed.Wake();
            return;
        }
        matching.InboxChanged();
        // Whoever had the turn has ended it.
        matching.Wake();
    }
}
