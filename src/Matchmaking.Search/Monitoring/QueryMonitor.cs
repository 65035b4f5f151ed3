using Matchmaking.Search.Ranking;

namespace Matchmaking.Search.Monitoring;

/// <summary>Stored queries, each with a score that it asks for; says of a document which of them it could satisfy, without scoring each.</summary>
/// <remarks>
/// <para>It only narrows: a query that the document satisfies is always among the candidates, each with the very score that
/// <see cref="IndexSnapshot.ScoreOnly"/> gives. It knows at most how much each term of a query brings, and that meaning brings some of the score's
/// standard deviations at most.</para>
/// <para>As in MaxScore (Turtle and Flood, 1995), but by query: a query's commonest terms, as many as can't reach most of what it asks for
/// together, find nothing; a document that satisfies it must hold one of the others, whose short lists are added up. Then the rests are
/// added for the few that could make it, and last what the document means.</para>
/// <para>What is asked for follows the stock, as a standard deviation does: it is taken so low that it holds while a share of the documents is
/// added and removed, and then anew.</para>
/// <para>For one thread. Snapshots must come in the order of their commits.</para>
/// </remarks>
/// <param name="schema">That of the snapshots.</param>
public sealed class QueryMonitor(TextIndexSchema schema)
{
    // The commonest terms, as many as can bring no more than this of what is needed, find nothing: more of them make shorter lists, and more to
    // judge. Of 0.1, 0.25, 0.4, 0.55 and 0.7 the last two were slower by a tenth and by a half.
    private const double RestShare = 0.25;

    private readonly QuerySlots _slots = new();
    private readonly List<int> _new = [];
    private readonly HashSet<int> _always = [];
    private readonly List<MonitoredTerm> _held = [];
    private MonitoredTerms _terms = new(schema);

    // By term: what the document brings for one unit of weight, and its saturation there.
    private float[] _values = [];
    private double[] _saturations = [];
    private int _weighedWith = -1;
    private int _removed;

    /// <summary>How many queries are stored.</summary>
    public int Count => _slots.Count;

    /// <summary>Stores a query under its key, in place of the one that was there.</summary>
    /// <param name="key">The key.</param>
    /// <param name="query">The query.</param>
    /// <param name="deviations">How many of its standard deviations under a snapshot (<see cref="IndexSnapshot.Deviation"/>) a document must score.</param>
    /// <exception cref="ArgumentException">The rarity of its terms counts by another power than in the queries that are stored, or by one above 2.</exception>
    public void Put(Guid key, WeightedQuery query, double deviations)
    {
        var stored = new MonitoredQuery(key, query, deviations, schema, _terms);
        Remove(key);
        _new.Add(_slots.Add(stored));
    }

    /// <summary>Forgets a query; false where there was none.</summary>
    public bool Remove(Guid key)
    {
        if (_slots.Find(key) is not { } slot)
        {
            return false;
        }

        var query = _slots[slot]!;
        if (query.IsListed)
        {
            var rests = _slots.RestsOf(slot);
            foreach (var number in query.Terms)
            {
                if (!rests.Contains(number))
                {
                    _terms[number].Remove(slot);
                }
            }
        }

        _slots.Remove(slot);
        _always.Remove(slot);
        _removed++;
        return true;
    }

    /// <summary>Forgets all queries.</summary>
    public void Clear()
    {
        foreach (var key in _slots.Keys.ToList())
        {
            Remove(key);
        }
    }

    /// <summary>The queries that a document could satisfy, in no order: all that it does, and few others.</summary>
    public List<MonitorCandidate> Candidates(IndexSnapshot snapshot, DocumentTerms document)
    {
        Follow(snapshot);
        var ratio = Hold(snapshot, document);
        var slots = new List<int>(_always);
        _slots.Judge(Above(ratio), _values, document.Meaning, slots);
        var candidates = new List<MonitorCandidate>(slots.Count);
        foreach (var slot in slots)
        {
            var query = _slots[slot]!;
            var score = query.Score(snapshot, _terms, _saturations, document.Meaning);
            candidates.Add(new(query.Key, score, query.Deviation));
        }

        foreach (var term in _held)
        {
            _values[term.Number] = 0;
            _saturations[term.Number] = 0;
        }

        return candidates;
    }

    // The next float that isn't less.
    internal static float Above(double value)
    {
        var near = (float)value;
        return near < value ? float.BitIncrement(near) : near;
    }

