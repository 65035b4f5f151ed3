using System.Globalization;
using Lucene.Net.Analysis;
using Matchmaking.Search.Indexing;
using Matchmaking.Search.Ranking;

namespace Matchmaking.Search.Queries;

/// <summary>A query as a user writes it: words, "phrases", +must, -not, field:value, prefix*, numbers of documents.</summary>
/// <remarks>
/// Clauses without a sign are alternatives, and the score orders what they find. Once there is a clause with +, they only raise
/// the score. Values of symbol, tag and number fields narrow the result; several of one field are alternatives.
/// A clause of up to two words wants all of them, a longer one two thirds. Full-width signs are read as ASCII.
/// Immutable; independent of the state of an index.
/// </remarks>
public sealed class UserQuery
{
    /// <summary>The longest query that is read, in UTF-16 characters.</summary>
    public const int MaxLength = 1_000;

    /// <summary>The most clauses that are read.</summary>
    public const int MaxClauses = 100;

    // Some spellings of a number have blanks: ZL 2017 1 0117081.7.
    private const int LongestNumberInWords = 5;

    private UserQuery(string text, Analyzer analyzer, List<QueryClause> clauses, WeightedQuery ranking)
    {
        Analyzer = analyzer;
        Text = text;
        Clauses = clauses;
        Ranking = ranking;
    }

    /// <summary>The query as it was written.</summary>
    public string Text { get; }

    /// <summary>The terms that order and highlight what is found; those of prefixes are added by each search.</summary>
    public WeightedQuery Ranking { get; }

    internal Analyzer Analyzer { get; }

    internal IReadOnlyList<QueryClause> Clauses { get; }

    /// <summary>Reads a query.</summary>
    /// <exception cref="QuerySyntaxException">It can't be read; the exception says why and where.</exception>
    public static UserQuery Parse(TextIndexSchema schema, Analyzer analyzer, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var clauses = RecogniseNumbers(schema, new QueryReader(schema, text).Read());
        var terms = new List<WeightedTerm>();
        foreach (var clause in clauses)
        {
            Check(clause);
            if (clause.Sign != ClauseSign.Not)
            {
                terms.AddRange(TermsOf(schema, analyzer, clause));
            }
        }

        return new(text, analyzer, clauses, new(terms));
    }

    // Reads a number or a range of a number field: 2019, 2019..2022, 2019.., ..2022, also with ～ or 至.
    internal static (long? Minimum, long? Maximum)? ReadRange(string value)
    {
        var plain = Width.Narrow(value).Replace("~", "..", StringComparison.Ordinal)
            .Replace("至", "..", StringComparison.Ordinal).Replace("…", "..", StringComparison.Ordinal);
        var dots = plain.IndexOf("..", StringComparison.Ordinal);
        if (dots < 0)
        {
            return ReadNumber(plain) is { } number ? (number, number) : null;
        }

        var (from, to) = (plain[..dots], plain[dots..].TrimStart('.'));
        var (minimum, maximum) = (ReadNumber(from), ReadNumber(to));
        var isRange = (from.Length > 0 || to.Length > 0) && (from.Length == 0) == (minimum is null) && (to.Length == 0) == (maximum is null);
        return isRange && !(minimum > maximum) ? (minimum, maximum) : null;
    }

    private static long? ReadNumber(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static void Check(in QueryClause clause)
    {
        if (clause.Field is NumberField && (clause.Kind == ClauseKind.Prefix || ReadRange(clause.Value) is null))
        {
            throw new QuerySyntaxException(
                $"\"{clause.Field.Name}\" wants a whole number or a range such as 2019..2022, not \"{clause.Value}\".",
                clause.Start);
        }

        if (clause.Field is SymbolField or TagField or IdentifierField && clause.Field.Normalise(clause.Value).Length == 0)
        {
            throw new QuerySyntaxException($"\"{clause.Value}\" is no value of \"{clause.Field.Name}\".", clause.Start);
        }
    }

    // Words, alone or several in a row, that spell the number of a document become a clause of the identifier fields.
    private static List<QueryClause> RecogniseNumbers(TextIndexSchema schema, List<QueryClause> clauses)
    {
        if (schema.RecogniseIdentifier is not { } recognise)
        {
            return clauses;
        }

        var field = schema.Fields.OfType<IdentifierField>().FirstOrDefault();
        var result = new List<QueryClause>(clauses.Count);
        for (var i = 0; i < clauses.Count; i++)
        {
            var clause = clauses[i];
            if (clause.Field is IdentifierField && clause.Kind != ClauseKind.Prefix && recognise(clause.Value) is { } spelled)
            {
                clause = clause with { Value = spelled };
            }
            else if (field is not null && clause is { Field: null, Kind: not ClauseKind.Prefix })
            {
                var run = 1;
                while (clause.Kind == ClauseKind.Words && run < LongestNumberInWords && i + run < clauses.Count
                    && clauses[i + run] is { Field: null, Sign: ClauseSign.None, Kind: ClauseKind.Words })
                {
                    run++;
                }

                for (; run > 0; run--)
                {
                    if (recognise(string.Concat(clauses.GetRange(i, run).Select(part => part.Value))) is { } key)
                    {
                        clause = clause with { Field = field, Kind = ClauseKind.Words, Value = key };
                        i += run - 1;
                        break;
                    }
                }
            }

            result.Add(clause);
        }

        return result;
    }

    private static IEnumerable<WeightedTerm> TermsOf(TextIndexSchema schema, Analyzer analyzer, QueryClause clause) => clause switch
    {
        { Kind: ClauseKind.Prefix } => [],
        { Field: SymbolField field } => [new(IndexTerm.Symbol(field.Name, field.Normalise(clause.Value)), 1, [])],
        { Field: IdentifierField } => schema.Fields.OfType<IdentifierField>().Select(field =>
            new WeightedTerm(IndexTerm.Identifier(field.Name, field.Normalise(clause.Value)), schema.IdentifierWeight, [])),
        { Field: null or TextField } => WeightedQuery.From(analyzer, new QueryPart(clause.Field?.Name ?? "query", clause.Value)).Terms,
        _ => [],
    };
}
