using Matchmaking.Search.Ranking;

namespace Matchmaking.Search.Monitoring;

/// <summary>Stored queries, each with a score that it asks for; says of a document which of them it could satisfy, without scoring each.</summary>
/// <remarks>
/// <para>It only narrows: a query that the document satisfies is always among the candidates, and whether it does is for the score to say.
/// All it knows of a score is <see cref="WeightedQuery"/>'s bounds: what a document must hold to score, and at most how much each brings, and
/// that meaning brings some of its standard deviations at most. A query that gives no bounds is always a candidate.</para>
/// <para>As in MaxScore (Turtle and Flood, 1995), but by query: a query's commonest terms, as many as can't reach most of what it asks for
/// together, find nothing; a document that satisfies it must hold one of the others, whose short lists are added up. Then the rests are
/// added for the few that could make it, and last what the document means.</para>
/// <para>What is asked for follows the stock, as a standard deviation does: it is taken so low that it holds while a share of the documents is
/// added and removed, and then anew.</para>
/// <para>For one thread. Snapshots must come in the order of their commits.</para>
/// </remarks>
public sealed class QueryMonitor
{
    // The commonest terms, as many as can bring no more than this of what is needed, find nothing: more of them make shorter lists, and more to
    // judge. Of 0.1, 0.25, 0.4, 0.55 and 0.7 the last two were slower by a tenth and by a half.
    private const double RestShare = 0.25;

    private readonly QuerySlots _slots = new();
    private readonly List<int> _unknown = [];
    private readonly HashSet<int> _always = [];
    private readonly MonitoredTerms _terms = new();
    private readonly List<MonitoredTerm> _held = [];
    private float[] _values = [];
    private int _weighedWith = -1;
    private int _removed;

    /// <summary>How many queries are stored.</summary>
    public int Count => _slots.Count;

    /// <summary>Stores a query under its key, in place of the one that was there.</summary>
    /// <param name="key">The key.</param>
    /// <param name="query">The query.</param>
    /// <param name="deviations">How many of its standard deviations under a snapshot (<see cref="IndexSnapshot.Deviation"/>) a document must score.</param>
    public void Put(Guid key, WeightedQuery query, double deviations)
    {
        Remove(key);
        _unknown.Add(_slots.Add(new(key, query, deviations)));
    }

    /// <summary>Forgets a query; false where there was none.</summary>
    public bool Remove(Guid key)
    {
        if (_slots.Remove(key) is not var (slot, query))
        {
            return false;
        }

        if (query.IsListed)
        {
            foreach (var term in query.Terms[query.Rests..])
            {
                term.Remove(slot);
            }
        }

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
    public List<Guid> Candidates(IndexSnapshot snapshot, DocumentTerms document)
    {
        Follow(snapshot);
        var candidates = new List<Guid>(_always.Count);
        foreach (var slot in _always)
        {
            candidates.Add(_slots[slot]!.Key);
        }

        _slots.Judge(Above(Hold(snapshot, document)), _values, document.Meaning, candidates);
        foreach (var term in _held)
        {
            _values[term.Number] = 0;
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
            _removed = 0;
            _terms.Clear();
            _weighedWith = -1;
            ForEach((slot, query) =>
            {
                query.Forget();
                _unknown.Add(slot);
            });
        }

        if (_weighedWith < 0 || documents > (2 * _weighedWith) + 16 || (2 * documents) + 16 < _weighedWith)
        {
            WeighAll(snapshot);
        }
        else if (_terms.AreOutdated(snapshot))
        {
            _terms.Foresee(snapshot);
            ForEach(Foresee);
        }

        foreach (var slot in _unknown)
        {
            // It may have been removed, and its place have been taken by one that is further back.
            if (_slots[slot] is { IsKnown: false } query)
            {
                query.Know(snapshot, _terms);
                Foresee(slot, query);
            }
        }

        _unknown.Clear();
        if (_values.Length < _terms.Count)
        {
            Array.Resize(ref _values, _terms.Count * 2);
        }
    }

    private void WeighAll(IndexSnapshot snapshot)
    {
        _weighedWith = snapshot.Statistics.Documents;
        _terms.WeighAll(snapshot);
        ForEach((slot, query) =>
        {
            query.IsListed = false;
            Foresee(slot, query);
        });
    }

    private void ForEach(Action<int, MonitoredQuery> act)
    {
        for (var slot = 0; slot < _slots.End; slot++)
        {
            if (_slots[slot] is { IsKnown: true } query)
            {
                act(slot, query);
            }
        }
    }

    // Asks for what the stock now says.
    private void Foresee(int slot, MonitoredQuery query)
    {
        var (floor, ask) = query.Foresee();
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
        query.Sort();
        var (rests, sum) = (0, 0.0);
        while (rests < query.Terms.Length && sum + (query.Terms[rests].Unit * query.Weights[rests]) is var next && next <= most)
        {
            sum = next;
            rests++;
        }

        query.Rests = rests;
        var terms = new int[rests];
        for (var i = 0; i < rests; i++)
        {
            terms[i] = query.Terms[i].Number;
        }

        _slots.List(slot, Above(sum), terms, query.Weights[..rests].ToArray(), query.Direction);
        for (var i = rests; i < query.Terms.Length; i++)
        {
            query.Terms[i].Add(slot, query.Weights[i]);
        }
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
                ratio = Math.Max(ratio, Hold(snapshot, term, document.Saturation(counts, snapshot.Statistics)));
            }
        }

        foreach (var exact in document.Exact)
        {
            if (_terms.Find(exact) is { } term)
            {
                ratio = Math.Max(ratio, Hold(snapshot, term, document.Saturation(exact)));
            }
        }

        return ratio;
    }

    private double Hold(IndexSnapshot snapshot, MonitoredTerm term, double saturation)
    {
        var value = term.Coefficient(snapshot.Statistics, snapshot.Schema.K1) * saturation;
        _held.Add(term);
        _slots.AddUp(term, _values[term.Number] = Above(value));
        return value / term.Unit;
    }
}
