using Matchmaking.Search.Analysis;

namespace Matchmaking.Search.Associations;

/// <summary>Learns associations from texts: which words stand near which more often than chance, and what of that is common.</summary>
/// <remarks>
/// Positive pointwise mutual information with smoothed contexts, then the leading singular vectors: O. Levy, Y. Goldberg and I. Dagan,
/// "Improving Distributional Similarity with Lessons Learned from Word Embeddings", TACL 3, 2015 (window 7, smoothing 0.75, square roots
/// of the singular values); the first direction, in which all words agree, is left out. Han characters get directions beside the words, by the
/// words that they stand in and near: so a rare word lies near its sisters (敷设, 铺设). The same texts in the same order give the same table.
/// </remarks>
public sealed class AssociationLearner
{
    /// <summary>More words than these aren't read: a stock that has more is thinned evenly by whoever reads it.</summary>
    public const int MostTokens = 6_000_000;

    private const int Window = 7;
    private const int LeastOccurrences = 3;
    private const int MostWords = 30_000;
    private const int MostCharacters = 8_000;
    private const int MostClasses = 1_000;

    // What a character weighs in the meaning of a text beside a word as rare; less or more finds less on judged needs (decision 14).
    private const double CharacterShare = 0.3;

    private readonly TextTokens _analysis = new(TechnicalLexicon.Default, expandsSynonyms: false);
    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);
    private readonly List<string> _words = [];
    private readonly List<int> _counts = [];
    private readonly List<int> _texts = [];

    // Word or character and position of each token, characters at the place of their word; a text begins after a gap wider than the window.
    private readonly List<(int Word, int Position)> _tokens = [];
    private readonly List<int> _lastText = [];

    // Classes of a technique, each with the tokens that it was given to.
    private readonly List<(int Class, int From, int To)> _classes = [];
    private readonly AssociationCounts? _before;
    private int _position;
    private int _textCount;

    /// <summary>Begins to learn.</summary>
    /// <param name="before">What was counted in other texts, whose words keep their company; null: nothing.</param>
    public AssociationLearner(AssociationCounts? before = null)
    {
        _before = before;
        _textCount = before?.Texts ?? 0;
        foreach (var word in before?.Words ?? [])
        {
            var id = Know(word.Text);
            (_counts[id], _texts[id]) = (word.Times, word.Texts);
        }
    }

    /// <summary>How many words were read.</summary>
    public int Tokens { get; private set; }

    /// <summary>How many texts were read, besides those that were counted before.</summary>
    public int Texts => _textCount - (_before?.Texts ?? 0);

    /// <summary>Reads a text; false where the most has been read.</summary>
    /// <param name="text">The text.</param>
    /// <param name="classes">The classes that its technique was given (IPC subclasses): each gets a direction by the words of its texts.</param>
    public bool Add(string? text, params IEnumerable<string> classes)
    {
        if (Tokens >= MostTokens)
        {
            return false;
        }

        if (string.IsNullOrWhiteSpace(text))
        {
            return true;
        }

        _position += Window + 1;
        _textCount++;
        var from = _tokens.Count;
        var lookup = _ids.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var token in _analysis.Analyze(text))
        {
            _position += token.PositionIncrement;
            if (token.Kind != TextTokenKind.Character)
            {
                Tokens++;
            }

            var term = _analysis.Term(token);
            if (!lookup.TryGetValue(term, out var id))
            {
                id = Know(term.ToString());
            }

            Count(id);
            _tokens.Add((id, _position));
        }

        foreach (var name in classes.Distinct(StringComparer.Ordinal))
        {
            var marked = AssociationTable.ClassMark + name;
            var id = lookup.TryGetValue(marked, out var known) ? known : Know(marked);
            Count(id);
            _classes.Add((id, from, _tokens.Count));
        }

        return true;
    }

    /// <summary>Learns from what was read.</summary>
    /// <param name="origin">What it was, for people.</param>
    /// <exception cref="InvalidOperationException">Too little was read to learn from.</exception>
    public AssociationTable Learn(string origin)
    {
        var (chosen, words) = Choose();
        if (words <= 2 * AssociationTable.Dimensions)
        {
            throw new InvalidOperationException($"Only {words} words occur {LeastOccurrences} times or more: there is too little text to learn from.");
        }

        var information = SharedInformation.Of(Pairs(chosen, words), chosen.Length, words);
        var vectors = LeadingDirections.Of(information, AssociationTable.Dimensions + 1);
        var values = new sbyte[chosen.Length * AssociationTable.Dimensions];
        var direction = new double[AssociationTable.Dimensions];
        for (var row = 0; row < chosen.Length; row++)
        {
            for (var i = 0; i < direction.Length; i++)
            {
                direction[i] = vectors[(row * (AssociationTable.Dimensions + 1)) + 1 + i];
            }

            Meaning.Unit(direction)?.Values.CopyTo(values, row * AssociationTable.Dimensions);
        }

        return new(
            origin,
            [.. chosen.Select(id => _words[id])],
            [.. chosen.Select(id => (float)((IsCharacter(id) ? CharacterShare : 1) * Math.Log(1 + (_textCount / (_texts[id] + 0.5)))))],
            values);
    }

    /// <summary>What was read as counts, for another learner to go on from.</summary>
    /// <param name="origin">What it was, for people.</param>
    public AssociationCounts Count(string origin)
    {
        var (chosen, words) = Choose();
        var pairs = Pairs(chosen, words);
        return new(
            origin,
            _textCount,
            [.. chosen.Select(id => new CountedWord(_words[id], _counts[id], _texts[id]))],
            [.. Enumerable.Range(0, pairs.Count).Select(i => pairs[i]).Where(p => p.Row < p.Column).Select(p => new CountedPair(p.Row, p.Column, p.Times))]);
    }

    private void Count(int id)
    {
        _counts[id]++;
        if (_lastText[id] != _textCount)
        {
            _lastText[id] = _textCount;
            _texts[id]++;
        }
    }

    private int Know(string word)
    {
        var id = _words.Count;
        _words.Add(word);
        _ids[word] = id;
        _counts.Add(0);
        _texts.Add(0);
        _lastText.Add(-1);
        return id;
    }

    // The commonest words, how many there are of them, and behind them the commonest characters and classes.
    private (int[] Chosen, int Words) Choose()
    {
        var words = Commonest(MostWords, id => !IsCharacter(id) && !IsClass(id));
        return ([.. words, .. Commonest(MostCharacters, IsCharacter), .. Commonest(MostClasses, IsClass)], words.Count);
    }

    private bool IsCharacter(int id) => _words[id][0] == TextTokens.CharacterMark;

    private bool IsClass(int id) => _words[id][0] == AssociationTable.ClassMark;

    private List<int> Commonest(int most, Func<int, bool> which) =>
    [
        .. Enumerable.Range(0, _words.Count).Where(id => _counts[id] >= LeastOccurrences && which(id))
            .OrderByDescending(id => _counts[id]).ThenBy(id => _words[id], StringComparer.Ordinal).Take(most),
    ];

    // Each pair of words, or of a word and a character, that stand near each other, from either side; characters tell nothing of each other.
    private PairCounts Pairs(int[] chosen, int words)
    {
        var rows = new int[_words.Count];
        Array.Fill(rows, -1);
        foreach (var (row, id) in chosen.Index())
        {
            rows[id] = row;
        }

        var pairs = PairsBefore(rows, words);
        for (var i = 0; i < _tokens.Count; i++)
        {
            var (word, position) = _tokens[i];
            var row = rows[word];
            for (var j = i + 1; row >= 0 && j < _tokens.Count && _tokens[j].Position - position <= Window; j++)
            {
                if (rows[_tokens[j].Word] is >= 0 and var other && other != row && Math.Min(row, other) < words)
                {
                    pairs.Add(row, other);
                    pairs.Add(other, row);
                }
            }
        }

        foreach (var (ofTexts, from, to) in _classes)
        {
            for (var i = from; rows[ofTexts] >= 0 && i < to; i++)
            {
                if (rows[_tokens[i].Word] is >= 0 and var other && other < words)
                {
                    pairs.Add(rows[ofTexts], other);
                    pairs.Add(other, rows[ofTexts]);
                }
            }
        }

        pairs.Merge();
        return pairs;
    }

    private PairCounts PairsBefore(int[] rows, int words)
    {
        var (pairs, times) = (new List<ulong>(), new List<int>());
        foreach (var pair in _before?.Pairs ?? [])
        {
            // What was counted before was made known first, in the same order.
            var (row, other) = (rows[pair.First], rows[pair.Second]);
            if (Math.Min(row, other) is >= 0 and var least && least < words)
            {
                pairs.AddRange(PairCounts.Pair(row, other), PairCounts.Pair(other, row));
                times.AddRange(pair.Times, pair.Times);
            }
        }

        return new([.. pairs], [.. times]);
    }
}