    private void Follow(IndexSnapshot snapshot)
    {
        var documents = snapshot.Statistics.Documents;
        if (_removed > 1000 + _slots.Count)
        {
            // Most of the terms may be nobody's any more.
            var before = _terms;
            _removed = 0;
            _terms = new(schema);
            _weighedWith = -1;
            ForEach((_, query) => query.Renumber(before, _terms));
        }

        if (_weighedWith < 0 || documents > (2 * _weighedWith) + 16 || (2 * documents) + 16 < _weighedWith)
        {
            _weighedWith = documents;
            _terms.WeighAll(snapshot);
            ForEach((_, query) => query.IsListed = false);
            ForEach(Foresee);
        }
        else if (_terms.AreOutdated(snapshot))
        {
            _terms.Foresee(snapshot);
            ForEach(Foresee);
        }
        else
        {
            _terms.ForeseeNew(snapshot.Statistics);
            foreach (var slot in _new)
            {
                // It may have been removed, and its place have been taken by one that is further back.
                if (_slots[slot] is { IsListed: false } query)
                {
                    Foresee(slot, query);
                }
            }
        }

        _new.Clear();
        _terms.Follow(snapshot.Statistics);
        if (_values.Length < _terms.Count)
        {
            Array.Resize(ref _values, _terms.Count * 2);
            Array.Resize(ref _saturations, _values.Length);
        }
    }

    private void ForEach(Action<int, MonitoredQuery> act)
    {
        for (var slot = 0; slot < _slots.End; slot++)
        {
            if (_slots[slot] is { } query)
            {
                act(slot, query);
            }
        }
    }

    // Asks for what the stock now says.
    private void Foresee(int slot, MonitoredQuery query)
    {
        var (floor, ask) = query.Foresee(_terms);
        if (floor <= 0)
        {
            _slots.Exclude(slot);
            _always.Add(slot);
            return;
        }

        _always.Remove(slot);
        if (!query.IsListed)
        {
            List(slot, query, RestShare * floor);
        }

        _slots.SetFloor(slot, floor, ask);
    }

    private void List(int slot, MonitoredQuery query, double most)
    {
        query.IsListed = true;
        var places = query.FromCommonest(_terms);
        var (rests, sum) = (0, 0.0);
        while (rests < places.Length && sum + (_terms[query.Terms[places[rests]]].Unit * query.Weight(places[rests])) is var next && next <= most)
        {
            sum = next;
            rests++;
        }

        var (terms, weights) = (new int[rests], new float[rests]);
        for (var i = 0; i < places.Length; i++)
        {
            var (number, weight) = (query.Terms[places[i]], query.Weight(places[i]));
            if (i < rests)
            {
                (terms[i], weights[i]) = (number, weight);
            }
            else
            {
                _terms[number].Add(slot, weight);
            }
        }

        _slots.List(slot, Above(sum), terms, weights, query.Direction);
    }

    // Adds up what the document brings by the terms that find, and notes what it would bring by the others; gives how much the most telling of
    // its terms exceeds what rests were reckoned with.
    private double Hold(IndexSnapshot snapshot, DocumentTerms document)
    {
        _held.Clear();
        var ratio = 0.0;
        foreach (var (text, counts) in document.Words)
        {
            if (_terms.Find(text) is { } term)
            {
                ratio = Math.Max(ratio, Hold(term, document.Saturation(counts, snapshot.Statistics)));
            }
        }

        foreach (var exact in document.Exact)
        {
            if (_terms.Find(exact) is { } term)
            {
                ratio = Math.Max(ratio, Hold(term, document.Saturation(exact)));
            }
        }

        return ratio;
    }

    private double Hold(MonitoredTerm term, double saturation)
    {
        var value = Bm25F.Coefficient(1, _terms.StandingOf(term.Number).Rarity, schema.K1) * saturation;
        _held.Add(term);
        _saturations[term.Number] = saturation;
        _slots.AddUp(term, _values[term.Number] = Above(value));
        return value / term.Unit;
    }
}

/// <summary>A stored query that a document could satisfy.</summary>
/// <param name="Key">The query's key.</param>
/// <param name="Score">The document's score.</param>
/// <param name="Deviation">How far the scores of documents lie apart: the query's <see cref="IndexSnapshot.Deviation"/>.</param>
public readonly record struct MonitorCandidate(Guid Key, double Score, double Deviation);
