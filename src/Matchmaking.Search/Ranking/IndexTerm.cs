using Matchmaking.Search.Analysis;
using Matchmaking.Search.Indexing;

namespace Matchmaking.Search.Ranking;

/// <summary>A term of the score: a word of the texts, or a symbol or identifier of a named field.</summary>
/// <remarks>Ordered by kind, field and text, ordinally; scores are added in this order.</remarks>
public readonly record struct IndexTerm : IComparable<IndexTerm>
{
    private IndexTerm(TermKind kind, string field, string indexed)
    {
        Kind = kind;
        Field = field;
        Indexed = indexed;
    }

    /// <summary>Whether this is a word, a symbol or an identifier.</summary>
    public TermKind Kind { get; }

    /// <summary>The symbol or identifier field, or empty for words, which are looked for in all text fields.</summary>
    public string Field { get; }

    /// <summary>The term as it is written in the index, but for the mark of a character.</summary>
    public string Text => Kind == TermKind.Character ? Indexed[1..] : Indexed;

    /// <summary>Whether it stands in the text fields.</summary>
    public bool IsText => Kind is TermKind.Word or TermKind.Character;

    /// <summary>The text as the index has it.</summary>
    internal string Indexed { get; }

    internal string LuceneField => Kind switch
    {
        TermKind.Word or TermKind.Character => FieldNames.AnyText,
        TermKind.Symbol => FieldNames.Symbol(Field),
        _ => FieldNames.Identifier(Field),
    };

    internal static IndexTerm FromIndexed(string text) => new(text[0] == TextTokens.CharacterMark && text.Length > 1 ? TermKind.Character : TermKind.Word, "", text);

    // Queries that are kept by the hundred thousand share the texts of their terms: of those that fall into one place the last is remembered.
    private static readonly string?[] s_texts = new string?[1 << 16];

    internal IndexTerm Shared()
    {
        ref var place = ref s_texts[(uint)Indexed.GetHashCode() % (uint)s_texts.Length];
        if (place is { } text && text == Indexed)
        {
            return new(Kind, Field, text);
        }

        place = Indexed;
        return this;
    }

    /// <summary>A word as the analyzer gives it.</summary>
    public static IndexTerm Word(string text) => new(TermKind.Word, "", text);

    /// <summary>A Han character.</summary>
    public static IndexTerm Character(string text) => new(TermKind.Character, "", TextTokens.CharacterMark + text);

    /// <summary>A normalised symbol of a field.</summary>
    public static IndexTerm Symbol(string field, string text) => new(TermKind.Symbol, field, text);

    /// <summary>A normalised identifier of a field.</summary>
    public static IndexTerm Identifier(string field, string text) => new(TermKind.Identifier, field, text);

    /// <inheritdoc/>
    /// <remarks>Of one text there is seldom more than one term, and terms are looked up by the million.</remarks>
    public override int GetHashCode() => Indexed.GetHashCode();

    /// <inheritdoc/>
    public int CompareTo(IndexTerm other)
    {
        var order = Kind.CompareTo(other.Kind);
        order = order != 0 ? order : string.CompareOrdinal(Field, other.Field);
        return order != 0 ? order : string.CompareOrdinal(Indexed, other.Indexed);
    }
}
