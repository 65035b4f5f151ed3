using Lucene.Net.Analysis;
using Lucene.Net.Analysis.TokenAttributes;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Matchmaking.Search.Analysis;
using Matchmaking.Search.Indexing;
using Matchmaking.Search.Ranking;
using LuceneQuery = Lucene.Net.Search.Query;

namespace Matchmaking.Search.Queries;

// Translates the clauses of a user's query into the Lucene query that says which documents match. Scores are not Lucene's.
internal sealed class ClauseQuery(TextIndexSchema schema, Analyzer analyzer, IndexReader reader, IndexStatistics statistics)
{
    private const double PrefixTermWeight = 0.5;

    private static readonly string s_part = TechnicalTokenizer.TypeOf(TextTokenKind.Part);

    private readonly List<WeightedTerm> _prefixTerms = [];

    // The words that prefixes stand for, to be ranked by.
    public IReadOnlyList<WeightedTerm> PrefixTerms => _prefixTerms;

    // Null where nothing can match: all words of the query were punctuation or stop words.
    public LuceneQuery? Translate(IReadOnlyList<QueryClause> clauses)
    {
        var all = new BooleanQuery();
        var alternatives = new BooleanQuery();
        var narrowing = new Dictionary<string, BooleanQuery>(StringComparer.Ordinal);
        var hasMust = false;
        foreach (var clause in clauses)
        {
            if (Translate(clause) is not { } query)
            {
                continue;
            }

            if (clause.Sign == ClauseSign.Not)
            {
                all.Add(query, Occur.MUST_NOT);
            }
            else if (clause.Sign == ClauseSign.Must)
            {
                hasMust = true;
                all.Add(query, Occur.MUST);
            }
            else if (clause.IsQualifier)
            {
                if (!narrowing.TryGetValue(clause.Field!.Name, out var values))
                {
                    narrowing[clause.Field.Name] = values = [];
                    all.Add(values, Occur.MUST);
                }

                values.Add(query, Occur.SHOULD);
            }
            else
            {
                alternatives.Add(query, Occur.SHOULD);
            }
        }

        // After a clause with +, alternatives only raise the score.
        if (alternatives.Clauses.Count > 0 && !hasMust)
        {
            all.Add(alternatives, Occur.MUST);
        }

        return all.Clauses.Any(clause => clause.Occur == Occur.MUST) ? all : null;
    }

    private LuceneQuery? Translate(QueryClause clause) => clause.Field switch
    {
        NumberField number => Range(number, clause.Value),
        SymbolField symbol => Symbol(symbol, symbol.Normalise(clause.Value), clause.Kind == ClauseKind.Prefix),
        TagField tag => Exact(FieldNames.Tag(tag.Name), tag.Normalise(clause.Value), clause.Kind == ClauseKind.Prefix),
        IdentifierField => AnyOf(schema.Fields.OfType<IdentifierField>()
            .Select(field => Exact(FieldNames.Identifier(field.Name), field.Normalise(clause.Value), clause.Kind == ClauseKind.Prefix))),
        _ => Text(clause.Field?.Name, clause),
    };

    private static NumericRangeQuery<long> Range(NumberField field, string value)
    {
        var (minimum, maximum) = UserQuery.ReadRange(value)!.Value;
        return NumericRangeQuery.NewInt64Range(FieldNames.Number(field.Name), minimum, maximum, true, true);
    }

    private static LuceneQuery Exact(string field, string value, bool prefix) =>
        prefix ? new PrefixQuery(new Term(field, value)) : new TermQuery(new Term(field, value));

    private static BooleanQuery AnyOf(IEnumerable<LuceneQuery> queries)
    {
        var any = new BooleanQuery(disableCoord: true);
        foreach (var query in queries)
        {
            any.Add(query, Occur.SHOULD);
        }

        return any;
    }

    // A symbol that documents carry at just this granularity is meant exactly: H01M4/36 is not the beginning of H01M4/364.
    private LuceneQuery Symbol(SymbolField field, string value, bool prefix) => Exact(
        FieldNames.Symbol(field.Name),
        value,
        prefix || statistics.DocumentFrequency(IndexTerm.Symbol(field.Name, value)) == 0);

    private LuceneQuery? Text(string? field, in QueryClause clause)
    {
        var index = field is null ? FieldNames.AnyText : FieldNames.Text(field);
        if (clause.Kind == ClauseKind.Prefix)
        {
            return Prefix(index, clause.Value);
        }

        var places = Places(field ?? "query", clause.Value);
        if (places.Count == 0)
        {
            return null;
        }

        if (clause.Kind == ClauseKind.Phrase && places.Count > 1)
        {
            var fields = field is null ? schema.Texts.Select(text => text.Name) : [field];
            return AnyOf(fields.Select(name => Phrase(FieldNames.Text(name), places)));
        }

        var words = AnyOf(places.Select(place => AnyOf(place.Terms.Select(term => new TermQuery(new Term(index, term))))));
        words.MinimumNumberShouldMatch = places.Count <= 2 ? places.Count : ((places.Count * 2) + 2) / 3;
        return words;
    }

    private static MultiPhraseQuery Phrase(string field, List<Place> places)
    {
        var phrase = new MultiPhraseQuery();
        foreach (var place in places)
        {
            phrase.Add([.. place.Terms.Select(term => new Term(field, term))], place.Position);
        }

        return phrase;
    }

    private BooleanQuery? Prefix(string field, string value)
    {
        var terms = PrefixExpansion.Of(reader, statistics, field, value);
        foreach (var term in terms.Take(PrefixExpansion.RankedTerms))
        {
            _prefixTerms.Add(new(IndexTerm.Word(term), PrefixTermWeight, []));
        }

        // A prefix that no word has matches nothing; as a clause of its own it must not vanish from the query.
        return AnyOf(terms.Select(term => new TermQuery(new Term(field, term))));
    }

    // The words of a text by their place; synonyms share the place of the word they stand for. Parts of a word are left out: they
    // would find batteries of every kind for one of them. They count in the score.
    private List<Place> Places(string field, string text)
    {
        var places = new List<Place>();
        using var stream = analyzer.GetTokenStream(field, text);
        var term = stream.AddAttribute<ICharTermAttribute>();
        var increment = stream.AddAttribute<IPositionIncrementAttribute>();
        var type = stream.AddAttribute<ITypeAttribute>();
        stream.Reset();
        var position = -1;
        while (stream.IncrementToken())
        {
            position = Math.Max(position + increment.PositionIncrement, 0);
            if (term.Length is 0 or > DocumentAnalysis.LongestTerm || type.Type == s_part || type.Type == TechnicalTokenizer.CharacterType)
            {
                continue;
            }

            if (places.Count == 0 || places[^1].Position != position)
            {
                places.Add(new(position, []));
            }

            places[^1].Terms.Add(term.ToString()!);
        }

        stream.End();
        return places;
    }

    private readonly record struct Place(int Position, List<string> Terms);
}
