using System.Diagnostics.Metrics;
using Matchmaking.Indexing;

namespace Matchmaking.Observing;

/// <summary>Where the feed stands and how far the indexes have followed it.</summary>
internal sealed class FeedGauges : IDisposable
{
    private readonly Meter _meter = new(Measures.Name);

    public FeedGauges(Indexes indexes, FeedSignal signal)
    {
        _meter.CreateObservableGauge("matchmaking.feed.position", () => Math.Max(signal.Head, indexes.Position), "{change}", "The last change that the indexer has seen on the feed.");
        _meter.CreateObservableGauge("matchmaking.index.position", () => indexes.Position, "{change}", "The change that both indexes have reached.");
        _meter.CreateObservableGauge("matchmaking.index.lag", () => Math.Max(0, signal.Head - indexes.Position), "{change}", "How many changes the indexes are behind the feed.");
        _meter.CreateObservableGauge("matchmaking.index.failing", () => signal.Failure is null ? 0 : 1, description: "1 while the indexer can't go on, as /health/ready says in words.");
    }

    public void Dispose() => _meter.Dispose();
}
