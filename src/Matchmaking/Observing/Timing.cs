using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Matchmaking.Observing;

/// <summary>A piece of work from here to its disposal: a span under the current one, and a figure.</summary>
internal readonly struct Timing : IDisposable
{
    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly Histogram<double> _histogram;
    private readonly KeyValuePair<string, object?> _label;
    private readonly Activity? _activity;

    /// <param name="histogram">Takes the seconds.</param>
    /// <param name="span">What the span is called.</param>
    /// <param name="label">The label's name.</param>
    /// <param name="value">One of a few words.</param>
    public Timing(Histogram<double> histogram, string span, string label, string value)
    {
        _histogram = histogram;
        _label = new(label, value);
        // Work that nobody asked for, such as the indexer's, would be a trace of its own for each turn.
        _activity = Activity.Current is null ? null : Measures.Source.StartActivity(span)?.SetTag(label, value);
    }

    public void Dispose()
    {
        _histogram.Record(Stopwatch.GetElapsedTime(_started).TotalSeconds, _label);
        _activity?.Dispose();
    }
}
