using System.Runtime.InteropServices;
using Lucene.Net.Analysis;
using Lucene.Net.Analysis.TokenAttributes;
using Matchmaking.Search.Analysis;
using Matchmaking.Search.Associations;

namespace Matchmaking.Search.Indexing;

// The tokens of one document's text fields. Reused from document to document; not for two threads at once.
internal sealed class DocumentAnalysis(TextIndexSchema schema)
{
    // Longer tokens are no words; Lucene refuses those beyond 32,766 bytes.
    public const int LongestTerm = 255;

    private const int GapBetweenTexts = 100;
    private const int InternedTerms = 200_000;

    private readonly double[] _sum = new double[AssociationTable.Dimensions];
    private readonly HashSet<string> _interned = new(StringComparer.Ordinal);
    private readonly HashSet<string> _distinct = new(StringComparer.Ordinal);

    // By the place of the text field in the schema.
    public List<(string Term, int Increment)>[] Tokens { get; } = [.. schema.Texts.Select(_ => new List<(string, int)>())];

    public int[] Lengths { get; } = new int[schema.Texts.Count];

    public IReadOnlyCollection<string> DistinctTerms => _distinct;

    // Null where no word of the fields that make it is known.
    public Meaning? Meaning { get; private set; }

    public void Analyse(Analyzer analyzer, TextDocument document)
    {
        if (_interned.Count > InternedTerms)
        {
            _interned.Clear();
        }

        _distinct.Clear();
        for (var field = 0; field < Tokens.Length; field++)
        {
            Tokens[field].Clear();
            Lengths[field] = 0;
            var name = schema.Texts[field].Name;
            foreach (var (textField, text) in CollectionsMarshal.AsSpan(document.Texts))
            {
                if (textField == name)
                {
                    Add(analyzer, field, name, text);
                }
            }
        }

        Meaning = schema.Associations is { } associations ? MeaningBy(associations) : null;
    }

    private Meaning? MeaningBy(AssociationTable associations)
    {
        Array.Clear(_sum);
        for (var field = 0; field < Tokens.Length; field++)
        {
            if (!schema.Texts[field].Meaning)
            {
                continue;
            }

            foreach (var (term, _) in Tokens[field])
            {
                if (associations.Find(term) is >= 0 and var row)
                {
                    associations.Add(row, associations.Rarity(row), _sum);
                }
            }
        }

        return Meaning.Unit(_sum);
    }

    private void Add(Analyzer analyzer, int field, string name, string text)
    {
        var tokens = Tokens[field];
        var gap = tokens.Count > 0 ? GapBetweenTexts : 0;
        var interned = _interned.GetAlternateLookup<ReadOnlySpan<char>>();
        using var stream = analyzer.GetTokenStream(name, text);
        var term = stream.AddAttribute<ICharTermAttribute>();
        var increment = stream.AddAttribute<IPositionIncrementAttribute>();
        var type = stream.AddAttribute<ITypeAttribute>();
        var characters = schema.Texts[field].Characters;
        stream.Reset();
        var skipped = 0;
        while (stream.IncrementToken())
        {
            var span = term.Buffer.AsSpan(0, term.Length);
            if (span.IsEmpty || span.Length > LongestTerm || (!characters && type.Type == TechnicalTokenizer.CharacterType))
            {
                skipped += increment.PositionIncrement;
                continue;
            }

            if (!interned.TryGetValue(span, out var value))
            {
                value = new string(span);
                _interned.Add(value);
            }

            var step = increment.PositionIncrement + gap + skipped;
            if (tokens.Count == 0 && step == 0)
            {
                step = 1;
            }

            // A term at the place of another one (a part, a synonym) does not make the text longer.
            if (step > 0)
            {
                Lengths[field]++;
            }

            tokens.Add((value, step));
            _distinct.Add(value);
            gap = 0;
            skipped = 0;
        }

        stream.End();
    }
}
