using System.Text;
using Matchmaking.Search.Segmentation;

namespace Matchmaking.Search.Analysis;

/// <summary>Cuts folded text into dictionary words and symbols, the units that technical words are made of.</summary>
internal sealed class TextUnits
{
    // What may follow a symbol and be part of it: 7号, H型, 5轴, 3代.
    private const string Suffixes = "号型级代维轴相极阶类族形";

    // Where a text longer than the segmenter's window may be cut without harm.
    private const string SafeEnds = "\n\r。！？；，、,;!? ";

    private readonly Segmenter segmenter = new();
    private TextUnit[] units = new TextUnit[256];
    private int count;

    // Units before this one are covered by a symbol already.
    private int covered;

    /// <summary>The units of <paramref name="text"/>; they last until the next call.</summary>
    public ReadOnlySpan<TextUnit> Read(ReadOnlySpan<char> text)
    {
        count = 0;
        covered = 0;
        for (int at = 0; at < text.Length;)
        {
            int end = at + WindowLength(text[at..]);
            while (at < end)
            {
                int length = SentenceBreaker.Next(text[at..end], 0);
                foreach (var word in segmenter.SegmentSentence(text.Slice(at, length), at))
                    Add(text, word);
                at += length;
            }
        }
        return units.AsSpan(0, count);
    }

    private static int WindowLength(ReadOnlySpan<char> rest)
    {
        if (rest.Length <= Segmenter.Window)
            return rest.Length;
        int safe = rest[..Segmenter.Window].LastIndexOfAny(SafeEnds) + 1;
        if (safe > 0)
            return safe;
        return char.IsHighSurrogate(rest[Segmenter.Window - 1]) ? Segmenter.Window - 1 : Segmenter.Window;
    }

    private void Add(ReadOnlySpan<char> text, Word word)
    {
        if (word.Start < covered)
            return;
        var wordText = text[word.Start..word.End];
        if (SymbolScanner.IsSymbolUnit(wordText[0]))
        {
            covered = SymbolScanner.SymbolEnd(text, word.Start);
            Append(new TextUnit(word.Start, covered, TextUnitKind.Symbol));
            return;
        }
        if (word.Kind == WordKind.Delimiter)
        {
            if (wordText[0] is '。' or '！' or '？' or '；' or '.' or '!' or '?' or ';')
                Append(new TextUnit(word.Start, word.End, TextUnitKind.SentenceEnd));
            return;
        }
        if (Rune.DecodeFromUtf16(wordText, out var rune, out _) != System.Buffers.OperationStatus.Done || !Rune.IsLetterOrDigit(rune))
            return;
        if (wordText.Length == 1 && count > 0 && Suffixes.Contains(wordText[0], StringComparison.Ordinal))
        {
            ref var symbol = ref units[count - 1];
            if (symbol.Kind == TextUnitKind.Symbol && symbol.End == word.Start && TakesSuffix(text[symbol.Start..symbol.End]))
            {
                symbol = new TextUnit(symbol.Start, word.End, TextUnitKind.SuffixedSymbol);
                return;
            }
        }
        Append(new TextUnit(word.Start, word.End, TextUnitKind.Word));
    }

    // A number or a short mark; a whole Latin word before 类 or 型 is a word of its own.
    private static bool TakesSuffix(ReadOnlySpan<char> symbol) =>
        symbol.Length <= 2 || SymbolScanner.HasDigit(symbol);

    private void Append(TextUnit unit)
    {
        if (count == units.Length)
            Array.Resize(ref units, 2 * count);
        units[count++] = unit;
    }
}
