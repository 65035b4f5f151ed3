using Lucene.Net.Util;
using Matchmaking.Search.Indexing;

namespace Matchmaking.Search.Ranking;

// A query bound to the statistics of a snapshot: the terms that are scored, in their order, with their coefficients.
internal sealed class BoundQuery
{
    // Their posting lists are long, and the commonest add next to nothing.
    public const int MaxCharacters = 80;

    // In a stock of a few documents a word in all of them would tell no document from another, and nothing would be much.
    private const int LeastDocuments = 100;

    private readonly double[] _coefficients;
    private readonly int[] _hashes;
    private readonly int _firstCharacter;

    public BoundQuery(WeightedQuery query, IndexStatistics statistics, TextIndexSchema schema)
    {
        var held = new List<BoundTerm>(query.Terms.Count);
        var unseen = 0.0;
        var all = new List<double>(query.Terms.Count);
        var characters = new List<BoundTerm>();
        Direction = new(query, schema.Associations);
        foreach (var term in Direction.Terms)
        {
            var frequency = statistics.DocumentFrequency(term.Term);
            var idf = Bm25F.Idf(statistics.Documents, frequency);
            var isCharacter = term.Term.Kind == TermKind.Character;
            var coefficient = Bm25F.Coefficient(term.Weight, Bm25F.Rarity(idf, query.RarityPower(term.Term)), schema.K1);
            var bound = new BoundTerm(term, coefficient, schema.IsHint(term.Term) ? 0 : Variance(coefficient, Share(statistics.Documents, frequency)));
            if (isCharacter)
            {
                if (frequency > 0)
                {
                    characters.Add(bound);
                }

                continue;
            }

            all.Add(coefficient);
            if (frequency > 0)
            {
                held.Add(bound);
            }
            else
            {
                unseen += coefficient;
            }
        }

        KeepStrongest(held, query.MaxTerms);
        KeepStrongest(characters, MaxCharacters);
        _firstCharacter = held.Count;
        held.AddRange(characters);

        all.Sort(static (a, b) => b.CompareTo(a));
        _coefficients = [.. all];
        Terms = [.. held];
        _hashes = Array.ConvertAll(Terms, term => term.Source.Term.Indexed.GetHashCode());
        Unseen = unseen;
        var variance = 0.0;
        foreach (var term in Terms)
        {
            Ideal += term.Coefficient;
            variance += term.Variance;
        }

        Deviation = Math.Sqrt(variance);
        MeaningFactor = (query.Meaning?.Weight ?? 0) * Deviation;
        Ideal += LooksForMeaning ? MeaningFactor : 0;
    }

    public BoundTerm[] Terms { get; }

    // Words, symbols and identifiers, then what the query means, then characters, which only add: in this order scores are added.
    public ReadOnlySpan<BoundTerm> Words => Terms.AsSpan(0, _firstCharacter);

    public ReadOnlySpan<BoundTerm> Characters => Terms.AsSpan(_firstCharacter);

    // Those of the terms as they are indexed.
    public ReadOnlySpan<int> Hashes => _hashes;

    public double Ideal { get; }

    public double Unseen { get; }

    // How far the scores of documents picked at random lie apart, were the terms independent: the measure of what is much.
    public double Deviation { get; }

    // What the meaning of a document adds.
    public double MeaningOf(SegmentCore core, int doc) => MeaningFactor > 0 && Direction.Vector is { } vector ? MeaningFactor * core.Closeness(doc, vector) : 0;

    public bool LooksForMeaning => MeaningFactor > 0 && Direction.Vector is not null;

    // What the query means; its vector is null where it means nothing known.
    public BoundMeaning Direction { get; }

    // What a document of the same meaning gets, and no document more.
    public double MeaningFactor { get; }

    // The full scores of the strongest terms, held by a document or not.
    public double Leading(int terms)
    {
        var sum = 0.0;
        for (var i = 0; i < Math.Min(terms, _coefficients.Length); i++)
        {
            sum += _coefficients[i];
        }

        return sum;
    }

    // How much a term makes the scores of documents picked at random differ.
    public static double Variance(double coefficient, double share) => coefficient * coefficient * share * (1 - share);

    // Of the documents, as far as that tells one from another.
    public static double Share(int documents, int frequency) => (double)frequency / Math.Max(documents, LeastDocuments);

    private static void KeepStrongest(List<BoundTerm> terms, int most)
    {
        if (terms.Count <= most)
        {
            return;
        }

        terms.Sort(static (a, b) => a.Coefficient != b.Coefficient
            ? b.Coefficient.CompareTo(a.Coefficient)
            : a.Source.Term.CompareTo(b.Source.Term));
        terms.RemoveRange(most, terms.Count - most);
        terms.Sort(static (a, b) => a.Source.Term.CompareTo(b.Source.Term));
    }

    internal sealed class BoundTerm(WeightedTerm source, double coefficient, double variance)
    {
        private BytesRef? _bytes;

        public WeightedTerm Source { get; } = source;

        public double Coefficient { get; } = coefficient;

        public double Variance { get; } = variance;

        // Characters stand behind all other kinds in the order of the terms: whether anything else is shared is known by then.
        public bool OnlyAdds => Source.Term.Kind == TermKind.Character;

        // Only who reads posting lists needs it.
        public BytesRef Bytes => _bytes ??= new(Source.Term.Indexed);
    }
}
