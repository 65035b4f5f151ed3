using System.Buffers;
using System.Globalization;
using System.Text;

namespace Matchmaking.Search.Segmentation;

/// <summary>Finds where sentences end, as Java's sentence iterator for the root locale does, which Lucene relies on.</summary>
/// <remarks>
/// A sentence ends after a terminator (。！？ and kin) with the quotes, brackets and blanks that follow it, after a danda, after a
/// paragraph separator, and after a full stop only where what follows looks like a beginning: the tables below say when.
/// </remarks>
internal static class SentenceBreaker
{
    // States. A boundary is known behind every unit read in Text, Danda, Terminator and TerminatorBlank; the Period states wait for
    // what follows, and Begun confirms the boundary they remembered.
    private const byte Stop = 0, Text = 1, Ended = 2, Danda = 3, Begun = 4, Period = 5, PeriodBlank = 6, PeriodBlanks = 7,
        PeriodMark = 8, PeriodQuote = 9, BlanksMark = 10, Terminator = 11, TerminatorBlank = 12;

    // Columns of the transition table.
    private const int Comma = 0, Paragraph = 1, FullStop = 2, Quote = 3, Terminal = 4, Upper = 5, Lower = 6, DandaMark = 7,
        Mark = 8, Number = 9, Close = 10, Open = 11, Blank = 12, Columns = 13, Ignored = -1;

    private static readonly SearchValues<char> LeavesText = SearchValues.Create("\u2029.．!?。！？।॥\uFFFF");

    private static ReadOnlySpan<byte> Transitions =>
    [
        // comma, paragraph, full stop, quote, terminal, upper, lower, danda, mark, number, close, open, blank
        Stop, Stop, Stop, Stop, Stop, Stop, Stop, Stop, Stop, Stop, Stop, Stop, Stop, // Stop
        Text, Ended, Period, Text, Terminator, Text, Text, Danda, Text, Text, Text, Text, Text, // Text
        Stop, Stop, Stop, Stop, Stop, Stop, Stop, Stop, Stop, Stop, Stop, Stop, Stop, // Ended
        Stop, Stop, Stop, Stop, Stop, Stop, Stop, Stop, Stop, Stop, Stop, Stop, Danda, // Danda
        Stop, Stop, Stop, Stop, Stop, Stop, Stop, Stop, Stop, Stop, Stop, Stop, Stop, // Begun
        Text, Ended, Period, PeriodQuote, Terminator, Text, Text, PeriodMark, PeriodMark, Text, Period, PeriodMark, PeriodBlank,
        Text, Ended, Period, PeriodMark, Terminator, Begun, Text, PeriodMark, PeriodMark, Text, Text, PeriodMark, PeriodBlanks,
        Text, Ended, Period, BlanksMark, Terminator, Begun, Begun, BlanksMark, BlanksMark, Text, Text, BlanksMark, PeriodBlanks,
        Text, Ended, Period, PeriodMark, Terminator, Begun, Begun, PeriodMark, PeriodMark, Text, Text, PeriodMark, Text,
        Text, Ended, Period, PeriodQuote, Terminator, Begun, Begun, BlanksMark, BlanksMark, Text, Period, BlanksMark, PeriodBlank,
        Stop, Stop, Stop, PeriodMark, Stop, Begun, Begun, PeriodMark, PeriodMark, Stop, Stop, PeriodMark, Stop, // BlanksMark
        Stop, Ended, Terminator, Terminator, Terminator, Stop, Stop, Stop, Stop, Stop, Terminator, Stop, TerminatorBlank,
        Stop, Ended, Stop, Stop, Stop, Stop, Stop, Stop, Stop, Stop, Stop, Stop, TerminatorBlank,
    ];

    /// <summary>The end of the sentence that begins at <paramref name="start"/>, which must lie inside <paramref name="text"/>.</summary>
    public static int Next(ReadOnlySpan<char> text, int start)
    {
        int result = start + UnitsAt(text, start);
        int remembered = 0;
        int state = Text;
        int i = start;
        while (true)
        {
            if (state == Text)
            {
                int skipped = text[i..].IndexOfAny(LeavesText);
                if (skipped < 0)
                    return text.Length;
                i += skipped;
                result = Math.Max(result, i);
            }

            // U+FFFF is Java's mark for the end of the text, so its iterator stops there too.
            if (i >= text.Length || text[i] == '\uFFFF' || state == Stop)
                break;
            int units = UnitsAt(text, i);
            int column = Column(text, i, units);
            if (column != Ignored)
                state = Transitions[(state * Columns) + column];
            i += units;
            switch (state)
            {
                case Begun:
                    result = remembered;
                    break;
                case Period or PeriodBlank or PeriodBlanks or PeriodQuote:
                    remembered = i;
                    break;
                case Text or Ended or Danda or Terminator or TerminatorBlank:
                    result = i;
                    break;
            }
        }

        // A full stop at the very end needs no beginning behind it.
        return i >= text.Length && remembered == text.Length ? remembered : result;
    }

    private static int UnitsAt(ReadOnlySpan<char> text, int i) =>
        char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]) ? 2 : 1;

    private static int Column(ReadOnlySpan<char> text, int i, int units)
    {
        switch (text[i])
        {
            case '\u2029': return Paragraph;
            case '.' or '．': return FullStop;
            case '"' or '\'': return Quote;
            case '!' or '?' or '。' or '！' or '？': return Terminal;
            case '।' or '॥': return DandaMark;
            case ',': return Comma;
            case '\t' or '\n' or '\f' or '\r': return Blank;
        }
        return (units == 2 ? CharUnicodeInfo.GetUnicodeCategory(new Rune(text[i], text[i + 1]).Value) : char.GetUnicodeCategory(text[i])) switch
        {
            UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format => Ignored,
            UnicodeCategory.UppercaseLetter or UnicodeCategory.TitlecaseLetter or UnicodeCategory.OtherLetter
                or UnicodeCategory.ModifierLetter => Upper,
            UnicodeCategory.LowercaseLetter => Lower,
            UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber => Number,
            UnicodeCategory.ClosePunctuation or UnicodeCategory.FinalQuotePunctuation => Close,
            UnicodeCategory.OpenPunctuation or UnicodeCategory.InitialQuotePunctuation => Open,
            UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator => Blank,
            _ => Mark,
        };
    }
}
