using System.Text;

namespace Matchmaking.Search.Analysis;

/// <summary>Makes the tokens of technical text: the analyzer's work without Lucene's streams, for scoring and highlighting.</summary>
/// <remarks>
/// Keeps its work space between calls, so it allocates nothing once warm; one instance serves one thread at a time. Tokens come in
/// order of position; at one position the whole comes first, then its synonyms, then its parts from left to right, or the pair it
/// begins, and last its characters.
/// </remarks>
public sealed class TextTokens
{
    /// <summary>Units of the longest term; anything longer is no word, and is left out.</summary>
    public const int LongestTerm = 255;

    /// <summary>Stands before the character of a <see cref="TextTokenKind.Character"/>, which is another term than the word of one character.</summary>
    public const char CharacterMark = '\uF8FF';

    // Beyond this length a symbol is a key or a sequence; its parts tell nothing.
    private const int LongestSymbolWithParts = 64;

    private readonly TechnicalLexicon lexicon;
    private readonly bool expandsSynonyms;
    private readonly TextUnits units = new();
    private char[] folded = [];
    private int[] origins = [];
    private char[] terms = new char[1024];
    private TextToken[] tokens = new TextToken[256];
    private int termsLength;
    private int count;

    // Positions to go forward before the next token.
    private int increment;

    /// <summary>An analysis by the lexicon that comes with this library, with synonyms.</summary>
    public TextTokens()
        : this(TechnicalLexicon.Default)
    {
    }

    /// <summary>An analysis by <paramref name="lexicon"/>.</summary>
    public TextTokens(TechnicalLexicon lexicon, bool expandsSynonyms = true)
    {
        this.lexicon = lexicon;
        this.expandsSynonyms = expandsSynonyms;
    }

    /// <summary>The tokens of <paramref name="text"/>; they and their terms last until the next call.</summary>
    public ReadOnlySpan<TextToken> Analyze(ReadOnlySpan<char> text)
    {
        count = termsLength = 0;
        increment = 0;
        int length = TextFolding.Fold(text, ref folded, ref origins);
        var source = folded.AsSpan(0, length);
        var pieces = units.Read(source);
        for (int i = 0; i < pieces.Length;)
        {
            if (pieces[i].Kind == TextUnitKind.SentenceEnd)
            {
                // A phrase doesn't go across sentences.
                increment++;
                i++;
                continue;
            }
            int end = TechnicalWordEnd(source, pieces, i, pieces.Length);
            if (end > i + 1)
                AddTechnicalWord(source, pieces[i..end]);
            else
                AddUnit(source, pieces, i);
            end = Math.Max(end, i + 1);
            AddCharacters(source, pieces[i].Start, pieces[end - 1].End);
            i = end;
        }
        return tokens.AsSpan(0, count);
    }

    /// <summary>The term of a token of the last <see cref="Analyze"/>.</summary>
    public ReadOnlySpan<char> Term(in TextToken token) => terms.AsSpan(token.TermStart, token.TermLength);

    internal TextToken TokenAt(int index) => tokens[index];

    /// <summary>The end of the longest technical word that begins with unit <paramref name="first"/> and ends with a unit; none: 0.</summary>
    private int TechnicalWordEnd(ReadOnlySpan<char> source, ReadOnlySpan<TextUnit> pieces, int first, int limit)
    {
        int start = pieces[first].Start;
        if (start + 1 >= source.Length || !lexicon.MayBegin(source[start], source[start + 1]))
            return 0;
        int last = first;
        while (last + 1 < limit && pieces[last + 1].Start == pieces[last].End
            && pieces[last + 1].Kind != TextUnitKind.SentenceEnd && pieces[last + 1].End - start <= lexicon.LongestWord)
            last++;
        for (; last >= first; last--)
        {
            if (lexicon.IsTechnicalWord(source[start..pieces[last].End]))
                return last + 1;
        }
        return 0;
    }

