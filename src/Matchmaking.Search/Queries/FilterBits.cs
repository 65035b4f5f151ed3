using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;
using Matchmaking.Search.Indexing;

namespace Matchmaking.Search.Queries;

// The documents of a segment that pass a filter, deleted ones not yet taken out.
internal static class FilterBits
{
    public static FixedBitSet Of(IndexFilter filter, Segment segment, TextIndexSchema schema)
    {
        var maxDoc = segment.Reader.MaxDoc;
        switch (filter)
        {
            case IndexFilter.TagFilter tag:
                return Tag(tag, segment, schema);
            case IndexFilter.RangeFilter range:
                schema.Get<NumberField>(range.Field);
                return segment.Core.Filter($"{range.Field}\n{range.Minimum}\n{range.Maximum}", () => Range(range, segment)).Clone();
            case IndexFilter.KeysFilter keys:
                return Keys(keys, segment);
            case IndexFilter.AllFilter all:
                var intersection = new FixedBitSet(maxDoc);
                intersection.Set(0, maxDoc);
                foreach (var inner in all.Filters)
                {
                    intersection.And(Of(inner, segment, schema));
                }

                return intersection;
            case IndexFilter.AnyFilter any:
                var union = new FixedBitSet(maxDoc);
                foreach (var inner in any.Filters)
                {
                    union.Or(Of(inner, segment, schema));
                }

                return union;
            case IndexFilter.NotFilter not:
                var complement = Of(not.Inner, segment, schema);
                complement.Flip(0, maxDoc);
                return complement;
            default:
                throw new ArgumentException($"Unknown filter {filter}.", nameof(filter));
        }
    }

    private static FixedBitSet Tag(IndexFilter.TagFilter filter, Segment segment, TextIndexSchema schema)
    {
        var field = schema.Get<TagField>(filter.Field).Name;
        var bits = new FixedBitSet(segment.Reader.MaxDoc);
        foreach (var value in filter.Values)
        {
            bits.Or(segment.Core.Filter($"{field}\r{value}", () => Postings(FieldNames.Tag(field), value, segment)));
        }

        return bits;
    }

    private static FixedBitSet Postings(string field, string value, Segment segment)
    {
        var bits = new FixedBitSet(segment.Reader.MaxDoc);
        if (segment.Reader.GetTerms(field)?.GetEnumerator() is { } terms && terms.SeekExact(new BytesRef(value)))
        {
            bits.Or(terms.Docs(null, null, DocsFlags.NONE));
        }

        return bits;
    }

    private static FixedBitSet Range(IndexFilter.RangeFilter filter, Segment segment)
    {
        var bits = new FixedBitSet(segment.Reader.MaxDoc);
        var docs = NumericRangeFilter.NewInt64Range(FieldNames.Number(filter.Field), filter.Minimum, filter.Maximum, true, true)
            .GetDocIdSet(segment.Context, null)?.GetIterator();
        if (docs is not null)
        {
            bits.Or(docs);
        }

        return bits;
    }

    private static FixedBitSet Keys(IndexFilter.KeysFilter filter, Segment segment)
    {
        var bits = new FixedBitSet(segment.Reader.MaxDoc);
        foreach (var (doc, _) in segment.Find(filter.Values))
        {
            bits.Set(doc);
        }

        return bits;
    }
}
