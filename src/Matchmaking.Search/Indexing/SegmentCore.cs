using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Lucene.Net.Index;
using Lucene.Net.Util;
using Matchmaking.Search.Associations;

namespace Matchmaking.Search.Indexing;

// What of a segment never changes while it lives, deletions or not: keys, exact lengths, bit sets of filters.
internal sealed class SegmentCore
{
    private const int KeptFilters = 64;

    // By document; empty where none of the segment means anything known.
    private readonly sbyte[] _meanings = [];
    private readonly float[] _scales = [];

    private readonly ConcurrentDictionary<string, FixedBitSet> _filters = new(StringComparer.Ordinal);

    public SegmentCore(AtomicReader reader, TextIndexSchema schema)
    {
        var maxDoc = reader.MaxDoc;
        Keys = new Guid[maxDoc];
        var keys = reader.GetBinaryDocValues(FieldNames.Key);
        var bytes = new BytesRef();
        for (var doc = 0; doc < maxDoc; doc++)
        {
            keys.Get(doc, bytes);
            Keys[doc] = new Guid(bytes.Bytes.AsSpan(bytes.Offset, bytes.Length), bigEndian: true);
        }

        Lengths = new int[schema.Texts.Count][];
        for (var field = 0; field < Lengths.Length; field++)
        {
            var values = reader.GetNumericDocValues(FieldNames.Length(schema.Texts[field].Name));
            var lengths = values is null ? [] : new int[maxDoc];
            for (var doc = 0; doc < lengths.Length; doc++)
            {
                lengths[doc] = (int)values!.Get(doc);
            }

            Lengths[field] = lengths;
        }

        if (reader.GetBinaryDocValues(FieldNames.Meaning) is { } meanings && schema.Associations is not null)
        {
            _meanings = new sbyte[maxDoc * AssociationTable.Dimensions];
            _scales = new float[maxDoc];
            for (var doc = 0; doc < maxDoc; doc++)
            {
                meanings.Get(doc, bytes);
                if (bytes.Length == sizeof(float) + AssociationTable.Dimensions)
                {
                    var span = bytes.Bytes.AsSpan(bytes.Offset, bytes.Length);
                    _scales[doc] = BinaryPrimitives.ReadSingleBigEndian(span);
                    MemoryMarshal.Cast<byte, sbyte>(span[sizeof(float)..]).CopyTo(_meanings.AsSpan(doc * AssociationTable.Dimensions));
                }
            }
        }
    }

    // Tells it from others, for whoever must not keep all of it.
    public object Identity { get; } = new();

    public Guid[] Keys { get; }

    // The cosine of what a document means and a direction, 0 where it means nothing known or points away.
    public double Closeness(int doc, Meaning direction)
    {
        if (_scales.Length == 0 || _scales[doc] == 0)
        {
            return 0;
        }

        var dot = Meaning.Dot(direction.Values, _meanings.AsSpan(doc * AssociationTable.Dimensions, AssociationTable.Dimensions));
        return Meaning.Closeness(dot, direction, _scales[doc]);
    }

    // By text field, then by document; empty where no document of the segment has the field.
    public int[][] Lengths { get; }

    public FixedBitSet Filter(string name, Func<FixedBitSet> make)
    {
        if (_filters.TryGetValue(name, out var bits))
        {
            return bits;
        }

        // A bound, not a policy: filters that matter are back after one use.
        if (_filters.Count >= KeptFilters)
        {
            _filters.Clear();
        }

        return _filters[name] = make();
    }
}