    private void AddTechnicalWord(ReadOnlySpan<char> source, ReadOnlySpan<TextUnit> pieces)
    {
        AddWhole(source, pieces[0].Start, pieces[^1].End, TextTokenKind.TechnicalWord);
        for (int i = 0; i < pieces.Length; i++)
        {
            int end = TechnicalWordEnd(source, pieces, i, i == 0 ? pieces.Length - 1 : pieces.Length);
            if (end > i + 1)
            {
                AddPart(source, pieces[i].Start, pieces[end - 1].End);
                AddSynonyms(source[pieces[i].Start..pieces[end - 1].End], pieces[i].Start, pieces[end - 1].End);
            }
            AddPartUnit(source, pieces[i]);
        }
    }

    private void AddPartUnit(ReadOnlySpan<char> source, TextUnit unit)
    {
        // One character of a longer word says less than it disturbs.
        if (unit.End - unit.Start > 1 || unit.Kind != TextUnitKind.Word)
            AddPart(source, unit.Start, unit.End);
        if (unit.Kind != TextUnitKind.Word)
            AddSymbolParts(source, unit);
    }

    private void AddUnit(ReadOnlySpan<char> source, ReadOnlySpan<TextUnit> pieces, int i)
    {
        var unit = pieces[i];
        if (unit.Kind == TextUnitKind.Word)
        {
            AddWhole(source, unit.Start, unit.End, TextTokenKind.Word);
            if (i + 1 < pieces.Length && IsPair(source, unit, pieces[i + 1]))
                AddPart(source, unit.Start, pieces[i + 1].End, TextTokenKind.Pair);
            return;
        }

        // 7075铝合金: a grade and what it is a grade of.
        int end = i + 1 < pieces.Length && pieces[i + 1].Start == unit.End && unit.End - unit.Start > 1
            && pieces[i + 1].Kind == TextUnitKind.Word && SymbolScanner.HasDigit(source[unit.Start..unit.End])
                ? TechnicalWordEnd(source, pieces, i + 1, pieces.Length)
                : 0;
        if (end > 0)
        {
            AddWhole(source, unit.Start, pieces[end - 1].End, TextTokenKind.Symbol);
            AddPart(source, unit.Start, unit.End);
        }
        else
        {
            AddWhole(source, unit.Start, unit.End, SymbolKind(source, unit));
        }
        AddSymbolParts(source, unit);
    }

    /// <summary>Where the dictionary knows no word it falls apart into characters; two of them say more than each alone.</summary>
    private bool IsPair(ReadOnlySpan<char> source, TextUnit first, TextUnit second) =>
        second.Kind == TextUnitKind.Word && first.End - first.Start == 1 && second.End - second.Start == 1 && first.End == second.Start
        && !lexicon.IsStopWord(source.Slice(first.Start, 1)) && !lexicon.IsStopWord(source.Slice(second.Start, 1));

    private static TextTokenKind SymbolKind(ReadOnlySpan<char> source, TextUnit unit)
    {
        if (unit.Kind == TextUnitKind.SuffixedSymbol)
            return TextTokenKind.Symbol;
        var text = source[unit.Start..unit.End];
        if (!SymbolScanner.HasDigit(text))
            return text.ContainsAny("-+#") ? TextTokenKind.Symbol : TextTokenKind.Word;
        return text.IndexOfAnyExcept("0123456789.．") < 0 ? TextTokenKind.Number : TextTokenKind.Symbol;
    }

    /// <summary>The pieces between hyphens, and the runs of letters and of digits in each.</summary>
    private void AddSymbolParts(ReadOnlySpan<char> source, TextUnit unit)
    {
        int end = unit.Kind == TextUnitKind.SuffixedSymbol ? unit.End - 1 : unit.End;
        if (end - unit.Start > LongestSymbolWithParts)
            return;
        if (end < unit.End)
            AddPart(source, unit.Start, end);
        for (int start = unit.Start; start < end;)
        {
            if (!SymbolScanner.IsSymbolUnit(source[start]))
            {
                start++;
                continue;
            }
            int pieceEnd = Math.Min(SymbolScanner.PieceEnd(source, start), end);
            if (start > unit.Start || pieceEnd < end)
                AddPart(source, start, pieceEnd);
            AddRuns(source, start, pieceEnd);
            start = pieceEnd;
        }
        if (end < unit.End)
            AddPart(source, end, unit.End);
    }

