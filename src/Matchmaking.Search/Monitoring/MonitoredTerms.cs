using Matchmaking.Search.Indexing;
using Matchmaking.Search.Ranking;

namespace Matchmaking.Search.Monitoring;

// All terms of the stored queries by number: what they say under a snapshot, and between what that may lie until the stock has changed by more than a little.
internal sealed class MonitoredTerms(TextIndexSchema schema)
{
    // Rarer than this counts as this: the ratio of two rarities next to nothing says nothing.
    private const double LeastIdf = 0.1;

    private readonly Dictionary<string, MonitoredTerm> _texts = new(StringComparer.Ordinal);
    private readonly Dictionary<IndexTerm, MonitoredTerm> _exact = [];
    private readonly List<MonitoredTerm> _all = [];
    private readonly List<Prospect> _prospects = [];

    // How many documents of a segment hold each term: commits leave most segments as they were.
    private Dictionary<(object Core, object? Live), List<int>> _counts = [];
    private Standing[] _standings = [];
    private IndexStatistics? _statistics;

    // Of the snapshot: what is known of each segment, and who counts what isn't.
    private (List<int>? Counts, FrequencyCounter Counter)[] _segments = [];
    private TextIndex? _index;
    private long _puts;
    private int _documents;
    private int _added;
    private int _removed;

    public int Count => _all.Count;

    // Grows whenever the standings are those of other statistics.
    public int Turn { get; private set; }

    public MonitoredTerm this[int number] => _all[number];

    public MonitoredTerm? Find(string indexed) => _texts.GetValueOrDefault(indexed);

    public MonitoredTerm? Find(IndexTerm exact) => _exact.GetValueOrDefault(exact);

    // The number of a term, which is new where nobody asked for it.
    public int NumberOf(IndexTerm term, double power)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(power, Prospect.GreatestPower);
        var known = term.IsText ? Find(term.Indexed) : Find(term);
        if (known is null)
        {
            known = new(term, power, Count);
            _all.Add(known);
            if (term.IsText)
            {
                _texts.Add(term.Indexed, known);
            }
            else
            {
                _exact.Add(term, known);
            }
        }

        return known.Power == power ? known.Number : throw new ArgumentException($"The rarity of \"{term.Text}\" counts by the power {power} here and by {known.Power} in a query that is stored.", nameof(power));
    }

    // Reads what terms say from a snapshot from now on.
    public void Follow(IndexStatistics statistics)
    {
        if (_standings.Length < Count)
        {
            Array.Resize(ref _standings, Count * 2);
            _statistics = null;
        }

        if (!ReferenceEquals(_statistics, statistics))
        {
            _statistics = statistics;
            Turn++;
            _segments = [.. statistics.Segments.Select(segment => (_counts.GetValueOrDefault((segment.Core.Identity, segment.Live)), new FrequencyCounter(segment)))];
            Array.Fill(_standings, Standing.Unknown);
        }
    }

    public Prospect ProspectOf(int number) => _prospects[number];

    public ref readonly Standing StandingOf(int number)
    {
        ref var standing = ref _standings[number];
        if (double.IsNaN(standing.Rarity))
        {
            standing = Stand(number);
        }

        return ref standing;
    }

    // Whether more has been added or removed than the prospects allow for.
    public bool AreOutdated(IndexSnapshot snapshot)
    {
        var added = snapshot.Puts - _puts;
        var removed = _documents + added - snapshot.Statistics.Documents;
        return !ReferenceEquals(_index, snapshot.Index) || added < 0 || added > _added || removed > _removed;
    }

    // Takes the prospects of all terms anew. What is allowed for is so much that it holds for a while, and so little that what is asked for stays
    // near what is needed: measured at 30,000 queries and 5,000 documents, these shares let through 11 for 9 that were satisfied, and four
    // times as much added and removed let through 25.
    public void Foresee(IndexSnapshot snapshot)
    {
        _index = snapshot.Index;
        _puts = snapshot.Puts;
        _documents = snapshot.Statistics.Documents;
        _added = 16 + (_documents / 64);
        _removed = 2 + (_documents / 1024);
        _prospects.Clear();
        ForeseeNew(snapshot.Statistics);
    }

    // Takes the prospects and units of the terms that came since. Such a term is foreseen from today, with all that was allowed for: more than is
    // left, and so still true.
    public void ForeseeNew(IndexStatistics statistics)
    {
        if (_prospects.Count == Count)
        {
            return;
        }

        var counts = CountNew(statistics.Segments);
        for (var number = _prospects.Count; number < Count; number++)
        {
            var frequency = 0;
            foreach (var ofSegment in counts)
            {
                frequency += ofSegment[number];
            }

            var term = _all[number];
            var prospect = Prospect.Of(statistics.Documents, frequency, term.Power, _added, _removed, schema.K1);
            _prospects.Add(schema.IsHint(term.Term) ? prospect with { LeastVariance = 0 } : prospect);
            if (term.Unit == 0)
            {
                term.Unit = Bm25F.Coefficient(1, Bm25F.Rarity(Math.Max(Bm25F.Idf(statistics.Documents, frequency), LeastIdf), term.Power), schema.K1);
            }
        }
    }

    // Takes all units anew, for queries that are weighed anew.
    public void WeighAll(IndexSnapshot snapshot)
    {
        foreach (var term in _all)
        {
            term.Unit = 0;
            term.Clear();
        }

        Foresee(snapshot);
    }

    private IReadOnlyCollection<List<int>> CountNew(IReadOnlyList<Segment> segments)
    {
        var before = _counts;
        _counts = [];
        foreach (var segment in segments)
        {
            var counts = _counts[(segment.Core.Identity, segment.Live)] = before.GetValueOrDefault((segment.Core.Identity, segment.Live)) ?? new(Count);
            var counter = new FrequencyCounter(segment);
            while (counts.Count < Count)
            {
                counts.Add(counter.Count(_all[counts.Count].Term));
            }
        }

        return _counts.Values;
    }

    // As a query is bound: a term that no document holds isn't scored.
    private Standing Stand(int number)
    {
        var (documents, frequency) = (_statistics!.Documents, 0);
        foreach (var (counts, counter) in _segments)
        {
            frequency += counts is not null && number < counts.Count ? counts[number] : counter.Count(_all[number].Term);
        }

        return frequency == 0 ? default
            : new(Bm25F.Rarity(Bm25F.Idf(documents, frequency), _all[number].Power), schema.IsHint(_all[number].Term) ? 0 : BoundQuery.Share(documents, frequency));
    }

    // What a term says under a snapshot, and the share of the documents that holds it, zero for a hint; both zero where none does.
    internal readonly record struct Standing(double Rarity, double Share)
    {
        public static Standing Unknown => new(double.NaN, double.NaN);
    }
}
