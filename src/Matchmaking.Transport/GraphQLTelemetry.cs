using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Matchmaking.Transport;

/// <summary>What the transport tells of itself: one span an operation and its figures, named as OpenTelemetry's conventions for GraphQL have it.</summary>
/// <remarks>Labels are bounded: types, outcomes, codes and protocols, never names or texts that a client chooses. A span bears the operation's
/// name, which is an identifier, and never its document or variables, which may hold what somebody needs.</remarks>
public static class GraphQLTelemetry
{
    /// <summary>The name of the source of spans and of the meter.</summary>
    public const string Name = "Matchmaking.GraphQL";

    internal static readonly ActivitySource Source = new(Name);

    private static readonly Meter Meter = new(Name);

    /// <summary>How long operations took, by type and outcome.</summary>
    internal static readonly Histogram<double> Duration = Meter.CreateHistogram("graphql.server.operation.duration", "s", "How long operations took, by type and outcome.", advice: new InstrumentAdvice<double>
    {
        HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    });

    /// <summary>Errors in answers, by code.</summary>
    internal static readonly Counter<long> Errors = Meter.CreateCounter<long>("graphql.server.errors", "{error}", "Errors in answers, by code.");

    private static readonly Counter<long> Documents = Meter.CreateCounter<long>("graphql.server.documents", "{document}", "Documents asked for, by whether the cache had them.");

    private static readonly UpDownCounter<long> Connections = Meter.CreateUpDownCounter<long>("graphql.server.connections", "{connection}", "Open connections that may bear subscriptions, by protocol.");

    private static readonly UpDownCounter<long> Subscriptions = Meter.CreateUpDownCounter<long>("graphql.server.subscriptions", "{subscription}", "Open subscriptions.");

    /// <summary>A document was asked for; the cache had it, or it was parsed.</summary>
    internal static void CountDocument(bool cached) => Documents.Add(1, new KeyValuePair<string, object?>("cache", cached ? "hit" : "miss"));

    /// <summary>A connection is open until the result is disposed.</summary>
    /// <param name="protocol">A word of ours, such as <c>graphql-transport-ws</c> or <c>sse</c>.</param>
    internal static IDisposable CountConnection(string protocol) => new Open(Connections, new KeyValuePair<string, object?>("protocol", protocol));

    /// <summary>A subscription is open until the result is disposed.</summary>
    internal static IDisposable CountSubscription() => new Open(Subscriptions);

    private sealed class Open : IDisposable
    {
        private readonly KeyValuePair<string, object?>[] _labels;
        private UpDownCounter<long>? _counter;

        public Open(UpDownCounter<long> counter, params KeyValuePair<string, object?>[] labels)
        {
            _labels = labels;
            (_counter = counter).Add(1, labels);
        }

        public void Dispose() => Interlocked.Exchange(ref _counter, null)?.Add(-1, _labels);
    }
}
