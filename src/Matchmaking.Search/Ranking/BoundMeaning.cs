using Matchmaking.Search.Analysis;
using Matchmaking.Search.Associations;

namespace Matchmaking.Search.Ranking;

// A query bound to associations: where it points, and its terms with those of the context, each as far as it is close to the heart.
internal sealed class BoundMeaning
{
    private const int MostClasses = 3;

    // The words that make the direction, with what each adds to it.
    private readonly List<(int Row, double Weight)> _words = [];

    public BoundMeaning(WeightedQuery query, AssociationTable? associations)
    {
        Terms = query.Terms;
        if (query.Meaning is not { } meaning)
        {
            return;
        }

        var heart = new double[AssociationTable.Dimensions];
        foreach (var word in query.Heart)
        {
            Add(associations, word.Term.Indexed, word.Count, heart, _words);
        }

        var known = Normalise(heart, _words);
        var context = new double[AssociationTable.Dimensions];
        var contextWords = new List<(int Row, double Weight)>();
        var terms = new List<WeightedTerm>(query.Terms);
        var characters = new SortedDictionary<string, (double Count, ContextWeights Weights)>(StringComparer.Ordinal);
        foreach (var word in query.Context)
        {
            var row = known ? associations!.Find(word.Term.Indexed) : -1;
            var close = row >= 0 ? Math.Max(0, associations!.Closeness(row, heart)) : meaning.Unknown;
            var count = Math.Pow(close, meaning.ContextPower) * word.Count;
            if (count <= 0)
            {
                continue;
            }

            Add(associations, word.Term.Indexed, count, context, contextWords);
            if (word.Term.Kind == TermKind.Character)
            {
                // It only says what is meant; as a term it counts by the words that it stands in.
                continue;
            }

            terms.Add(new(word.Term, word.Weights.Word * count, word.Weights.Names));
            foreach (var rune in word.Term.Indexed.EnumerateRunes().Where(rune => TextTokens.IsHan(rune.Value)))
            {
                var text = rune.ToString();
                characters[text] = (characters.GetValueOrDefault(text).Count + count, word.Weights);
            }
        }

        foreach (var (text, (count, weights)) in characters.Where(c => c.Value.Weights.Character > 0))
        {
            terms.Add(new(IndexTerm.Character(text).Shared(), weights.Character * WeightedQuery.Saturated(count), weights.Names));
        }

        if (Normalise(context, contextWords))
        {
            // Shares that add up to one: no document is closer than one, which bounds what meaning adds to a score.
            var (own, other) = (1 / (1 + meaning.ContextShare), meaning.ContextShare / (1 + meaning.ContextShare));
            for (var i = 0; i < heart.Length; i++)
            {
                heart[i] = (own * heart[i]) + (other * context[i]);
            }

            for (var i = 0; i < _words.Count; i++)
            {
                _words[i] = (_words[i].Row, own * _words[i].Weight);
            }

            _words.AddRange(contextWords.Select(w => (w.Row, other * w.Weight)));
        }

        Vector = Meaning.Whole(heart);
        if (meaning is { ClassField: { } field, ClassWeight: > 0 } && Vector is not null && !query.Terms.Any(term => term.Term.Kind == TermKind.Symbol && term.Term.Field == field))
        {
            Classes = associations!.Classes(Vector, MostClasses);
            terms.AddRange(Classes.Select(near => new WeightedTerm(IndexTerm.Symbol(field, near.Class), meaning.ClassWeight * near.Share, [field])));
        }

        Terms = terms.Count == query.Terms.Count ? query.Terms : new WeightedQuery(terms, query.MaxTerms).Terms;
    }

    public IReadOnlyList<WeightedTerm> Terms { get; }

    public Meaning? Vector { get; }

    // The classes that are looked for because it lies closest to them.
    public IReadOnlyList<(string Class, double Share)> Classes { get; } = [];

    // How much each pair of a word here and a word there adds to the closeness of two texts; the sum is it, but for rounding.
    public List<AssociatedWords> Ties(AssociationTable associations, IEnumerable<string> words)
    {
        var sum = new double[AssociationTable.Dimensions];
        var there = new List<(int Row, double Weight)>();
        foreach (var word in words)
        {
            Add(associations, word, 1, sum, there);
        }

        Normalise(sum, there);
        return
        [
            .. from here in _words.GroupBy(w => w.Row)
               from other in there.GroupBy(w => w.Row)
               let weight = here.Sum(w => w.Weight) * other.Sum(w => w.Weight)
               select new AssociatedWords(associations.Word(here.Key), associations.Word(other.Key), weight * associations.Closeness(here.Key, other.Key)),
        ];
    }

    private static void Add(AssociationTable? associations, string word, double count, double[] sum, List<(int Row, double Weight)> words)
    {
        if (associations?.Find(word) is >= 0 and var row)
        {
            var weight = count * associations.Rarity(row);
            associations.Add(row, weight, sum);
            words.Add((row, weight));
        }
    }

    private static bool Normalise(double[] sum, List<(int Row, double Weight)> words)
    {
        var square = 0.0;
        foreach (var value in sum)
        {
            square += value * value;
        }

        if (square < 1e-12)
        {
            return false;
        }

        var length = Math.Sqrt(square);
        for (var i = 0; i < sum.Length; i++)
        {
            sum[i] /= length;
        }

        for (var i = 0; i < words.Count; i++)
        {
            words[i] = (words[i].Row, words[i].Weight / length);
        }

        return true;
    }
}

/// <summary>Two words, or characters of words, that lie close among the associations, and what that adds (经由).</summary>
/// <param name="Here">The query's word, or a character behind <see cref="TextTokens.CharacterMark"/>.</param>
/// <param name="There">The document's word or character; may be the same.</param>
/// <param name="Score">What it adds to the closeness, or to the score.</param>
public readonly record struct AssociatedWords(string Here, string There, double Score);
