namespace Matchmaking.Search.Analysis;

/// <summary>What <see cref="TextTokens"/> knows besides the dictionary: technical words, synonyms and stop words.</summary>
/// <remarks>Immutable, safe for all threads. All spellings are kept folded.</remarks>
public sealed class TechnicalLexicon
{
    private const int PairBits = 16;

    private static readonly Lazy<TechnicalLexicon> Embedded = new(() => new TechnicalLexicon(
        SeedTable.Read("technical-words.tsv", 2).Select(cells => cells[0]),
        SeedTable.Read("synonyms.tsv", 3).Select(cells => cells[2].Split('|')),
        SeedTable.Read("stopwords.txt", 1).Select(cells => cells[0])));

    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> words;
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> stops;
    private readonly Dictionary<string, string[]>.AlternateLookup<ReadOnlySpan<char>> synonyms;

    // Says quickly that no technical word begins with these two units.
    private readonly bool[] beginnings = new bool[1 << PairBits];

    /// <summary>A lexicon of these words, groups of synonyms and stop words; members of a group are technical words too.</summary>
    public TechnicalLexicon(IEnumerable<string> technicalWords, IEnumerable<string[]> synonymGroups, IEnumerable<string> stopWords)
    {
        var groups = synonymGroups.Select(group => group.Select(TextFolding.Fold).Distinct(StringComparer.Ordinal).ToArray()).ToList();
        var members = new SortedDictionary<string, SortedSet<string>>(StringComparer.Ordinal);
        foreach (string[] group in groups)
        {
            foreach (string member in group)
            {
                if (!members.TryGetValue(member, out var others))
                    members.Add(member, others = new SortedSet<string>(StringComparer.Ordinal));
                others.UnionWith(group);
                others.Remove(member);
            }
        }
        synonyms = members.ToDictionary(pair => pair.Key, pair => pair.Value.ToArray(), StringComparer.Ordinal)
            .GetAlternateLookup<ReadOnlySpan<char>>();

        var whole = technicalWords.Select(TextFolding.Fold).Concat(groups.SelectMany(group => group))
            .Where(word => word.Length > 1).ToHashSet(StringComparer.Ordinal);
        words = whole.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (string word in whole)
        {
            beginnings[Pair(word[0], word[1])] = true;
            LongestWord = Math.Max(LongestWord, word.Length);
        }
        stops = stopWords.Select(TextFolding.Fold).ToHashSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>The lexicon that comes with this library.</summary>
    public static TechnicalLexicon Default => Embedded.Value;

    /// <summary>Units of the longest technical word.</summary>
    internal int LongestWord { get; }

    internal bool MayBegin(char first, char second) => beginnings[Pair(first, second)];

    internal bool IsTechnicalWord(ReadOnlySpan<char> word) => words.Contains(word);

    internal bool IsStopWord(ReadOnlySpan<char> word) => stops.Contains(word);

    internal ReadOnlySpan<string> SynonymsOf(ReadOnlySpan<char> word) => synonyms.TryGetValue(word, out string[]? others) ? others : default;

    private static int Pair(char first, char second) => (int)(((first * 0x9E3779B1u) ^ (second * 0x85EBCA77u)) >> (32 - PairBits));
}
