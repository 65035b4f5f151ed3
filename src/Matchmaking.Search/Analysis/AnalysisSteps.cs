namespace Matchmaking.Search.Analysis;

/// <summary>What becomes of a text on its way to terms, step by step, for whoever asks why it was found or not.</summary>
/// <param name="Folded">The text with the spellings of each character brought together.</param>
/// <param name="Sentences">The words and symbols that each sentence is cut into; punctuation is gone.</param>
/// <param name="LeftOut">Those of them that no term came of: stop words, in their order.</param>
/// <param name="Terms">What is indexed, and with synonyms what is asked for, in order of position.</param>
public sealed record AnalysisSteps(string Folded, IReadOnlyList<IReadOnlyList<string>> Sentences, IReadOnlyList<string> LeftOut, IReadOnlyList<PlacedTerm> Terms)
{
    /// <summary>The steps of a text by the lexicon that comes with this library.</summary>
    public static AnalysisSteps Of(string text)
    {
        char[] folded = [];
        int[] origins = [];
        var length = TextFolding.Fold(text, ref folded, ref origins);
        var source = folded.AsSpan(0, length);
        var terms = Place(text);
        var covered = new bool[text.Length];
        foreach (var term in terms)
        {
            covered.AsSpan(term.Start, term.End - term.Start).Fill(true);
        }

        var sentences = new List<IReadOnlyList<string>>();
        var sentence = new List<string>();
        var leftOut = new List<string>();
        foreach (var unit in new TextUnits().Read(source))
        {
            if (unit.Kind == TextUnitKind.SentenceEnd)
            {
                End(sentences, ref sentence);
                continue;
            }

            var word = source[unit.Start..unit.End].ToString();
            sentence.Add(word);
            if (!covered[TextFolding.OriginStart(origins[unit.Start])])
            {
                leftOut.Add(word);
            }
        }

        End(sentences, ref sentence);
        return new(source.ToString(), sentences, leftOut, terms);
    }

    private static List<PlacedTerm> Place(string text)
    {
        var analysis = new TextTokens();
        var terms = new List<PlacedTerm>();
        var position = 0;
        foreach (var token in analysis.Analyze(text))
        {
            position += token.PositionIncrement;
            var term = analysis.Term(token);
            terms.Add(new(position, (token.Kind == TextTokenKind.Character ? term[1..] : term).ToString(), token.Kind, token.Start, token.End));
        }

        return terms;
    }

    private static void End(List<IReadOnlyList<string>> sentences, ref List<string> sentence)
    {
        if (sentence.Count > 0)
        {
            sentences.Add(sentence);
            sentence = [];
        }
    }
}

/// <summary>A term and where it stands.</summary>
/// <param name="Position">The place among the words, from 1; the same for a whole, its parts, synonyms and characters.</param>
/// <param name="Text">The term; a character without its mark.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Start">First UTF-16 unit in the text as it was given.</param>
/// <param name="End">One past the last.</param>
public readonly record struct PlacedTerm(int Position, string Text, TextTokenKind Kind, int Start, int End);
