using System.Collections.Concurrent;
using System.Globalization;
using Matchmaking.Matches;
using Matchmaking.Needs;

namespace Matchmaking.Benchmarks.Relevance;

/// <summary>Learns the weights of a match from judged needs, and says what they give on needs that they weren't learned from.</summary>
/// <remarks>Coordinate ascent (D. Metzler and W. B. Croft, "Linear feature-based models for information retrieval", Information Retrieval 10(3), 2007)
/// over nDCG@10 and half of recall@100, in five folds of needs; a change must earn more than <see cref="Least"/>. <c>--data DIRECTORY</c> learns
/// from what enterprises answered to recommendations there: INTERESTED is 3, declined as too early, too dear or not offered that way 2, not relevant 0.</remarks>
internal static class LearnVerb
{
    private const int Folds = 5;
    private const int Fewest = 50;
    private const double Least = 0.0005;

    private static readonly (string Name, Func<MatchWeights, double> Get, Func<MatchWeights, double, MatchWeights> Set, double[] Factors)[] s_parts =
    [
        ("titleWord", w => w.TitleWord, (w, v) => w with { TitleWord = v }, [0.5, 2]),
        ("titleCharacter", w => w.TitleCharacter, (w, v) => w with { TitleCharacter = v }, [0.5, 0.7, 1.4, 2]),
        ("contextWord", w => w.ContextWord, (w, v) => w with { ContextWord = v }, [0.5, 2]),
        ("contextCharacter", w => w.ContextCharacter, (w, v) => w with { ContextCharacter = v }, [0.5, 2]),
        ("meaning", w => w.Meaning, (w, v) => w with { Meaning = v }, [0.5, 0.7, 1.4, 2]),
        ("contextMeaning", w => w.ContextMeaning, (w, v) => w with { ContextMeaning = v }, [0.5, 2]),
        ("characterRarity", w => w.CharacterRarity, (w, v) => w with { CharacterRarity = v }, [0.75, 1.25]),
        ("contextPower", w => w.ContextPower, (w, v) => w with { ContextPower = v }, [0.67, 1.33]),
        ("unknownCloseness", w => w.UnknownCloseness, (w, v) => w with { UnknownCloseness = v }, [0.5, 2]),
    ];

    public static async Task<int> RunAsync(string[] args)
    {
        var options = Options.Of(args);
        using var collection = options.TryGetValue("data", out var data) ? await Collection.OfAnswersAsync(data) : await Collection.LoadAsync([options["patents"]], options["needs"], options["judgements"]);
        if (collection.Needs.Count < Fewest)
        {
            Console.Error.WriteLine($"{collection.Needs.Count} needs have judged something to be of use; from fewer than {Fewest} only chance is learned.");
            return 1;
        }
        var values = new ConcurrentDictionary<MatchWeights, (double Ndcg10, double Recall100)[]>();
        var start = MatchWeights.Shipped;
        // By the source's name of the need, which is chance enough and the same each time.
        var folds = collection.Needs.ConvertAll(need => (int)(uint)(need.SourceId ?? need.Id.ToString()).Aggregate(17u, (hash, c) => (hash * 31) + c) & 0x7FFFFFFF).ConvertAll(hash => hash % Folds);
        (double Ndcg10, double Recall100)[] Of(MatchWeights weights) => values.GetOrAdd(weights, w => Measure(collection, w));
        double Value(MatchWeights weights, Func<int, bool> counts)
        {
            var of = Of(weights).Index().Where(n => counts(folds[n.Index])).Select(n => n.Item).ToList();
            return of.Average(n => n.Ndcg10) + (0.5 * of.Select(n => n.Recall100).Where(r => !double.IsNaN(r)).Average());
        }
        var held = new List<(double Ndcg10, double Recall100)>();
        for (var fold = 0; fold < Folds; fold++)
        {
            var learned = Ascend(start, w => Value(w, f => f != fold));
            held.AddRange(Of(learned).Index().Where(n => folds[n.Index] == fold).Select(n => n.Item));
            Console.WriteLine($"fold {fold}: {Describe(learned)}");
        }
        var all = Ascend(start, w => Value(w, _ => true));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"start:           nDCG@10 {Of(start).Average(n => n.Ndcg10):0.0000}, recall@100 {Of(start).Select(n => n.Recall100).Where(r => !double.IsNaN(r)).Average():0.0000}"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"held out:        nDCG@10 {held.Average(n => n.Ndcg10):0.0000}, recall@100 {held.Select(n => n.Recall100).Where(r => !double.IsNaN(r)).Average():0.0000}"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"learned on all:  nDCG@10 {Of(all).Average(n => n.Ndcg10):0.0000}, recall@100 {Of(all).Select(n => n.Recall100).Where(r => !double.IsNaN(r)).Average():0.0000}"));
        Console.WriteLine(all.Write());
        return 0;
    }

    private static MatchWeights Ascend(MatchWeights start, Func<MatchWeights, double> value)
    {
        var (best, worth) = (start, value(start));
        for (var round = 0; round < 2; round++)
        {
            foreach (var (_, get, set, factors) in s_parts)
            {
                var here = best;
                foreach (var factor in factors)
                {
                    var tried = set(here, Math.Round(get(here) * factor, 3));
                    if (value(tried) is var reached && reached > worth + Least)
                        (best, worth) = (tried, reached);
                }
            }
        }
        return best;
    }

    private static (double Ndcg10, double Recall100)[] Measure(Collection collection, MatchWeights weights)
    {
        var measured = new (double, double)[collection.Needs.Count];
        using var patents = collection.Indexes.Patents.Acquire();
        Parallel.For(0, measured.Length, i =>
        {
            Need need = collection.Needs[i];
            var scores = patents.Rank(Scoring.Query(need, weights), null, int.MaxValue).Hits.ToDictionary(hit => hit.Key, hit => hit.Score);
            var metrics = RelevanceVerb.Measure(scores, collection.Judgements[need.Id]);
            measured[i] = (metrics.Ndcg10, metrics.Recall100);
        });
        return measured;
    }

    private static string Describe(MatchWeights weights) =>
        string.Join(", ", s_parts.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Name} {p.Get(weights):0.###}")));
}
