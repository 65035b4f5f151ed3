using Lucene.Net.Analysis;
using Lucene.Net.Analysis.TokenAttributes;

namespace Matchmaking.Search.Analysis;

/// <summary>The tokens of <see cref="TextTokens"/> as a Lucene stream; the type attribute names the kind.</summary>
/// <remarks>Reads the whole text before the first token: words and offsets are right across any buffer's edge.</remarks>
public sealed class TechnicalTokenizer : Tokenizer
{
    private readonly TextTokens analysis;
    private readonly ICharTermAttribute term;
    private readonly IOffsetAttribute offsets;
    private readonly IPositionIncrementAttribute increment;
    private readonly ITypeAttribute type;
    private char[] text = new char[1024];
    private int length;
    private int next = -1;
    private int count;

    /// <summary>A tokenizer of <paramref name="input"/> by <paramref name="lexicon"/>.</summary>
    public TechnicalTokenizer(TextReader input, TechnicalLexicon lexicon, bool expandsSynonyms)
        : base(input)
    {
        analysis = new TextTokens(lexicon, expandsSynonyms);
        term = AddAttribute<ICharTermAttribute>();
        offsets = AddAttribute<IOffsetAttribute>();
        increment = AddAttribute<IPositionIncrementAttribute>();
        type = AddAttribute<ITypeAttribute>();
    }

    internal static readonly string CharacterType = TypeOf(TextTokenKind.Character);

    /// <summary>What the type attribute says of a token of <paramref name="kind"/>.</summary>
    public static string TypeOf(TextTokenKind kind) => kind switch
    {
        TextTokenKind.Word => "word",
        TextTokenKind.TechnicalWord => "technical",
        TextTokenKind.Symbol => "symbol",
        TextTokenKind.Number => "number",
        TextTokenKind.Part => "part",
        TextTokenKind.Pair => "pair",
        TextTokenKind.Character => "character",
        TextTokenKind.Synonym => "synonym",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such kind of token."),
    };

    /// <inheritdoc/>
    public override bool IncrementToken()
    {
        if (next < 0)
        {
            ReadText();
            count = analysis.Analyze(text.AsSpan(0, length)).Length;
            next = 0;
        }
        if (next == count)
            return false;
        ClearAttributes();
        var token = analysis.TokenAt(next++);
        var value = analysis.Term(token);
        term.ResizeBuffer(value.Length);
        value.CopyTo(term.Buffer);
        term.Length = value.Length;
        offsets.SetOffset(CorrectOffset(token.Start), CorrectOffset(token.End));
        increment.PositionIncrement = token.PositionIncrement;
        type.Type = TypeOf(token.Kind);
        return true;
    }

    /// <inheritdoc/>
    public override void Reset()
    {
        base.Reset();
        next = -1;
        length = count = 0;
    }

    /// <inheritdoc/>
    public override void End()
    {
        base.End();
        int end = CorrectOffset(length);
        offsets.SetOffset(end, end);
    }

    private void ReadText()
    {
        length = 0;
        while (true)
        {
            int read = m_input.Read(text, length, text.Length - length);
            if (read <= 0)
                return;
            length += read;
            if (length == text.Length)
                Array.Resize(ref text, 2 * length);
        }
    }
}
