using System.Globalization;

namespace Matchmaking.Benchmarks.Relevance;

/// <summary>What each need's list was worth in one run, as a file of tab-separated values: <c>--save RUN</c>, <c>--against RUN</c>.</summary>
/// <remarks>Needs are named as their source names them: keys are made anew with each load.</remarks>
internal sealed class Run
{
    private const int Shown = 5;
    private const int Resamples = 2000;

    private readonly Dictionary<string, (double Ndcg10, double Recall100)> _needs = [];

    public static Run Of(List<Needs.Need> needs, List<Metrics> metrics)
    {
        var run = new Run();
        foreach (var (need, of) in needs.Zip(metrics))
            run._needs[need.SourceId!] = (of.Ndcg10, of.Recall100);
        return run;
    }

    /// <exception cref="InvalidDataException">It isn't a run.</exception>
    public static Run Read(string file)
    {
        var run = new Run();
        foreach (var (i, line) in File.ReadLines(file).Skip(1).Index())
        {
            run._needs[line.Split('\t')[0]] = line.Split('\t') is [_, var ndcg, var recall]
                ? (double.Parse(ndcg, CultureInfo.InvariantCulture), double.Parse(recall, CultureInfo.InvariantCulture))
                : throw new InvalidDataException($"{file}, line {i + 2}: three columns are expected: '{line}'.");
        }
        return run;
    }

    public void Write(string file) => File.WriteAllLines(file, _needs.OrderBy(n => n.Key, StringComparer.Ordinal)
        .Select(n => string.Create(CultureInfo.InvariantCulture, $"{n.Key}\t{n.Value.Ndcg10:R}\t{n.Value.Recall100:R}")).Prepend("need\tndcg10\trecall100"));

    /// <summary>Says by how much each measure changed, with an interval over the needs, and which needs gained and lost most.</summary>
    public void CompareWith(Run before, TextWriter output)
    {
        var both = _needs.Keys.Where(before._needs.ContainsKey).Order(StringComparer.Ordinal).ToList();
        if (both.Count == 0)
        {
            output.WriteLine("The stored run is of other needs.");
            return;
        }
        output.WriteLine($"against the stored run, {both.Count} needs: nDCG@10 {Change(both.ConvertAll(n => _needs[n].Ndcg10 - before._needs[n].Ndcg10))}, "
            + $"recall@100 {Change(both.ConvertAll(n => _needs[n].Recall100 - before._needs[n].Recall100))}");
        var byGain = both.OrderBy(n => _needs[n].Ndcg10 - before._needs[n].Ndcg10).ToList();
        foreach (var (name, needs) in new[] { ("lost most", byGain.Take(Shown)), ("gained most", byGain.AsEnumerable().Reverse().Take(Shown)) })
            output.WriteLine($"  {name}: {string.Join(", ", needs.Select(n => string.Create(CultureInfo.InvariantCulture, $"{n} {before._needs[n].Ndcg10:0.00} → {_needs[n].Ndcg10:0.00}")))}");
    }

    private static string Change(List<double> differences)
    {
        var known = differences.FindAll(d => !double.IsNaN(d));
        var random = new Random(1);
        var means = Enumerable.Range(0, Resamples).Select(_ => Enumerable.Range(0, known.Count).Average(_ => known[random.Next(known.Count)])).Order().ToList();
        return string.Create(CultureInfo.InvariantCulture, $"{known.Average():+0.000;-0.000} (95 %: {means[Resamples / 40]:+0.000;-0.000} to {means[Resamples - 1 - Resamples / 40]:+0.000;-0.000})");
    }
}
