using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Matchmaking.Observing;

/// <summary>What the service tells of its own work: a source of spans and a meter.</summary>
/// <remarks>Labels are words of ours, a few for each instrument: never a text, name or number that somebody gave.</remarks>
internal static class Measures
{
    /// <summary>The name of the source of spans and of the meter.</summary>
    public const string Name = "Matchmaking";

    public static readonly ActivitySource Source = new(Name);

    private static readonly Meter Meter = new(Name);

    private static readonly InstrumentAdvice<double> Buckets = new()
    {
        HistogramBucketBoundaries = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    };

    private static readonly Histogram<double> Searches = Seconds("matchmaking.search.duration", "How long the index took to answer a search, by kind.");

    private static readonly Histogram<double> Matches = Seconds("matchmaking.match.duration", "How long it took to find and score pairs, by the side asked from.");

    private static readonly Histogram<double> Commits = Seconds("matchmaking.index.commit.duration", "How long a commit of an index took, by index.");

    private static readonly Histogram<double> Statements = Seconds("db.client.operation.duration", "How long the database took to answer a statement, by operation.");

    private static readonly Counter<long> Rows = Meter.CreateCounter<long>("matchmaking.import.rows", "{row}", "Rows of imported files, by kind of thing and what became of them.");

    private static readonly Counter<long> Indexed = Meter.CreateCounter<long>("matchmaking.index.documents", "{document}", "Documents put into an index or removed from it, by index.");

    private static readonly Counter<long> Deliveries = Meter.CreateCounter<long>("matchmaking.deliveries", "{try}", "Tries to tell recommendations outside, by the way they go and what became of them.");

    /// <summary>Times a search until the result is disposed.</summary>
    public static Timing Search(string kind) => new(Searches, "search", "kind", kind);

    /// <summary>Times the finding of pairs until the result is disposed.</summary>
    public static Timing Match(string from) => new(Matches, "match", "from", from);

    /// <summary>Times a commit until the result is disposed.</summary>
    public static Timing Commit(string index) => new(Commits, "index commit", "index", index);

    /// <summary>A statement was answered, or failed with a code.</summary>
    public static void Statement(TimeSpan took, string system, string operation, string caller, string? failure)
    {
        var labels = new TagList { { "db.system.name", system }, { "db.operation.name", operation }, { "caller", caller } };
        if (failure is not null)
            labels.Add("error.type", failure);
        Statements.Record(took.TotalSeconds, labels);
    }

    /// <summary>Something was told outside, or wasn't taken.</summary>
    public static void Delivery(string way, string outcome) => Deliveries.Add(1, new("way", way), new("outcome", outcome));

    /// <summary>Rows were read, and what became of them.</summary>
    public static void ImportRows(string kind, string outcome, long count)
    {
        if (count > 0)
            Rows.Add(count, new("kind", kind), new("outcome", outcome));
    }

    /// <summary>Documents were put into an index or removed from it.</summary>
    public static void IndexedDocuments(string index, int count) => Indexed.Add(count, new KeyValuePair<string, object?>("index", index));

    private static Histogram<double> Seconds(string name, string description) => Meter.CreateHistogram(name, "s", description, advice: Buckets);
}
