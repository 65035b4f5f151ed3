using Matchmaking.Search.Ranking;

namespace Matchmaking.Search.Monitoring;

// Between what a term's coefficient lies and how little it makes scores differ, per unit of weight, as long as no more documents than some
// are added and removed.
internal readonly record struct Prospect(double LeastCoefficient, double GreatestCoefficient, double LeastVariance)
{
    // Up to this power the variance has one summit in the number of documents that hold the term: its logarithm is concave there.
    public const double GreatestPower = 2;

    // The variance (ln((N + 1) / (df + 0.5)))^2p · s(1 − s) with s = df / N rises to one summit and falls in each of N and df while the other
    // stands, so over all that N and df may become it is least in a corner.
    public static Prospect Of(int documents, int frequency, double power, int added, int removed, double k1)
    {
        var (fewest, most) = (Math.Max(0, documents - removed), documents + added);
        var (seldom, often) = (Math.Max(0, frequency - removed), frequency + added);
        var greatest = Coefficient(most, seldom, power, k1);
        if (often >= fewest)
        {
            // It may stand in all documents.
            return new(0, greatest, 0);
        }

        var variance = double.PositiveInfinity;
        foreach (var (n, df) in (ReadOnlySpan<(int, int)>)[(fewest, seldom), (fewest, often), (most, seldom), (most, often)])
        {
            variance = Math.Min(variance, BoundQuery.Variance(Coefficient(n, df, power, k1), BoundQuery.Share(n, df)));
        }

        return new(Coefficient(fewest, often, power, k1), greatest, variance);
    }

    private static double Coefficient(int documents, int frequency, double power, double k1) =>
        Bm25F.Coefficient(1, Bm25F.Rarity(Bm25F.Idf(documents, frequency), power), k1);
}