    private void AddRuns(ReadOnlySpan<char> source, int start, int end)
    {
        // The subclass is what a classification is looked up by: h01m, not h, 01 and m.
        if (SymbolScanner.IsClassification(source[start..end]))
        {
            if (end - start > 4)
                AddPart(source, start, start + 4);
            return;
        }
        for (int run = start, runEnd; run < end; run = runEnd)
        {
            bool letter = char.IsLetter(source[run]);
            for (runEnd = run + 1; runEnd < end && char.IsLetter(source[runEnd]) == letter; runEnd++)
            {
            }
            if (runEnd - run < end - start && SymbolScanner.IsSymbolUnit(source[run]))
                AddPart(source, run, runEnd);
        }
    }

    private void AddWhole(ReadOnlySpan<char> source, int start, int end, TextTokenKind kind)
    {
        increment++;
        int termStart = termsLength;
        int length = CopyTerm(source, start, end);
        var term = terms.AsSpan(termStart, length);
        if (length is 0 or > LongestTerm || lexicon.IsStopWord(term))
        {
            termsLength = termStart;
            return;
        }
        Append(start, end, kind, termStart, length);
        AddSynonyms(term, start, end);
    }

    private void AddPart(ReadOnlySpan<char> source, int start, int end, TextTokenKind kind = TextTokenKind.Part)
    {
        int termStart = termsLength;
        int length = CopyTerm(source, start, end);
        if (length is 0 or > LongestTerm || lexicon.IsStopWord(terms.AsSpan(termStart, length)))
            termsLength = termStart;
        else
            Append(start, end, kind, termStart, length);
    }

    private void AddSynonyms(ReadOnlySpan<char> term, int start, int end)
    {
        if (!expandsSynonyms)
            return;
        foreach (string synonym in lexicon.SynonymsOf(term))
        {
            EnsureTerms(synonym.Length);
            synonym.CopyTo(terms.AsSpan(termsLength));
            Append(start, end, TextTokenKind.Synonym, termsLength, synonym.Length);
            termsLength += synonym.Length;
        }
    }

    /// <summary>The Han characters of the word that was added last; a stop word has none that count.</summary>
    private void AddCharacters(ReadOnlySpan<char> source, int start, int end)
    {
        for (int at = start, length; at < end && increment == 0; at += length)
        {
            Rune.DecodeFromUtf16(source[at..end], out var rune, out length);
            if (!IsHan(rune.Value))
                continue;
            EnsureTerms(1 + length);
            int termStart = termsLength;
            terms[termsLength++] = CharacterMark;
            source.Slice(at, length).CopyTo(terms.AsSpan(termsLength));
            termsLength += length;
            Append(at, at + length, TextTokenKind.Character, termStart, 1 + length);
        }
    }

    // The unified ideographs with their extensions, and those kept for compatibility.
    public static bool IsHan(int value) => value is >= 0x3400 and <= 0x4DBF or >= 0x4E00 and <= 0x9FFF or >= 0xF900 and <= 0xFAFF or >= 0x20000 and <= 0x3FFFD;

    /// <summary>The text without blanks and hyphens, so that XYZ-1200A and XYZ1200A are one, as are 中 国 and 中国.</summary>
    private int CopyTerm(ReadOnlySpan<char> source, int start, int end)
    {
        EnsureTerms(end - start);
        int before = termsLength;
        for (int i = start; i < end; i++)
        {
            char unit = source[i];
            if (unit is ' ' or '\t' or '\r' or '\n' or '\u3000' || SymbolScanner.IsHyphen(unit))
                continue;
            terms[termsLength++] = unit switch
            {
                '．' => '.',
                '／' => '/',
                _ => unit,
            };
        }
        return termsLength - before;
    }

    private void EnsureTerms(int more)
    {
        if (termsLength + more > terms.Length)
            Array.Resize(ref terms, Math.Max(2 * terms.Length, termsLength + more));
    }

    private void Append(int start, int end, TextTokenKind kind, int termStart, int length)
    {
        if (count == tokens.Length)
            Array.Resize(ref tokens, 2 * count);
        tokens[count++] = new TextToken(
            TextFolding.OriginStart(origins[start]), TextFolding.OriginEnd(origins[end - 1]), kind, increment, termStart, length);
        increment = 0;
    }
}
