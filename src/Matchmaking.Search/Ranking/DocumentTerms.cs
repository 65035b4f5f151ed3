using Lucene.Net.Analysis;
using Matchmaking.Search.Associations;
using Matchmaking.Search.Indexing;

namespace Matchmaking.Search.Ranking;

/// <summary>The terms of one document, made from its text again, to be scored against many queries.</summary>
/// <remarks>
/// The index keeps no term vectors: they would about double it, and the owner has the text. A document scored by its terms gets
/// the very score that the index gives it, whether or not the index holds it. Immutable.
/// </remarks>
public sealed class DocumentTerms
{
    private readonly TextIndexSchema _schema;
    private readonly Dictionary<string, int[]> _words;
    private readonly int[] _lengths;
    private readonly HashSet<IndexTerm> _exact;
    private readonly Meaning? _meaning;

    // A bit for each of so many hashes that a term of the document has: most terms of most queries aren't held, and are told by this.
    private readonly ulong[] _hashes = new ulong[64];

    private DocumentTerms(TextIndexSchema schema, Dictionary<string, int[]> words, int[] lengths, HashSet<IndexTerm> exact, Meaning? meaning)
    {
        _schema = schema;
        _words = words;
        _lengths = lengths;
        _exact = exact;
        _meaning = meaning;
        foreach (var word in words.Keys)
        {
            Note(word);
        }

        foreach (var term in exact)
        {
            Note(term.Indexed);
        }
    }

    /// <summary>All terms of the document, in no order.</summary>
    public IEnumerable<IndexTerm> Terms => _words.Keys.Select(IndexTerm.FromIndexed).Concat(_exact);

    /// <summary>Analyses a document as the index would.</summary>
    /// <exception cref="ArgumentException">The document has a field that the schema has not.</exception>
    public static DocumentTerms From(TextIndexSchema schema, Analyzer analyzer, TextDocument document)
    {
        var analysis = new DocumentAnalysis(schema);
        analysis.Analyse(analyzer, document);
        var words = new Dictionary<string, int[]>(StringComparer.Ordinal);
        for (var field = 0; field < analysis.Tokens.Length; field++)
        {
            foreach (var (term, _) in analysis.Tokens[field])
            {
                if (!words.TryGetValue(term, out var counts))
                {
                    words[term] = counts = new int[analysis.Tokens.Length];
                }

                counts[field]++;
            }
        }

        var exact = new HashSet<IndexTerm>();
        foreach (var (field, symbol) in document.Symbols)
        {
            exact.Add(IndexTerm.Symbol(field, schema.Get<SymbolField>(field).Normalise(symbol)));
        }

        foreach (var (field, identifier) in document.Identifiers)
        {
            exact.Add(IndexTerm.Identifier(field, schema.Get<IdentifierField>(field).Normalise(identifier)));
        }

        return new(schema, words, [.. analysis.Lengths], exact, analysis.Meaning);
    }

    /// <summary>Whether the document holds a term.</summary>
    public bool Holds(IndexTerm term) => term.IsText ? _words.ContainsKey(term.Indexed) : _exact.Contains(term);

    // The words and characters as the index has them, with their occurrences by field.
    internal Dictionary<string, int[]> Words => _words;

    // The symbols and identifiers.
    internal HashSet<IndexTerm> Exact => _exact;

    // Where it points among the associations; null where nothing of it is known.
    internal Meaning? Meaning => _meaning;

    // How much of a word's coefficient its occurrences score.
    internal double Saturation(int[] counts, IndexStatistics statistics) => Bm25F.Score(1, Frequency(counts, statistics), _schema.K1);

    internal double Saturation(IndexTerm exact) => Bm25F.Score(1, _schema.WeightOf(exact), _schema.K1);

    internal double Score(BoundQuery query, IndexStatistics statistics, List<TermScore>? explained, out double meaning)
    {
        var total = Add(query.Words, query.Hashes, statistics, explained, 0);
        meaning = query.LooksForMeaning && _meaning is not null
            ? query.MeaningFactor * query.Direction.Vector!.ClosenessTo(_meaning)
            : 0;
        return Add(query.Characters, query.Hashes[query.Words.Length..], statistics, explained, total + meaning);
    }

    private double Add(ReadOnlySpan<BoundQuery.BoundTerm> terms, ReadOnlySpan<int> hashes, IndexStatistics statistics, List<TermScore>? explained, double total)
    {
        for (var i = 0; i < terms.Length; i++)
        {
            if ((_hashes[(hashes[i] >> 6) & 63] & (1UL << hashes[i])) == 0)
            {
                continue;
            }

            var term = terms[i];
            var source = term.Source.Term;
            if (!source.IsText)
            {
                if (_exact.Contains(source))
                {
                    var score = Bm25F.Score(term.Coefficient, _schema.WeightOf(source), _schema.K1);
                    total += score;
                    explained?.Add(new(term.Source, score, [new(source.Field, 1, score)]));
                }
            }
            else if ((total > 0 || source.Kind != TermKind.Character) && _words.TryGetValue(source.Indexed, out var counts))
            {
                var frequency = Frequency(counts, statistics);
                var score = Bm25F.Score(term.Coefficient, frequency, _schema.K1);
                total += score;
                explained?.Add(new(term.Source, score, Shares(counts, statistics, score, frequency)));
            }
        }

        return total;
    }

    private void Note(string indexed)
    {
        var hash = indexed.GetHashCode();
        _hashes[(hash >> 6) & 63] |= 1UL << hash;
    }

    private double Frequency(int[] counts, IndexStatistics statistics)
    {
        var frequency = 0.0;
        for (var field = 0; field < counts.Length; field++)
        {
            if (counts[field] > 0)
            {
                frequency += statistics.Norms[field].Frequency(counts[field], _lengths[field]);
            }
        }

        return frequency;
    }

    private List<FieldShare> Shares(int[] counts, IndexStatistics statistics, double score, double frequency)
    {
        var shares = new List<FieldShare>();
        for (var field = 0; field < counts.Length; field++)
        {
            if (counts[field] > 0)
            {
                var share = statistics.Norms[field].Frequency(counts[field], _lengths[field]);
                shares.Add(new(_schema.Texts[field].Name, counts[field], score * (share / frequency)));
            }
        }

        return shares;
    }
}
