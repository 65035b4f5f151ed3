using Lucene.Net.Analysis;
using Lucene.Net.Analysis.TokenAttributes;
using Matchmaking.Search.Analysis;
using Matchmaking.Search.Associations;
using Matchmaking.Search.Indexing;

namespace Matchmaking.Search.Ranking;

/// <summary>Terms with weights, each term once, that documents are scored by.</summary>
/// <remarks>Immutable and independent of any index: how rare a term is enters at scoring time.</remarks>
public sealed class WeightedQuery
{
    /// <summary>How many terms are scored unless told otherwise.</summary>
    public const int DefaultMaxTerms = 64;

    /// <summary>What an occurrence by way of a synonym counts beside a written one.</summary>
    public const double SynonymWeight = 0.5;

    // Occurrences in the query saturate as those in a document do: k3 of Robertson & Zaragoza 2009, section 3.4.4.
    private const double K3 = 1.2;

    private static readonly string s_synonym = TechnicalTokenizer.TypeOf(TextTokenKind.Synonym);

    /// <summary>Makes a query of terms; weights of one term are added.</summary>
    /// <param name="terms">The terms, with weights that are finite and above zero.</param>
    /// <param name="maxTerms">At most so many terms are scored: those of the highest weight times rarity.</param>
    public WeightedQuery(IEnumerable<WeightedTerm> terms, int maxTerms = DefaultMaxTerms)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxTerms, 1);
        var merged = new SortedDictionary<IndexTerm, WeightedTerm>();
        foreach (var term in terms)
        {
            if (!(double.IsFinite(term.Weight) && term.Weight > 0))
            {
                throw new ArgumentException($"The weight {term.Weight} of \"{term.Term.Text}\" is not above zero.", nameof(terms));
            }

            merged[term.Term] = merged.TryGetValue(term.Term, out var same)
                ? new(term.Term, same.Weight + term.Weight, [.. same.Parts.Union(term.Parts)])
                : term;
        }

        Terms = [.. merged.Values];
        MaxTerms = maxTerms;
    }

    /// <summary>How meaning counts; null where only words do.</summary>
    public QueryMeaning? Meaning { get; init; }

    // By word and character: what the query means, and what counts as far as it is close to that.
    internal IReadOnlyList<MeaningWord> Heart { get; init; } = [];

    internal IReadOnlyList<MeaningWord> Context { get; init; } = [];

    /// <summary>The terms in their order.</summary>
    public IReadOnlyList<WeightedTerm> Terms { get; }

    /// <summary>At most so many terms are scored.</summary>
    public int MaxTerms { get; }

    /// <summary>Makes a query of texts: a term weighs the sum over the parts of part weight times saturated occurrences.</summary>
    public static WeightedQuery From(Analyzer analyzer, params IEnumerable<QueryPart> parts)
    {
        var terms = new List<WeightedTerm>();
        var counts = new SortedDictionary<string, double>(StringComparer.Ordinal);
        var written = new SortedDictionary<string, double>(StringComparer.Ordinal);
        var heart = new List<MeaningWord>();
        var context = new List<MeaningWord>();
        foreach (var part in parts)
        {
            if (string.IsNullOrEmpty(part.Text))
            {
                continue;
            }

            counts.Clear();
            written.Clear();
            Count(analyzer, part, counts, written);
            var weights = new ContextWeights(part.Weight, part.CharacterWeight, [part.Name]);
            if (part.Role == QueryRole.Context)
            {
                context.AddRange(counts.Select(c => new MeaningWord(IndexTerm.FromIndexed(c.Key).Shared(), Saturated(c.Value), weights)));
                continue;
            }

            if (part.Role == QueryRole.Heart)
            {
                heart.AddRange(written.Select(c => new MeaningWord(IndexTerm.FromIndexed(c.Key).Shared(), c.Value * part.Weight, weights)));
            }

            foreach (var (term, count) in counts)
            {
                var indexed = IndexTerm.FromIndexed(term).Shared();
                var weight = indexed.Kind == TermKind.Character ? part.CharacterWeight : part.Weight;
                terms.Add(new(indexed, weight * Saturated(count), weights.Names));
            }
        }

        return new(terms) { Heart = heart, Context = context };
    }

    /// <summary>This query with further terms.</summary>
    public WeightedQuery With(params IEnumerable<WeightedTerm> terms) => new(Terms.Concat(terms), MaxTerms) { Heart = Heart, Context = Context, Meaning = Meaning };

    /// <summary>This query, counting meaning, with twice as many terms: a context has many words that each count little.</summary>
    public WeightedQuery With(QueryMeaning meaning) => new(Terms, 2 * MaxTerms) { Heart = Heart, Context = Context, Meaning = meaning };

    internal static double Saturated(double count) => count * (K3 + 1) / (K3 + count);

    internal double RarityPower(IndexTerm term) => term.Kind == TermKind.Character && Meaning is { } meaning ? meaning.CharacterRarity : 1;

    private static void Count(Analyzer analyzer, QueryPart part, SortedDictionary<string, double> counts, SortedDictionary<string, double> written)
    {
        using var stream = analyzer.GetTokenStream(part.Name, part.Text!);
        var term = stream.AddAttribute<ICharTermAttribute>();
        var type = stream.AddAttribute<ITypeAttribute>();
        stream.Reset();
        while (stream.IncrementToken())
        {
            if (term.Length is > 0 and <= DocumentAnalysis.LongestTerm && (part.CharacterWeight > 0 || type.Type != TechnicalTokenizer.CharacterType))
            {
                var text = term.ToString()!;
                var one = type.Type == s_synonym ? SynonymWeight : 1;
                counts[text] = counts.GetValueOrDefault(text) + one;
                if (type.Type != s_synonym)
                {
                    written[text] = written.GetValueOrDefault(text) + 1;
                }
            }
        }

        stream.End();
    }
}
