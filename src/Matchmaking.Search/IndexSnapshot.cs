using Matchmaking.Search.Indexing;
using Matchmaking.Search.Queries;
using Matchmaking.Search.Ranking;

namespace Matchmaking.Search;

/// <summary>The index as one commit left it: immutable, and safe for many threads.</summary>
/// <remarks>Dispose it when done; until then later commits can't free the files it reads.</remarks>
public sealed class IndexSnapshot : IDisposable
{
    private readonly CommittedIndex _view;
    private int _disposed;

    internal IndexSnapshot(CommittedIndex view) => _view = view;

    /// <summary>The feed position of the commit.</summary>
    public long Position => _view.Position;

    /// <summary>Counts over the documents; valid while the snapshot is.</summary>
    public IndexStatistics Statistics => _view.Statistics;

    /// <summary>The fields of the index.</summary>
    public TextIndexSchema Schema => _view.Schema;

    /// <summary>Whether the index holds a document.</summary>
    public bool Contains(Guid key) => Open.Segments.Any(segment => segment.Find(key) >= 0);

    /// <summary>The documents that pass a filter, in no order.</summary>
    public IReadOnlyList<Guid> Keys(IndexFilter filter)
    {
        var keys = new List<Guid>();
        foreach (var segment in Open.Segments)
        {
            var accepted = FilterBits.Of(filter, segment, _view.Schema);
            for (var doc = 0; doc < segment.Reader.MaxDoc; doc++)
            {
                if (accepted.Get(doc) && segment.IsLive(doc))
                {
                    keys.Add(segment.Core.Keys[doc]);
                }
            }
        }

        return keys;
    }

    /// <summary>The best documents that hold at least one of the query's terms and pass the filter; exact, ties ordered by key.</summary>
    /// <param name="query">The terms.</param>
    /// <param name="filter">A condition, or null.</param>
    /// <param name="count">How many hits to give.</param>
    /// <param name="after">The last hit of the page before, or null for the first page.</param>
    public RankedHits Rank(WeightedQuery query, IndexFilter? filter, int count, Hit? after = null)
    {
        var (top, total) = RankAll(query, filter, count, after);
        return new(top.ToSorted(), total);
    }

    /// <summary>The same from the first on, each hit with its values of some number fields, in their order; null where it has none.</summary>
    public IReadOnlyList<(Hit Hit, long?[] Numbers)> Rank(WeightedQuery query, IndexFilter? filter, int count, IReadOnlyList<string> numberFields)
    {
        var places = RankAll(query, filter, count, null).Top.ToPlaces();
        var numbers = Array.ConvertAll(places, _ => new long?[numberFields.Count]);
        foreach (var ofSegment in places.Index().GroupBy(place => place.Item.Segment))
        {
            var reader = _view.Segments[ofSegment.Key].Reader;
            for (var field = 0; field < numberFields.Count; field++)
            {
                var name = FieldNames.Number(_view.Schema.Get<NumberField>(numberFields[field]).Name);
                if (reader.GetNumericDocValues(name) is not { } values)
                {
                    continue;
                }

                var held = reader.GetDocsWithField(name);
                foreach (var (at, place) in ofSegment)
                {
                    numbers[at][field] = held.Get(place.Doc) ? values.Get(place.Doc) : null;
                }
            }
        }

        return [.. places.Select((place, i) => (place.Hit, numbers[i]))];
    }

