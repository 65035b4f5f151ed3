using System.Text;
using Lucene.Net.Util;
using Matchmaking.Search.Indexing;
using Matchmaking.Search.Ranking;

namespace Matchmaking.Search.Monitoring;

// All terms of the stored queries, and how rare they have become.
// A term grows commoner only by documents of segments that weren't there before: each new segment's list of terms is read once, and
// what stands in it is counted again. Whatever else happens to an index makes terms rarer, or changes the number of all documents.
internal sealed class MonitoredTerms
{
    // Rarer than this counts as this: the ratio of two rarities next to nothing says nothing.
    private const double LeastIdf = 0.1;

    private readonly Dictionary<string, MonitoredTerm> _texts = new(StringComparer.Ordinal);
    private readonly Dictionary<IndexTerm, MonitoredTerm> _exact = [];
    private HashSet<SegmentCore> _known = [];
    private IndexStatistics? _statistics;
    private int _documents;

    public int Count => _texts.Count + _exact.Count;

    public IEnumerable<MonitoredTerm> All => _texts.Values.Concat(_exact.Values);

    public MonitoredTerm? Find(string indexed) => _texts.GetValueOrDefault(indexed);

    public MonitoredTerm? Find(IndexTerm exact) => _exact.GetValueOrDefault(exact);

    // Whether the bytes that the index has of a term say which term it was: half a pair of surrogates becomes what any other half becomes.
    public static bool IsWhole(IndexTerm term)
    {
        foreach (var c in term.Text.AsSpan())
        {
            if (char.IsSurrogate(c))
            {
                return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(term.Text)) == term.Text;
            }
        }

        return true;
    }

    // The term, made where it is new; its rarity is noted as one that thresholds are weighed with.
    public MonitoredTerm Weighed(IndexTerm term, IndexSnapshot snapshot, double k1)
    {
        var frequency = snapshot.Statistics.DocumentFrequency(term);
        var idf = Bm25F.Idf(snapshot.Statistics.Documents, frequency);
        var known = term.IsText ? Find(term.Indexed) : Find(term);
        if (known is null)
        {
            known = new(term, Count) { Frequency = frequency, Unit = Unit(idf, k1) };
            if (term.IsText)
            {
                _texts.Add(term.Indexed, known);
            }
            else
            {
                _exact.Add(term, known);
            }
        }

        known.Reference = Math.Max(known.Reference, idf);
        return known;
    }

    // Follows the index to a snapshot; the terms that lost more than a share of their rarity since thresholds were weighed with them.
    public List<MonitoredTerm> Follow(IndexSnapshot snapshot, double share)
    {
        var fallen = new List<MonitoredTerm>();
        var statistics = snapshot.Statistics;
        if (ReferenceEquals(_statistics, statistics))
        {
            return fallen;
        }

        var met = new HashSet<MonitoredTerm>(ReferenceEqualityComparer.Instance);
        foreach (var segment in snapshot.Segments)
        {
            if (!_known.Contains(segment.Core))
            {
                Read(segment, snapshot.Schema, met);
            }
        }

        foreach (var term in met)
        {
            term.Frequency = statistics.DocumentFrequency(term.Term);
            Test(term, statistics, share, fallen);
        }

        if (statistics.Documents < _documents)
        {
            foreach (var term in All)
            {
                if (!met.Contains(term))
                {
                    Test(term, statistics, share, fallen);
                }
            }
        }

        _known = [.. snapshot.Segments.Select(segment => segment.Core)];
        _statistics = statistics;
        _documents = statistics.Documents;
        return fallen;
    }

    // Forgets all terms, for queries that are weighed anew.
    public void Clear(IndexSnapshot snapshot)
    {
        _texts.Clear();
        _exact.Clear();
        _known = [.. snapshot.Segments.Select(segment => segment.Core)];
        _statistics = snapshot.Statistics;
        _documents = snapshot.Statistics.Documents;
    }

    private static double Unit(double idf, double k1) => Bm25F.Coefficient(1, Math.Max(idf, LeastIdf), k1);

    private static void Test(MonitoredTerm term, IndexStatistics statistics, double share, List<MonitoredTerm> fallen)
    {
        if (Bm25F.Idf(statistics.Documents, Math.Min(term.Frequency, statistics.Documents)) >= (1 - share) * term.Reference)
        {
            return;
        }

        term.Frequency = statistics.DocumentFrequency(term.Term);
        var idf = Bm25F.Idf(statistics.Documents, term.Frequency);
        if (idf < (1 - share) * term.Reference)
        {
            term.Reference = idf;
            fallen.Add(term);
        }
    }

    private void Read(Segment segment, TextIndexSchema schema, HashSet<MonitoredTerm> met)
    {
        var texts = _texts.GetAlternateLookup<ReadOnlySpan<char>>();
        var characters = new CharsRef();
        if (segment.Reader.GetTerms(FieldNames.AnyText)?.GetEnumerator() is { } words)
        {
            while (words.MoveNext())
            {
                UnicodeUtil.UTF8toUTF16(words.Term, characters);
                if (texts.TryGetValue(characters.Chars.AsSpan(characters.Offset, characters.Length), out var term))
                {
                    met.Add(term);
                }
            }
        }

        foreach (var term in _exact.Values)
        {
            if (segment.DocumentFrequency(term.Term, new(term.Term.Indexed)) > 0)
            {
                met.Add(term);
            }
        }
    }
}
