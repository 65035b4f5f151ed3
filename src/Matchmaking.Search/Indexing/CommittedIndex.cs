using System.Runtime.CompilerServices;
using Lucene.Net.Index;
using Matchmaking.Search.Ranking;

namespace Matchmaking.Search.Indexing;

// What the snapshots of one commit share. Counted, so that the reader is closed after the last of them.
internal sealed class CommittedIndex
{
    private readonly ConditionalWeakTable<WeightedQuery, BoundQuery> _bound = [];
    private readonly DirectoryReader _reader;
    private long _position;

    public CommittedIndex(TextIndex index, DirectoryReader reader, long puts, CommittedIndex? before)
    {
        _reader = reader;
        Index = index;
        Puts = puts;
        var schema = Schema = index.Schema;
        _position = long.Parse(reader.IndexCommit.UserData[TextIndex.PositionKey], System.Globalization.CultureInfo.InvariantCulture);
        Segments = MakeSegments(reader, schema, before);
        Statistics = new(schema, Segments);
    }

    public DirectoryReader Reader => _reader;

    public TextIndex Index { get; }

    // How many documents were put since the index was opened; those that failed are counted, too.
    public long Puts { get; }

    public TextIndexSchema Schema { get; }

    public long Position => Volatile.Read(ref _position);

    public Segment[] Segments { get; }

    public IndexStatistics Statistics { get; }

    public BoundQuery Bind(WeightedQuery query) => _bound.GetValue(query, q => new(q, Statistics, Schema));

    // A commit that changed no document brings no new reader: these documents are those of the later position, too.
    public void Advance(long position) => Volatile.Write(ref _position, position);

    public bool TryAcquire() => _reader.TryIncRef();

    public void Release() => _reader.DecRef();

    // Readers share what did not change with the readers before them; so do we.
    private static Segment[] MakeSegments(DirectoryReader reader, TextIndexSchema schema, CommittedIndex? before)
    {
        var cores = new Dictionary<object, SegmentCore>(ReferenceEqualityComparer.Instance);
        var same = new Dictionary<object, Segment>(ReferenceEqualityComparer.Instance);
        foreach (var segment in before?.Segments ?? [])
        {
            cores[segment.Reader.CoreCacheKey] = segment.Core;
            same[segment.Reader] = segment;
        }

        var segments = new List<Segment>();
        foreach (var context in reader.Leaves)
        {
            segments.Add(same.TryGetValue(context.Reader, out var unchanged)
                ? unchanged.In(context)
                : new(context, cores.GetValueOrDefault(context.Reader.CoreCacheKey) ?? new(context.AtomicReader, schema)));
        }

        return [.. segments];
    }
}