    /// <summary>What a user's query finds: exact total, best hits first, ties ordered by key.</summary>
    /// <param name="query">The query.</param>
    /// <param name="filter">A further condition, or null.</param>
    /// <param name="count">How many hits to give.</param>
    /// <param name="after">The last hit of the page before, or null for the first page.</param>
    /// <param name="facets">The tag fields whose values to count over all documents found.</param>
    /// <param name="facetValues">How many values to give per facet, the commonest.</param>
    public FoundDocuments Search(
        UserQuery query,
        IndexFilter? filter,
        int count,
        Hit? after = null,
        IEnumerable<string>? facets = null,
        int facetValues = 20)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return new UserSearch(Open, query, filter).Run(count, after, facets ?? [], facetValues);
    }

    /// <summary>The query with a word that finds nothing replaced by an indexed word one edit away; best first, may be empty.</summary>
    public IReadOnlyList<string> Suggest(UserQuery query, int most = 3) => new Suggester(Open, query).Run(most);

    /// <summary>What each word of a query is worth for highlighting: weight times idf.</summary>
    public IReadOnlyDictionary<string, double> WordWeights(WeightedQuery query) => query.Terms
        .Where(term => term.Term.Kind == TermKind.Word)
        .ToDictionary(term => term.Term.Text, term => term.Weight * Open.Statistics.Idf(term.Term), StringComparer.Ordinal);

    /// <summary>The score of one document with the terms that make it; null where the index doesn't hold the document.</summary>
    public TermScores? Score(WeightedQuery query, Guid key)
    {
        var bound = Open.Bind(query);
        foreach (var segment in _view.Segments)
        {
            if (segment.Find(key) is >= 0 and var doc)
            {
                return ScoreOne(segment, bound, doc);
            }
        }

        return null;
    }

    /// <summary>The scores of many documents in the order of the keys; 0 for one that matches no term or isn't there.</summary>
    public double[] Score(WeightedQuery query, IReadOnlyList<Guid> keys)
    {
        var bound = Open.Bind(query);
        var scores = new double[keys.Count];
        foreach (var segment in _view.Segments)
        {
            ScoreMany(segment, bound, keys, scores);
        }

        return scores;
    }

    /// <summary>The score of a document by its terms, with this snapshot's statistics, whether or not the index holds it.</summary>
    public TermScores Score(WeightedQuery query, DocumentTerms document)
    {
        var terms = new List<TermScore>();
        var score = document.Score(Open.Bind(query), _view.Statistics, terms, out var meaning);
        return new(score, terms, meaning);
    }

    /// <summary>The score of a document by its terms as a bare number, the same as <see cref="Score(WeightedQuery, DocumentTerms)"/>.</summary>
    public double ScoreOnly(WeightedQuery query, DocumentTerms document) => document.Score(Open.Bind(query), _view.Statistics, null, out _);

    /// <summary>The score that no document can reach: the sum of weight, idf and (k1 + 1) over the scored terms, and what meaning adds at most.</summary>
    /// <param name="query">The terms.</param>
    /// <param name="countUnseen">Whether terms that no document holds count too, as if the rarest of all.</param>
    public double IdealScore(WeightedQuery query, bool countUnseen = false)
    {
        var bound = Open.Bind(query);
        return countUnseen ? bound.Ideal + bound.Unseen : bound.Ideal;
    }

    /// <summary>The full score of the query's strongest terms alone, those that no document holds among them as if the rarest of all.</summary>
    /// <remarks>A long query has a long tail that no document covers; this says what covering the heart of it would score.</remarks>
    public double LeadingScore(WeightedQuery query, int terms) => Open.Bind(query).Leading(terms);

    /// <summary>How far apart the scores of documents picked at random would lie: by it a score is told to be much or little.</summary>
    public double Deviation(WeightedQuery query) => Open.Bind(query).Deviation;

    /// <summary>The classes that a query looks for since it names none and its meaning lies closest to them, closest first; the closeness beside the closest one's.</summary>
    public IReadOnlyList<(string Class, double Share)> Classes(WeightedQuery query) => new BoundMeaning(query, Schema.Associations).Classes;

    /// <summary>By which words a query and a document's words mean the like, strongest first; the scores add up to <paramref name="meaning"/>.</summary>
    public IReadOnlyList<AssociatedWords> Ties(WeightedQuery query, IEnumerable<string> words, double meaning)
    {
        if (meaning <= 0 || Schema.Associations is not { } associations)
        {
            return [];
        }

        var ties = Open.Bind(query).Direction.Ties(associations, words);
        var sum = ties.Sum(tie => tie.Score);
        return sum <= 0 ? [] : [.. ties.Select(tie => tie with { Score = tie.Score / sum * meaning }).OrderByDescending(tie => tie.Score).ThenBy(tie => tie.Here, StringComparer.Ordinal).ThenBy(tie => tie.There, StringComparer.Ordinal)];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            _view.Release();
        }
    }

    internal IReadOnlyList<Segment> Segments => Open.Segments;

    internal TextIndex Index => _view.Index;

    // Between two snapshots of one index this grows by the documents added, and by what the number of documents grew less by those removed.
    internal long Puts => _view.Puts;

    private CommittedIndex Open
    {
        get
        {
            ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0, this);
            return _view;
        }
    }

    private (TopHits Top, int Total) RankAll(WeightedQuery query, IndexFilter? filter, int count, Hit? after)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var bound = Open.Bind(query);
        var top = new TopHits(count, after);
        var total = 0;
        for (top.Segment = 0; top.Segment < _view.Segments.Length; top.Segment++)
        {
            total += RankSegment(_view.Segments[top.Segment], bound, filter, top);
        }

        return (top, total);
    }

    private int RankSegment(Segment segment, BoundQuery query, IndexFilter? filter, TopHits top)
    {
        var accepted = segment.Live;
        if (filter is not null)
        {
            accepted = FilterBits.Of(filter, segment, _view.Schema);
            if (segment.Live is not null)
            {
                accepted.And(segment.Live);
            }
        }

        return SegmentRanking.Rank(_view, segment, query, accepted, all: false, top);
    }

    private TermScores ScoreOne(Segment segment, BoundQuery query, int doc)
    {
        var postings = new SegmentPostings(segment, _view.Schema, _view.Statistics);
        var terms = new List<TermScore>();
        var total = 0.0;
        Span<double> score = stackalloc double[1];
        var meaning = 0.0;
        for (var i = 0; i <= query.Terms.Length; i++)
        {
            if (i == query.Words.Length)
            {
                meaning = query.MeaningOf(segment.Core, doc);
                total += meaning;
            }

            if (i == query.Terms.Length)
            {
                break;
            }

            score[0] = 0;
            var shares = new List<FieldShare>();
            postings.Score(query.Terms[i], [doc], score, shares);
            if (score[0] > 0 && (!query.Terms[i].OnlyAdds || total > 0))
            {
                total += score[0];
                terms.Add(new(query.Terms[i].Source, score[0], shares));
            }
        }

        return new(total, terms, meaning);
    }

    private void ScoreMany(Segment segment, BoundQuery query, IReadOnlyList<Guid> keys, double[] scores)
    {
        // Posting lists only go forward.
        var found = segment.Find(keys);
        found.Sort();
        if (found.Count > 0)
        {
            var sums = new double[found.Count];
            SegmentRanking.ScoreFew(_view, segment, query, found.ConvertAll(pair => pair.Doc).ToArray(), sums);
            for (var i = 0; i < sums.Length; i++)
            {
                scores[found[i].At] = sums[i];
            }
        }
    }
}
