using System.Collections.Concurrent;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;
using Matchmaking.Search.Ranking;

namespace Matchmaking.Search.Indexing;

// A segment as one commit sees it: its reader, the live documents, and counts over the live documents alone.
internal sealed class Segment
{
    private const int KeptFrequencies = 100_000;

    private readonly ConcurrentDictionary<IndexTerm, int> _frequencies = new();

    public Segment(AtomicReaderContext context, SegmentCore core)
    {
        Context = context;
        Core = core;
        (Live, Deleted) = CopyLive(Reader);
        LiveCount = Reader.NumDocs;
        LengthSums = new long[core.Lengths.Length];
        DocumentsWithText = new int[core.Lengths.Length];
        for (var field = 0; field < LengthSums.Length; field++)
        {
            var lengths = core.Lengths[field];
            for (var doc = 0; doc < lengths.Length; doc++)
            {
                if (lengths[doc] > 0 && (Live is null || Live.Get(doc)))
                {
                    LengthSums[field] += lengths[doc];
                    DocumentsWithText[field]++;
                }
            }
        }
    }

    private Segment(Segment same, AtomicReaderContext context)
    {
        Context = context;
        Core = same.Core;
        (Live, Deleted) = (same.Live, same.Deleted);
        LiveCount = same.LiveCount;
        LengthSums = same.LengthSums;
        DocumentsWithText = same.DocumentsWithText;
        _frequencies = same._frequencies;
    }

    public AtomicReaderContext Context { get; }

    public AtomicReader Reader => Context.AtomicReader;

    public SegmentCore Core { get; }

    // Null where every document lives.
    public FixedBitSet? Live { get; }

    // The others; null where there are none.
    public FixedBitSet? Deleted { get; }

    public int LiveCount { get; }

    public long[] LengthSums { get; }

    public int[] DocumentsWithText { get; }

    // The same segment with the same deletions in a later commit.
    public Segment In(AtomicReaderContext context) => new(this, context);

    public bool IsLive(int doc) => Live is null || Live.Get(doc);

    public int DocumentFrequency(in IndexTerm term)
    {
        if (Live is not null && _frequencies.TryGetValue(term, out var known))
        {
            return known;
        }

        var count = new FrequencyCounter(this).Count(term);
        if (Live is null)
        {
            return count;
        }

        if (_frequencies.Count >= KeptFrequencies)
        {
            _frequencies.Clear();
        }

        _frequencies[term] = count;
        return count;
    }

    // The live document of a key, or -1.
    public int Find(Guid key) => Find([key]) is [var (doc, _)] ? doc : -1;

    // The live documents of some keys, each with the place of its key; keys that aren't here are left out.
    public List<(int Doc, int At)> Find(IReadOnlyList<Guid> keys)
    {
        var found = new List<(int Doc, int At)>();
        if (Reader.GetTerms(FieldNames.Key)?.GetEnumerator() is not { } terms)
        {
            return found;
        }

        var bytes = new BytesRef(FieldNames.OfKey(default));
        DocsEnum? docs = null;
        for (var i = 0; i < keys.Count; i++)
        {
            bytes.CopyChars(FieldNames.OfKey(keys[i]));
            if (!terms.SeekExact(bytes))
            {
                continue;
            }

            // An older version of the document may lie here deleted.
            docs = terms.Docs(null, docs, DocsFlags.NONE);
            for (var doc = docs.NextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = docs.NextDoc())
            {
                if (IsLive(doc))
                {
                    found.Add((doc, i));
                    break;
                }
            }
        }

        return found;
    }

    private static (FixedBitSet? Live, FixedBitSet? Deleted) CopyLive(AtomicReader reader)
    {
        var source = reader.LiveDocs;
        if (source is null || reader.NumDeletedDocs == 0)
        {
            return default;
        }

        var (live, deleted) = (new FixedBitSet(reader.MaxDoc), new FixedBitSet(reader.MaxDoc));
        for (var doc = 0; doc < reader.MaxDoc; doc++)
        {
            (source.Get(doc) ? live : deleted).Set(doc);
        }

        return (live, deleted);
    }
}
