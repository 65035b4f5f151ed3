using Lucene.Net.Util;

namespace Matchmaking.Search.Ranking;

// A query bound to the statistics of a snapshot: the terms that are scored, in their order, with their coefficients.
internal sealed class BoundQuery
{
    // Their posting lists are long, and the commonest add next to nothing.
    private const int MaxCharacters = 40;

    private readonly double[] _coefficients;

    public BoundQuery(WeightedQuery query, IndexStatistics statistics, double k1)
    {
        var held = new List<BoundTerm>(query.Terms.Count);
        var unseen = 0.0;
        var all = new List<double>(query.Terms.Count);
        var characters = new List<BoundTerm>();
        foreach (var term in query.Terms)
        {
            var frequency = statistics.DocumentFrequency(term.Term);
            var coefficient = Bm25F.Coefficient(term.Weight, Bm25F.Idf(statistics.Documents, frequency), k1);
            if (term.Term.Kind == TermKind.Character)
            {
                if (frequency > 0)
                {
                    characters.Add(new(term, coefficient));
                }

                continue;
            }

            all.Add(coefficient);
            if (frequency > 0)
            {
                held.Add(new(term, coefficient));
            }
            else
            {
                unseen += coefficient;
            }
        }

        KeepStrongest(held, query.MaxTerms);
        KeepStrongest(characters, MaxCharacters);
        held.AddRange(characters);

        all.Sort(static (a, b) => b.CompareTo(a));
        _coefficients = [.. all];
        Terms = [.. held];
        Unseen = unseen;
        foreach (var term in Terms)
        {
            Ideal += term.Coefficient;
        }
    }

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

    public BoundTerm[] Terms { get; }

    public double Ideal { get; }

    public double Unseen { get; }

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

    // The same, to the last bit, of a query that need not be bound for it.
    public static double Leading(WeightedQuery query, IndexStatistics statistics, double k1, int terms)
    {
        Span<double> strongest = stackalloc double[terms];
        var count = 0;
        foreach (var term in query.Terms)
        {
            if (term.Term.Kind == TermKind.Character)
            {
                continue;
            }

            var coefficient = Bm25F.Coefficient(term.Weight, statistics.Idf(term.Term), k1);
            if (count == terms && coefficient <= strongest[^1])
            {
                continue;
            }

            var at = count < terms ? count++ : terms - 1;
            for (; at > 0 && strongest[at - 1] < coefficient; at--)
            {
                strongest[at] = strongest[at - 1];
            }

            strongest[at] = coefficient;
        }

        var sum = 0.0;
        foreach (var coefficient in strongest[..count])
        {
            sum += coefficient;
        }

        return sum;
    }

    internal sealed class BoundTerm(WeightedTerm source, double coefficient)
    {
        private BytesRef? _bytes;

        public WeightedTerm Source { get; } = source;

        public double Coefficient { get; } = coefficient;

        // Characters stand behind all other kinds in the order of the terms: whether anything else is shared is known by then.
        public bool OnlyAdds => Source.Term.Kind == TermKind.Character;

        // Only who reads posting lists needs it.
        public BytesRef Bytes => _bytes ??= new(Source.Term.Indexed);
    }
}
