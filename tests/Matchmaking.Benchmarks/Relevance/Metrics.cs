namespace Matchmaking.Benchmarks.Relevance;

/// <summary>What one need's list of patents is worth.</summary>
/// <param name="Ndcg10">Gain 2^grade − 1, discount log2(rank + 1), over the ideal order of the judged (Järvelin and Kekäläinen 2002).</param>
/// <param name="P5">The share of grades of 2 and 3 among the first five.</param>
/// <param name="Mrr">One over the rank of the first grade of 2 or 3.</param>
/// <param name="Recall5">The share of grades of 2 and 3 that the first five of the whole collection hold.</param>
/// <param name="Recall100">The same of the first hundred.</param>
internal sealed record Metrics(double Ndcg10, double P5, double Mrr, double Recall5, double Recall100)
{
    private const int Relevant = 2;

    /// <param name="judged">The judged patents in the ranker's order, with their grades.</param>
    /// <param name="all">The first hundred of the whole collection, in order.</param>
    /// <param name="grades">All judgements of the need.</param>
    public static Metrics Of(IReadOnlyList<Guid> judged, IReadOnlyList<Guid> all, IReadOnlyDictionary<Guid, int> grades)
    {
        var ideal = Gain(grades.Values.OrderDescending());
        var relevant = grades.Count(g => g.Value >= Relevant);
        var first = judged.ToList().FindIndex(key => grades[key] >= Relevant);
        double Recall(int depth) => relevant == 0 ? double.NaN : (double)all.Take(depth).Count(key => grades.GetValueOrDefault(key) >= Relevant) / relevant;
        return new Metrics(
            ideal == 0 ? double.NaN : Gain(judged.Select(key => grades[key])) / ideal,
            judged.Take(5).Count(key => grades[key] >= Relevant) / 5.0,
            first < 0 ? 0 : 1.0 / (first + 1),
            Recall(5),
            Recall(100));
    }

    private static double Gain(IEnumerable<int> grades) =>
        grades.Take(10).Select((grade, i) => (Math.Pow(2, grade) - 1) / Math.Log2(i + 2)).Sum();
}
