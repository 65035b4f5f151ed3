using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Matchmaking.Search.Segmentation;

/// <summary>Cuts Chinese text into words, exactly as Lucene's smart Chinese tokenizer does.</summary>
/// <remarks>
/// Keeps its work space between calls, so it allocates nothing once warm; one instance serves one thread at a time. Text is read
/// in windows of 1,024 units that end behind a line break where there is one, so memory stays bounded and a longer
/// run without any line break is cut, as Lucene cuts it.
/// </remarks>
public sealed class Segmenter
{
    /// <summary>Units that are looked at together.</summary>
    internal const int Window = 1024;

    private readonly Lexicon lexicon;

    // firstFrom[p]: the first candidate that starts at p or later. Candidates are in order of start, then of length.
    private readonly int[] firstFrom = new int[Window + 2];
    private readonly Word[] words = new Word[Window];
    private Candidate[] candidates = new Candidate[4 * Window];

    /// <summary>A segmenter on the dictionary that comes with this library.</summary>
    public Segmenter()
        : this(Lexicon.Default)
    {
    }

    /// <summary>A segmenter on <paramref name="lexicon"/>.</summary>
    public Segmenter(Lexicon lexicon) => this.lexicon = lexicon;

    /// <summary>The words of <paramref name="text"/> in order, delimiters included, blanks left out.</summary>
    public SegmentedText Segment(ReadOnlySpan<char> text) => new(this, text);

    /// <summary>How many units at the front of <paramref name="rest"/>, the text still to be read, form the next window.</summary>
    internal static int WindowLength(ReadOnlySpan<char> rest)
    {
        if (rest.Length < Window)
            return rest.Length;
        int lineEnd = rest[..Window].LastIndexOfAny("\r\n\u0085\u2028\u2029");
        return lineEnd < 0 ? Window : lineEnd + 1;
    }

    /// <summary>Cuts one sentence of at most a window; the words are counted from <paramref name="offset"/> and last until the next call.</summary>
    internal ReadOnlySpan<Word> SegmentSentence(ReadOnlySpan<char> sentence, int offset)
    {
        int count = FindCandidates(sentence);
        FindPath(count);
        int wordCount = 0;
        for (int i = candidates[count - 1].Previous; i != 0; i = candidates[i].Previous)
            wordCount++;
        var path = words.AsSpan(0, wordCount);
        for (int i = candidates[count - 1].Previous; i != 0; i = candidates[i].Previous)
        {
            ref readonly var candidate = ref candidates[i];
            path[--wordCount] = new Word(offset + candidate.Start, offset + candidate.End, candidate.Kind);
        }
        return path;
    }

    /// <summary>A word of the sentence cut last.</summary>
    internal Word WordAt(int index) => words[index];

    private int FindCandidates(ReadOnlySpan<char> sentence)
    {
        int count = 0;
        Add(ref count, 0, 0, lexicon.SentenceBegin, WordKind.Delimiter);
        int i = 0;
        while (i < sentence.Length)
        {
            // The sentence's own beginning is candidate 0 and starts before everything, so it belongs to no position.
            firstFrom[i] = count;
            char unit = sentence[i];
            int end = i + 1;
            switch (CharClasses.Of(unit))
            {
                case CharClass.Han:
                    AddHan(ref count, sentence, i);
                    break;
                case CharClass.Space:
                    break;
                case CharClass.Delimiter:
                    Add(ref count, i, end, lexicon.EntryOf(unit), WordKind.Delimiter);
                    break;
                case CharClass.Letter or CharClass.WideLetter:
                    while (end < sentence.Length && CharClasses.Of(sentence[end]) is CharClass.Letter or CharClass.WideLetter)
                        firstFrom[end++] = count + 1;
                    Add(ref count, i, end, lexicon.Letters, WordKind.Letters);
                    break;
                case CharClass.Digit or CharClass.WideDigit:
                    while (end < sentence.Length && CharClasses.Of(sentence[end]) is CharClass.Digit or CharClass.WideDigit)
                        firstFrom[end++] = count + 1;
                    Add(ref count, i, end, lexicon.Digits, WordKind.Digits);
                    break;
                case CharClass.Surrogate:
                    if (char.IsHighSurrogate(unit) && end < sentence.Length && char.IsLowSurrogate(sentence[end]))
                        firstFrom[end++] = count + 1;
                    Add(ref count, i, end, lexicon.Unknown, WordKind.Word);
                    break;
                default:
                    Add(ref count, i, end, lexicon.Letters, WordKind.Letters);
                    break;
            }
            i = end;
        }
        firstFrom[sentence.Length] = count;
        Add(ref count, sentence.Length, sentence.Length + 1, lexicon.SentenceEnd, WordKind.Delimiter);
        firstFrom[sentence.Length + 1] = count;
        return count;
    }

    /// <summary>The single character, and every longer word that starts with it; blanks inside a word are stepped over.</summary>
    private void AddHan(ref int count, ReadOnlySpan<char> sentence, int start)
    {
        uint entry = lexicon.EntryOf(sentence[start]);
        Add(ref count, start, start + 1, entry, WordKind.Word);
        int node = lexicon.NodeOf(sentence[start]);
        int end = start + 1;
        while ((entry & Lexicon.PrefixFlag) != 0)
        {
            while (end < sentence.Length && CharClasses.Of(sentence[end]) == CharClass.Space)
                end++;
            if (end == sentence.Length || CharClasses.Of(sentence[end]) != CharClass.Han
                || !lexicon.Step(ref node, sentence[end], out entry))
                break;
            end++;
            if ((entry & Lexicon.WordFlag) != 0)
                Add(ref count, start, end, entry, WordKind.Word);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Add(ref int count, int start, int end, uint entry, WordKind kind)
    {
        if (count == candidates.Length)
            Array.Resize(ref candidates, 2 * count);
        ref var candidate = ref candidates[count++];
        candidate.Weight = double.MaxValue;
        candidate.Start = start;
        candidate.End = end;
        candidate.Entry = entry;
        candidate.Kind = kind;
    }

    /// <summary>The path of least weight through the candidates; among equals the one met first wins.</summary>
    private void FindPath(int count)
    {
        ref var all = ref MemoryMarshal.GetArrayDataReference(candidates);
        all.Weight = 0;
        for (int i = 0; i < count - 1; i++)
        {
            ref readonly var from = ref Unsafe.Add(ref all, i);
            int next = firstFrom[from.End];
            int last = firstFrom[Unsafe.Add(ref all, next).Start + 1];
            double lone = from.Weight + lexicon.LoneWeight(from.Entry);
            uint partner = from.Entry & Lexicon.PartnerMask;
            for (; next < last; next++)
            {
                ref var to = ref Unsafe.Add(ref all, next);
                uint second = to.Entry & Lexicon.PartnerMask;
                double weight = partner != 0 && second != 0 && lexicon.TryPairWeight(partner, second, out double pair)
                    ? from.Weight + pair
                    : lone;
                if (weight < to.Weight)
                {
                    to.Weight = weight;
                    to.Previous = i;
                }
            }
        }
    }

    private struct Candidate
    {
        public double Weight;
        public int Start;
        public int End;
        public uint Entry;
        public int Previous;
        public WordKind Kind;
    }
}
