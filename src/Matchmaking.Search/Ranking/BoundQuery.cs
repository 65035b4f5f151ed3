using Lucene.Net.Util;

namespace Matchmaking.Search.Ranking;

// A query bound to the statistics of a snapshot: the terms that are scored, in their order, with their coefficients.
internal sealed class BoundQuery
{
    public BoundQuery(WeightedQuery query, IndexStatistics statistics, double k1)
    {
        var held = new List<BoundTerm>(query.Terms.Count);
        var unseen = 0.0;
        foreach (var term in query.Terms)
        {
            var frequency = statistics.DocumentFrequency(term.Term);
            var coefficient = Bm25F.Coefficient(term.Weight, Bm25F.Idf(statistics.Documents, frequency), k1);
            if (frequency > 0)
            {
                held.Add(new(term, coefficient));
            }
            else
            {
                unseen += coefficient;
            }
        }

        if (held.Count > query.MaxTerms)
        {
            held.Sort(static (a, b) => a.Coefficient != b.Coefficient
                ? b.Coefficient.CompareTo(a.Coefficient)
                : a.Source.Term.CompareTo(b.Source.Term));
            held.RemoveRange(query.MaxTerms, held.Count - query.MaxTerms);
            held.Sort(static (a, b) => a.Source.Term.CompareTo(b.Source.Term));
        }

        Terms = [.. held];
        Unseen = unseen;
        foreach (var term in Terms)
        {
            Ideal += term.Coefficient;
        }
    }

    public BoundTerm[] Terms { get; }

    public double Ideal { get; }

    public double Unseen { get; }

    internal sealed class BoundTerm(WeightedTerm source, double coefficient)
    {
        public WeightedTerm Source { get; } = source;

        public double Coefficient { get; } = coefficient;

        public BytesRef Bytes { get; } = new(source.Term.Text);
    }
}
