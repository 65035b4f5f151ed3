using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util.Automaton;
using Matchmaking.Search.Analysis;
using Matchmaking.Search.Indexing;
using Matchmaking.Search.Ranking;

namespace Matchmaking.Search.Queries;

// Looks for indexed words one edit away from words of a query that find nothing.
internal sealed class Suggester(CommittedIndex view, UserQuery query)
{
    private const int LongestWord = 16;
    private const int ReadTerms = 500;

    public IReadOnlyList<string> Run(int most)
    {
        var suggestions = new List<string>();
        foreach (var clause in query.Clauses)
        {
            if (clause is { Sign: not ClauseSign.Not, Kind: ClauseKind.Words, Field: null or TextField }
                && clause.Value.Length is > 1 and <= LongestWord && FindsNothing(clause))
            {
                foreach (var word in Near(TextFolding.Fold(clause.Value), most - suggestions.Count))
                {
                    suggestions.Add(query.Text.Remove(clause.Start, clause.Value.Length).Insert(clause.Start, word));
                }
            }
        }

        return suggestions;
    }

    // As a phrase: the segmenter parts an unknown word into characters, and each of these is found somewhere.
    private bool FindsNothing(in QueryClause clause)
    {
        var matching = new ClauseQuery(view.Schema, query.Analyzer, view.Reader, view.Statistics)
            .Translate([clause with { Kind = ClauseKind.Phrase, Sign = ClauseSign.Must }]);
        if (matching is null)
        {
            return false;
        }

        var weight = new IndexSearcher(view.Reader).CreateNormalizedWeight(matching);
        return !view.Segments.Any(segment =>
            weight.GetScorer(segment.Context, segment.Live) is { } docs && docs.NextDoc() != DocIdSetIterator.NO_MORE_DOCS);
    }

    private IEnumerable<string> Near(string word, int most)
    {
        if (MultiFields.GetTerms(view.Reader, FieldNames.AnyText) is not { } terms)
        {
            return [];
        }

        var near = terms.Intersect(new CompiledAutomaton(new LevenshteinAutomata(word, withTranspositions: true).ToAutomaton(1)), null);
        var found = new List<(string Word, bool SameLength, int Frequency)>();
        while (found.Count < ReadTerms && near.MoveNext())
        {
            var text = near.Term.Utf8ToString();
            var frequency = view.Statistics.DocumentFrequency(IndexTerm.Word(text));
            if (frequency > 0 && text.Length > 1 && text != word && text[0] != TextTokens.CharacterMark)
            {
                found.Add((text, text.Length == word.Length, frequency));
            }
        }

        // A wrong character is commoner than a missing one, above all in Chinese.
        return found.OrderByDescending(term => term.SameLength).ThenByDescending(term => term.Frequency)
            .ThenBy(term => term.Word, StringComparer.Ordinal).Take(most).Select(term => term.Word);
    }
}
