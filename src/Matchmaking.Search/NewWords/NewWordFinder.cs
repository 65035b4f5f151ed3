using Matchmaking.Search.Analysis;
using Matchmaking.Search.Segmentation;

namespace Matchmaking.Search.NewWords;

/// <summary>Finds words that a stock of texts uses and the lexicon lacks: whose characters hold together, in changing company.</summary>
/// <remarks>
/// Pointwise mutual information at the weakest cut (K. W. Church and P. Hanks, "Word Association Norms, Mutual Information, and Lexicography",
/// Computational Linguistics 16, 1990) and the entropy of the neighbours on either side (Z. Jin and K. Tanaka-Ishii, "Unsupervised Segmentation
/// of Chinese Text by Use of Branching Entropy", COLING/ACL 2006). Counts are exact, read off a sorted array of the text's suffixes. Memory is bounded by <see cref="MostCharacters"/>: six bytes for each. The same texts in the same order give the same words.
/// </remarks>
public sealed class NewWordFinder
{
    /// <summary>More characters than these aren't read.</summary>
    public const int MostCharacters = 8_000_000;

    /// <summary>Characters of the longest word that is looked for.</summary>
    public const int LongestWord = 6;

    private const char Gap = '\0';

    private readonly Lexicon _lexicon = Lexicon.Default;
    private readonly TechnicalLexicon _technical = TechnicalLexicon.Default;
    private readonly int _most;
    private char[] _text = [Gap];
    private int _length = 1;
    private int[] _suffixes = [];

    /// <summary>A finder that reads at most so many characters.</summary>
    public NewWordFinder(int mostCharacters = MostCharacters) => _most = Math.Clamp(mostCharacters, 1, MostCharacters);

    /// <summary>How many Han characters were read.</summary>
    public int Characters { get; private set; }

    /// <summary>Reads a text; false where the most has been read.</summary>
    public bool Add(string? text)
    {
        foreach (var unit in TextFolding.Fold(text ?? ""))
        {
            if (_length >= _most)
            {
                return false;
            }

            if (CharClasses.Of(unit) == CharClass.Han)
            {
                Put(unit);
                Characters++;
            }
            else
            {
                End();
            }
        }

        End();
        return true;
    }

    /// <summary>The new words of what was read, the commonest first.</summary>
    /// <param name="least">How often one must stand there.</param>
    /// <param name="information">How many bits its parts must hold together.</param>
    /// <param name="entropy">How many bits its company must change on either side.</param>
    public IReadOnlyList<NewWord> Find(int least, double information, double entropy)
    {
        Sort();
        var found = new List<NewWord>();
        for (var length = 2; length <= LongestWord; length++)
        {
            for (var first = 0; first < _suffixes.Length;)
            {
                var word = At(_suffixes[first], length);
                var end = first + 1;
                while (end < _suffixes.Length && At(_suffixes[end], length).SequenceEqual(word))
                {
                    end++;
                }

                if (end - first >= least && word.Length == length && !word.Contains(Gap) && !IsKnown(word) && !IsPhrase(word))
                {
                    var (held, left, right) = (Information(word, end - first), LeftEntropy(first, end), RightEntropy(first, end, length));
                    if (held >= information && left >= entropy && right >= entropy)
                    {
                        found.Add(new NewWord(word.ToString(), end - first, held, left, right));
                    }
                }

                first = end;
            }
        }

        return [.. found.OrderByDescending(word => word.Frequency).ThenBy(word => word.Text, StringComparer.Ordinal)];
    }

    private void Put(char unit)
    {
        if (_length == _text.Length)
        {
            Array.Resize(ref _text, Math.Min(_most, Math.Max(1024, 2 * _length)));
        }

        _text[_length++] = unit;
    }

    private void End()
    {
        if (_text[_length - 1] != Gap && _length < _most)
        {
            Put(Gap);
        }
    }

    private void Sort()
    {
        _suffixes = new int[Characters];
        for (var (at, count) = (0, 0); at < _length; at++)
        {
            if (_text[at] != Gap)
            {
                _suffixes[count++] = at;
            }
        }

        // Ties end in the place, so that the order is one whatever sorts.
        Array.Sort(_suffixes, (a, b) => At(a, LongestWord + 1).SequenceCompareTo(At(b, LongestWord + 1)) is not 0 and var order ? order : a.CompareTo(b));
    }

    private ReadOnlySpan<char> At(int position, int length) => _text.AsSpan(position, Math.Min(length, _length - position));

    private bool IsKnown(ReadOnlySpan<char> word)
    {
        if (_technical.IsTechnicalWord(word))
        {
            return true;
        }

        var entry = _lexicon.EntryOf(word[0]);
        var node = _lexicon.NodeOf(word[0]);
        foreach (var unit in word[1..])
        {
            if ((entry & Lexicon.PrefixFlag) == 0 || !_lexicon.Step(ref node, unit, out entry))
            {
                return false;
            }
        }

        return (entry & Lexicon.WordFlag) != 0;
    }

    // 的方法 and 一种基于 hold together and change their company, and are no words.
    private bool IsPhrase(ReadOnlySpan<char> word) =>
        _technical.IsStopWord(word) || _technical.IsStopWord(word[..1]) || _technical.IsStopWord(word[^1..]) || _technical.IsStopWord(word[..2]) || _technical.IsStopWord(word[^2..]);

    private double Information(ReadOnlySpan<char> word, int frequency)
    {
        var least = double.PositiveInfinity;
        for (var cut = 1; cut < word.Length; cut++)
        {
            var (left, right) = ((double)Count(word[..cut]), (double)Count(word[cut..]));
            least = Math.Min(least, Math.Log2(frequency * (double)Characters / (left * right)));
        }

        return least;
    }

    private int Count(ReadOnlySpan<char> word) => Bound(word, isUpper: true) - Bound(word, isUpper: false);

    private int Bound(ReadOnlySpan<char> word, bool isUpper)
    {
        var (low, high) = (0, _suffixes.Length);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            var order = At(_suffixes[middle], word.Length).SequenceCompareTo(word);
            if (order < 0 || (order == 0 && isUpper))
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    private double LeftEntropy(int first, int end) => Entropy(Neighbours(first, end, -1));

    private double RightEntropy(int first, int end, int length) => Entropy(Neighbours(first, end, length));

    private char[] Neighbours(int first, int end, int offset)
    {
        var neighbours = new char[end - first];
        for (var i = first; i < end; i++)
        {
            neighbours[i - first] = _suffixes[i] + offset < _length ? _text[_suffixes[i] + offset] : Gap;
        }

        Array.Sort(neighbours);
        return neighbours;
    }

    // The end of a text or a comma is a boundary for certain: each counts as company of its own.
    private static double Entropy(char[] neighbours)
    {
        var sum = 0.0;
        for (var first = 0; first < neighbours.Length;)
        {
            var end = first + 1;
            while (neighbours[first] != Gap && end < neighbours.Length && neighbours[end] == neighbours[first])
            {
                end++;
            }

            var share = (end - first) / (double)neighbours.Length;
            sum -= share * Math.Log2(share);
            first = end;
        }

        return sum;
    }
}
