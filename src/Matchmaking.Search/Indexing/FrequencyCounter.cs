using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;
using Matchmaking.Search.Ranking;

namespace Matchmaking.Search.Indexing;

// How many live documents of a segment hold each of many terms, asked one after the other with enumerators that are kept.
internal sealed class FrequencyCounter(Segment segment)
{
    private readonly Dictionary<string, TermsEnum?> _terms = new(StringComparer.Ordinal);
    private readonly BytesRef _bytes = new(16);
    private DocsEnum? _docs;

    // Lucene's own count includes deleted documents until a merge drops them, which would let the past change a score.
    public int Count(in IndexTerm term)
    {
        if (!_terms.TryGetValue(term.LuceneField, out var at))
        {
            _terms[term.LuceneField] = at = segment.Reader.GetTerms(term.LuceneField)?.GetEnumerator();
        }

        _bytes.CopyChars(term.Indexed);
        return at is null || !at.SeekExact(_bytes) ? 0
            : segment.Live is null ? at.DocFreq
            : CountLive(at, segment.Live, segment.Deleted!);
    }

    private int CountLive(TermsEnum at, FixedBitSet live, FixedBitSet deleted)
    {
        _docs = at.Docs(null, _docs, DocsFlags.NONE);

        // Few deletions beside a long list: leaping from one deleted document to the next is cheaper than reading the list.
        if (segment.Reader.NumDeletedDocs < at.DocFreq / 16)
        {
            var gone = 0;
            for (var doc = deleted.NextSetBit(0); doc >= 0 && (_docs.DocID >= doc || _docs.Advance(doc) != DocIdSetIterator.NO_MORE_DOCS); doc = Next(deleted, doc))
            {
                gone += _docs.DocID == doc ? 1 : 0;
            }

            return at.DocFreq - gone;
        }

        var count = 0;
        for (var doc = _docs.NextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = _docs.NextDoc())
        {
            count += live.Get(doc) ? 1 : 0;
        }

        return count;
    }

    private static int Next(FixedBitSet set, int doc) => doc + 1 < set.Length ? set.NextSetBit(doc + 1) : -1;
}
