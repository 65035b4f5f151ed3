using System.Collections.Concurrent;
using Matchmaking.Search.Indexing;

namespace Matchmaking.Search.Ranking;

/// <summary>Counts over the live documents of a snapshot, exact whatever the history of the index.</summary>
public sealed class IndexStatistics
{
    private const int KeptFrequencies = 200_000;

    private readonly ConcurrentDictionary<IndexTerm, int> _frequencies = new();
    private readonly TextIndexSchema _schema;
    private readonly double[] _averageLengths;

    internal IndexStatistics(TextIndexSchema schema, IReadOnlyList<Segment> segments)
    {
        _schema = schema;
        Segments = segments;
        Documents = segments.Sum(segment => segment.LiveCount);
        _averageLengths = new double[schema.Texts.Count];
        Norms = new FieldNorms[schema.Texts.Count];
        for (var field = 0; field < _averageLengths.Length; field++)
        {
            var sum = 0L;
            var count = 0;
            foreach (var segment in segments)
            {
                sum += segment.LengthSums[field];
                count += segment.DocumentsWithText[field];
            }

            // Without any text any length is the average: 1 keeps a text from outside the index scorable.
            _averageLengths[field] = count == 0 ? 1 : (double)sum / count;
            Norms[field] = new(schema.Texts[field], _averageLengths[field]);
        }
    }

    /// <summary>The number of documents.</summary>
    public int Documents { get; }

    internal IReadOnlyList<Segment> Segments { get; }

    // By the place of the text field in the schema.
    internal FieldNorms[] Norms { get; }

    /// <summary>The average number of words of a text field, over the documents that have the field; 1 where none has.</summary>
    public double AverageLength(string field)
    {
        for (var i = 0; i < _averageLengths.Length; i++)
        {
            if (_schema.Texts[i].Name == field)
            {
                return _averageLengths[i];
            }
        }

        throw new ArgumentException($"The index has no text field named \"{field}\".", nameof(field));
    }

    /// <summary>How many documents hold a term.</summary>
    public int DocumentFrequency(IndexTerm term)
    {
        if (_frequencies.TryGetValue(term, out var count))
        {
            return count;
        }

        foreach (var segment in Segments)
        {
            count += segment.DocumentFrequency(term);
        }

        if (_frequencies.Count >= KeptFrequencies)
        {
            _frequencies.Clear();
        }

        _frequencies[term] = count;
        return count;
    }

    /// <summary>How telling a term is: ln(1 + (N − df + 0.5) / (df + 0.5)), always above zero.</summary>
    public double Idf(IndexTerm term) => Bm25F.Idf(Documents, DocumentFrequency(term));
}
