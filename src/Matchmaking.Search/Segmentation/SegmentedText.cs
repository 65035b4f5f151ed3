namespace Matchmaking.Search.Segmentation;

/// <summary>Goes through the words of a text, sentence by sentence; use it with <c>foreach</c>.</summary>
/// <remarks>Shares the segmenter's work space: finish one text before beginning the next with the same segmenter.</remarks>
public ref struct SegmentedText
{
    private readonly Segmenter segmenter;
    private readonly ReadOnlySpan<char> text;
    private ReadOnlySpan<Word> sentence;
    private int next;
    private int windowEnd;
    private int sentenceEnd;

    internal SegmentedText(Segmenter segmenter, ReadOnlySpan<char> text)
    {
        this.segmenter = segmenter;
        this.text = text;
    }

    /// <summary>The word reached by the last <see cref="MoveNext"/>.</summary>
    public readonly Word Current => sentence[next - 1];

    /// <summary>Itself.</summary>
    public readonly SegmentedText GetEnumerator() => this;

    /// <summary>Goes to the next word; false behind the last.</summary>
    public bool MoveNext()
    {
        while (next == sentence.Length)
        {
            if (sentenceEnd == text.Length)
                return false;
            if (sentenceEnd == windowEnd)
                windowEnd += Segmenter.WindowLength(text[windowEnd..]);
            var window = text[sentenceEnd..windowEnd];
            int length = SentenceBreaker.Next(window, 0);
            sentence = segmenter.SegmentSentence(window[..length], sentenceEnd);
            sentenceEnd += length;
            next = 0;
        }
        next++;
        return true;
    }
}
