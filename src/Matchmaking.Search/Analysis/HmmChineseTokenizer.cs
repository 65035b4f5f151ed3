using Lucene.Net.Analysis;
using Lucene.Net.Analysis.TokenAttributes;
using Lucene.Net.Util;
using Matchmaking.Search.Segmentation;

namespace Matchmaking.Search.Analysis;

/// <summary>Lucene's HMMChineseTokenizer: one token per segment, delimiters as commas.</summary>
public sealed class HmmChineseTokenizer : Tokenizer
{
    private readonly Segmenter segmenter = new();
    private readonly char[] buffer = new char[Segmenter.Window];
    private readonly ICharTermAttribute term;
    private readonly IOffsetAttribute offsets;
    private readonly ITypeAttribute type;

    // The segmenter's own work space, read to the end before the next sentence is cut.
    private int wordCount;
    private int nextWord;

    // How much of the buffer is filled, how much of that is this window's, and how far the sentences have come.
    private int filled;
    private int windowLength;
    private int sentenceEnd;

    // Where in the text the buffer begins.
    private int offset;

    /// <summary>A tokenizer of <paramref name="input"/>.</summary>
    public HmmChineseTokenizer(TextReader input)
        : this(AttributeFactory.DEFAULT_ATTRIBUTE_FACTORY, input)
    {
    }

    /// <summary>A tokenizer of <paramref name="input"/> whose attributes <paramref name="factory"/> makes.</summary>
    public HmmChineseTokenizer(AttributeFactory factory, TextReader input)
        : base(factory, input)
    {
        term = AddAttribute<ICharTermAttribute>();
        offsets = AddAttribute<IOffsetAttribute>();
        type = AddAttribute<ITypeAttribute>();
    }

    /// <inheritdoc/>
    public override bool IncrementToken()
    {
        while (nextWord == wordCount)
        {
            if (sentenceEnd == windowLength && !Refill())
                return false;
            var window = buffer.AsSpan(sentenceEnd, windowLength - sentenceEnd);
            int length = SentenceBreaker.Next(window, 0);
            wordCount = segmenter.SegmentSentence(window[..length], offset + sentenceEnd).Length;
            nextWord = 0;
            sentenceEnd += length;
        }

        var word = segmenter.WordAt(nextWord++);
        ClearAttributes();
        term.ResizeBuffer(word.Length);
        term.Length = word.CopyTerm(buffer.AsSpan(word.Start - offset, word.Length), term.Buffer);
        offsets.SetOffset(CorrectOffset(word.Start), CorrectOffset(word.End));
        type.Type = "word";
        return true;
    }

    /// <inheritdoc/>
    public override void Reset()
    {
        base.Reset();
        wordCount = nextWord = filled = windowLength = sentenceEnd = offset = 0;
    }

    /// <inheritdoc/>
    public override void End()
    {
        base.End();
        int end = CorrectOffset(offset + filled);
        offsets.SetOffset(end, end);
    }

    private bool Refill()
    {
        offset += windowLength;
        filled -= windowLength;
        buffer.AsSpan(windowLength, filled).CopyTo(buffer);
        while (filled < buffer.Length)
        {
            int read = m_input.Read(buffer, filled, buffer.Length - filled);
            if (read <= 0)
                break;
            filled += read;
        }
        windowLength = Segmenter.WindowLength(buffer.AsSpan(0, filled));
        sentenceEnd = 0;
        return windowLength > 0;
    }
}
