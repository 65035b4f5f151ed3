using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;
using Matchmaking.Search.Indexing;

namespace Matchmaking.Search.Ranking;

// The posting lists of one segment, term after term, with enumerators that are reused from term to term.
internal sealed class SegmentPostings
{
    private readonly Segment _segment;
    private readonly TextIndexSchema _schema;
    private readonly FieldNorms[] _norms;
    private readonly TermsEnum?[] _texts;
    private readonly DocsEnum?[] _docs;
    private readonly DocsEnum?[] _open;
    private readonly int[] _fieldOf;
    private readonly Dictionary<string, TermsEnum?> _exact = new(StringComparer.Ordinal);
    private TermsEnum? _any;
    private DocsEnum? _exactDocs;

    public SegmentPostings(Segment segment, TextIndexSchema schema, IndexStatistics statistics)
    {
        _segment = segment;
        _schema = schema;
        _norms = statistics.Norms;
        _any = segment.Reader.GetTerms(FieldNames.AnyText)?.GetEnumerator();
        _texts = [.. schema.Texts.Select(text => segment.Reader.GetTerms(FieldNames.Text(text.Name))?.GetEnumerator())];
        _docs = new DocsEnum?[_texts.Length];
        _open = new DocsEnum?[_texts.Length];
        _fieldOf = new int[_texts.Length];
    }

    // Adds a term's part to the scores of all documents that are accepted.
    public void Accumulate(BoundQuery.BoundTerm term, double[] scores, FixedBitSet? accepted)
    {
        if (!term.Source.Term.IsText)
        {
            AccumulateExact(term, scores, accepted);
            return;
        }

        var open = Open(term.Bytes);
        if (open == 1)
        {
            AccumulateOne(term, scores, accepted);
        }
        else if (open > 1)
        {
            AccumulateMerged(open, term, scores, accepted);
        }
    }

    // Gives a term's score in each of some documents, ascending, which must be live; the shares are of the last document.
    public void Score(BoundQuery.BoundTerm term, ReadOnlySpan<int> docs, Span<double> scores, List<FieldShare>? shares = null)
    {
        if (!term.Source.Term.IsText)
        {
            ScoreExact(term, docs, scores, shares);
            return;
        }

        var open = Open(term.Bytes);
        if (open == 0)
        {
            return;
        }

        for (var i = 0; i < docs.Length; i++)
        {
            var frequency = 0.0;
            for (var o = 0; o < open; o++)
            {
                var postings = _open[o]!;
                if (Reach(postings, docs[i]))
                {
                    var share = _norms[_fieldOf[o]].Frequency(postings.Freq, _segment.Core.Lengths[_fieldOf[o]][docs[i]]);
                    frequency += share;
                    shares?.Add(new(_norms[_fieldOf[o]].Name, postings.Freq, share));
                }
            }

            if (frequency > 0)
            {
                scores[i] = Bm25F.Score(term.Coefficient, frequency, _schema.K1);
                Divide(shares, scores[i], frequency);
            }
        }
    }

    private static bool Reach(DocsEnum postings, int doc) => (postings.DocID < doc ? postings.Advance(doc) : postings.DocID) == doc;

    private static void Divide(List<FieldShare>? shares, double score, double frequency)
    {
        for (var i = 0; shares is not null && i < shares.Count; i++)
        {
            shares[i] = shares[i] with { Score = score * (shares[i].Score / frequency) };
        }
    }

    // Opens the posting lists of a word in the fields that hold it, in schema order; says how many.
    private int Open(BytesRef term)
    {
        if (_any is null || !_any.SeekExact(term))
        {
            return 0;
        }

        var open = 0;
        for (var field = 0; field < _texts.Length; field++)
        {
            if (_texts[field] is { } terms && terms.SeekExact(term))
            {
                _open[open] = _docs[field] = terms.Docs(null, _docs[field], DocsFlags.FREQS);
                _fieldOf[open++] = field;
            }
        }

        return open;
    }

    private void AccumulateOne(BoundQuery.BoundTerm term, double[] scores, FixedBitSet? accepted)
    {
        var postings = _open[0]!;
        var norms = _norms[_fieldOf[0]];
        var coefficient = term.Coefficient;
        var adds = term.OnlyAdds;
        var lengths = _segment.Core.Lengths[_fieldOf[0]];
        var k1 = _schema.K1;
        for (var doc = postings.NextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = postings.NextDoc())
        {
            if ((accepted is null || accepted.Get(doc)) && (!adds || scores[doc] > 0))
            {
                scores[doc] += Bm25F.Score(coefficient, norms.Frequency(postings.Freq, lengths[doc]), k1);
            }
        }
    }

    private void AccumulateMerged(int open, BoundQuery.BoundTerm term, double[] scores, FixedBitSet? accepted)
    {
        var k1 = _schema.K1;
        var coefficient = term.Coefficient;
        var adds = term.OnlyAdds;
        Span<int> at = stackalloc int[open];
        var doc = int.MaxValue;
        for (var o = 0; o < at.Length; o++)
        {
            at[o] = _open[o]!.NextDoc();
            doc = Math.Min(doc, at[o]);
        }

        while (doc != DocIdSetIterator.NO_MORE_DOCS)
        {
            var wanted = (accepted is null || accepted.Get(doc)) && (!adds || scores[doc] > 0);
            var next = DocIdSetIterator.NO_MORE_DOCS;
            var frequency = 0.0;
            for (var o = 0; o < at.Length; o++)
            {
                if (at[o] == doc)
                {
                    var postings = _open[o]!;
                    if (wanted)
                    {
                        var field = _fieldOf[o];
                        frequency += _norms[field].Frequency(postings.Freq, _segment.Core.Lengths[field][doc]);
                    }

                    at[o] = postings.NextDoc();
                }

                next = Math.Min(next, at[o]);
            }

            if (wanted)
            {
                scores[doc] += Bm25F.Score(coefficient, frequency, k1);
            }

            doc = next;
        }
    }

    private DocsEnum? OpenExact(BoundQuery.BoundTerm term)
    {
        var field = term.Source.Term.LuceneField;
        if (!_exact.TryGetValue(field, out var terms))
        {
            _exact[field] = terms = _segment.Reader.GetTerms(field)?.GetEnumerator();
        }

        return terms is not null && terms.SeekExact(term.Bytes)
            ? _exactDocs = terms.Docs(null, _exactDocs, DocsFlags.NONE)
            : null;
    }

    private void AccumulateExact(BoundQuery.BoundTerm term, double[] scores, FixedBitSet? accepted)
    {
        if (OpenExact(term) is not { } postings)
        {
            return;
        }

        var score = Bm25F.Score(term.Coefficient, _schema.WeightOf(term.Source.Term), _schema.K1);
        for (var doc = postings.NextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = postings.NextDoc())
        {
            if (accepted is null || accepted.Get(doc))
            {
                scores[doc] += score;
            }
        }
    }

    private void ScoreExact(BoundQuery.BoundTerm term, ReadOnlySpan<int> docs, Span<double> scores, List<FieldShare>? shares)
    {
        if (OpenExact(term) is not { } postings)
        {
            return;
        }

        var score = Bm25F.Score(term.Coefficient, _schema.WeightOf(term.Source.Term), _schema.K1);
        for (var i = 0; i < docs.Length; i++)
        {
            if (Reach(postings, docs[i]))
            {
                scores[i] = score;
                shares?.Add(new(term.Source.Term.Field, 1, score));
            }
        }
    }
}
