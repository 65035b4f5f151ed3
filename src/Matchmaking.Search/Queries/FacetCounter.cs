using System.Buffers;
using Lucene.Net.Index;
using Lucene.Net.Util;
using Matchmaking.Search.Indexing;

namespace Matchmaking.Search.Queries;

// Counts the values of one tag field over sets of documents, segment after segment.
internal sealed class FacetCounter(string field)
{
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);

    public void Add(Segment segment, FixedBitSet found)
    {
        var values = segment.Reader.GetSortedSetDocValues(FieldNames.Tag(field));
        if (values is null)
        {
            return;
        }

        // Ordinals first: a string is made once per value, not once per document.
        var size = checked((int)values.ValueCount);
        var counts = ArrayPool<int>.Shared.Rent(Math.Max(size, 1));
        try
        {
            Array.Clear(counts, 0, size);
            for (var doc = found.NextSetBit(0); doc >= 0; doc = doc + 1 < found.Length ? found.NextSetBit(doc + 1) : -1)
            {
                values.SetDocument(doc);
                for (var ordinal = values.NextOrd(); ordinal != SortedSetDocValues.NO_MORE_ORDS; ordinal = values.NextOrd())
                {
                    counts[ordinal]++;
                }
            }

            var bytes = new BytesRef();
            for (var ordinal = 0; ordinal < size; ordinal++)
            {
                if (counts[ordinal] > 0)
                {
                    values.LookupOrd(ordinal, bytes);
                    var value = bytes.Utf8ToString();
                    _counts[value] = _counts.GetValueOrDefault(value) + counts[ordinal];
                }
            }
        }
        finally
        {
            ArrayPool<int>.Shared.Return(counts);
        }
    }

    public Facet Commonest(int most) => new(
        field,
        [.. _counts.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal)
            .Take(most).Select(pair => new FacetValue(pair.Key, pair.Value))]);
}
