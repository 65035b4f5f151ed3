namespace Matchmaking.Search.Segmentation;

/// <summary>One segment of a text: where it lies and what it is.</summary>
/// <param name="Start">First UTF-16 unit, counted from the start of the text.</param>
/// <param name="End">One past the last UTF-16 unit.</param>
/// <param name="Kind">What the segment is.</param>
public readonly record struct Word(int Start, int End, WordKind Kind)
{
    /// <summary>Number of UTF-16 units covered, blanks inside included; a term is never longer.</summary>
    public int Length => End - Start;

    /// <summary>Writes the term into <paramref name="term"/> and returns its length.</summary>
    /// <remarks>Letters and digits are folded to half width and lower case, blanks inside a word are dropped, every delimiter is a comma.</remarks>
    /// <param name="covered">The text from <see cref="Start"/> to <see cref="End"/>.</param>
    /// <param name="term">Room for at least <see cref="Length"/> units.</param>
    public int CopyTerm(ReadOnlySpan<char> covered, Span<char> term)
    {
        switch (Kind)
        {
            case WordKind.Delimiter:
                term[0] = ',';
                return 1;
            case WordKind.Word:
                int length = 0;
                foreach (char unit in covered)
                {
                    if (CharClasses.Of(unit) != CharClass.Space)
                        term[length++] = unit;
                }
                return length;
            default:
                for (int i = 0; i < covered.Length; i++)
                    term[i] = CharClasses.Fold(covered[i]);
                return covered.Length;
        }
    }
}
