using System.Runtime.CompilerServices;

namespace Matchmaking.Search.Ranking;

// BM25F: S. Robertson & H. Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", Foundations and Trends in
// Information Retrieval 3(4), 2009, section 3.6. The idf is that of Lucene's BM25Similarity, which never falls below zero.
// Every path to a score goes through these expressions in the same order, so that all give the same bits.
internal static class Bm25F
{
    public static double Idf(int documents, int frequency) => Math.Log(1 + ((documents - frequency + 0.5) / (frequency + 0.5)));

    // Characters may count by a power of their idf.
    public static double Rarity(double idf, double power) => power == 1 ? idf : Math.Pow(idf, power);

    public static double Coefficient(double weight, double idf, double k1) => weight * idf * (k1 + 1);

    public static double Norm(double b, int length, double averageLength) => 1 - b + (b * length / averageLength);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double FieldFrequency(double weight, int occurrences, double norm) => weight * occurrences / norm;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Score(double coefficient, double frequency, double k1) => coefficient * (frequency / (k1 + frequency));
}
