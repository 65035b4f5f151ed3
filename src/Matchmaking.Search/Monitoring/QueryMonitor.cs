using Matchmaking.Search.Ranking;

namespace Matchmaking.Search.Monitoring;

/// <summary>Stored queries, each with a score that it asks for; says of a document which of them it could satisfy, without scoring each.</summary>
/// <remarks>
/// <para>It only narrows: a query that the document satisfies is always among the candidates, and whether it does is for the score to say.
/// All it knows of a score is <see cref="WeightedQuery"/>'s bounds: what a document must hold to score, and at most how much each brings.
/// A query that gives no bounds is always a candidate.</para>
/// <para>As in MaxScore (Turtle and Flood, 1995), but by query: a query's commonest terms, as many as can't reach most of what it asks for
/// together, find nothing; a document that satisfies it must hold one of the others, whose short lists are added up. Then the rests are
/// added for the few that could make it.</para>
/// <para>For one thread. Snapshots must come in the order of their commits.</para>
/// </remarks>
/// <param name="needed">The score that a query asks for under a snapshot's statistics; infinite where it can't be reached. It must not fall by
/// a greater share than the rarest of the query's terms loses of its rarity, as no sum of weights times rarities does.</param>
public sealed class QueryMonitor(Func<IndexSnapshot, WeightedQuery, double> needed)
{
    // What a threshold may have lost before it is weighed anew, and what adding up in another order and precision may cost.
    private const double Drift = 0.02;
    private const double Rounding = 1e-4;

    // The commonest terms, as many as can bring no more than this of what is needed, find nothing: more of them make shorter lists, and more to judge.
    private const double RestShare = 0.7;

    private readonly QuerySlots _slots = new();
    private readonly List<int> _unweighed = [];
    private readonly HashSet<int> _always = [];
    private readonly MonitoredTerms _terms = new();
    private readonly List<MonitoredTerm> _held = [];
    private float[] _values = [];
    private double _greatestRest;
    private int _weighedWith = -1;
    private int _scans;
    private int _removed;

    /// <summary>How many queries are stored.</summary>
    public int Count => _slots.Count;

    /// <summary>Stores a query under its key, in place of the one that was there.</summary>
    public void Put(Guid key, WeightedQuery query)
    {
        Remove(key);
        _unweighed.Add(_slots.Add(new(key, query)));
    }

    /// <summary>Forgets a query; false where there was none.</summary>
    public bool Remove(Guid key)
    {
        if (_slots.Remove(key) is not var (slot, query))
        {
            return false;
        }

        foreach (var term in query.Finding)
        {
            term.Remove(slot);
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

        // How much the most telling of its terms exceeds what rests were reckoned with. Where a common term has become rare, so that the rests
        // alone might do, all are judged.
        var ratio = Hold(snapshot, document);
        var all = !(ratio * _greatestRest < 1);
        _scans += all ? 1 : 0;
        _slots.Judge(all, Above(ratio), _values, candidates);
        foreach (var term in _held)
        {
            _values[term.Number] = 0;
        }

        return candidates;
    }

    private void Follow(IndexSnapshot snapshot)
    {
        var documents = snapshot.Statistics.Documents;
        if (_weighedWith < 0 || documents > 2 * _weighedWith + 16 || 2 * documents + 16 < _weighedWith || _scans > 16 + _slots.Count / 64
            || _removed > 1000 + _slots.Count)
        {
            WeighAll(snapshot);
            return;
        }

        foreach (var term in _terms.Follow(snapshot, Drift))
        {
            // A common term is in too many rests for a list of them; it seldom falls so far.
            for (var slot = 0; slot < _slots.End; slot++)
            {
                if (_slots[slot] is { IsWeighed: true, Always: false } query && query.Holds(term))
                {
                    AskAnew(slot, query, snapshot);
                }
            }
        }

        foreach (var slot in _unweighed)
        {
            // It may have been removed, and its place have been taken by one that is further back.
            if (_slots[slot] is { IsWeighed: false } query)
            {
                Weigh(slot, query, snapshot);
            }
        }

        _unweighed.Clear();
    }

    private void WeighAll(IndexSnapshot snapshot)
    {
        _terms.Clear(snapshot);
        _always.Clear();
        _unweighed.Clear();
        _greatestRest = 0;
        _scans = _removed = 0;
        _weighedWith = snapshot.Statistics.Documents;
        for (var slot = 0; slot < _slots.End; slot++)
        {
            if (_slots[slot] is { } query)
            {
                Weigh(slot, query, snapshot);
            }
        }
    }

    private void Weigh(int slot, MonitoredQuery query, IndexSnapshot snapshot)
    {
        query.IsWeighed = true;
        var bounds = query.Query.Bounds();
        query.Always = bounds is null || !bounds.All(bound => MonitoredTerms.IsWhole(bound.Term));
        if (query.Always)
        {
            _always.Add(slot);
            return;
        }

        var weighed = bounds!.Select(bound => (Term: _terms.Weighed(bound.Term, snapshot, snapshot.Schema.K1), Weight: Above(bound.Weight))).OrderBy(bound => bound.Term.Unit).ToArray();
        if (_values.Length < _terms.Count)
        {
            Array.Resize(ref _values, _terms.Count * 2);
        }

        var asked = needed(snapshot, query.Query);
        var (rest, sum) = (0, 0.0);
        while (rest < weighed.Length && sum + weighed[rest].Term.Unit * weighed[rest].Weight is var next && next <= RestShare * asked)
        {
            sum = next;
            rest++;
        }

        query.Rest = [.. weighed.Take(rest).Select(bound => bound.Term)];
        query.Finding = [.. weighed.Skip(rest).Select(bound => bound.Term)];
        _slots.SetRest(slot, Above(sum), [.. query.Rest.Select(term => term.Number)], [.. weighed.Take(rest).Select(bound => bound.Weight)]);
        foreach (var (term, weight) in weighed.AsSpan(rest))
        {
            term.Add(slot, weight);
        }

        Ask(slot, query, asked);
    }

    // A query whose terms have become commoner asks for less.
    private void AskAnew(int slot, MonitoredQuery query, IndexSnapshot snapshot)
    {
        foreach (var term in query.Rest.Concat(query.Finding))
        {
            term.Reference = Math.Max(term.Reference, snapshot.Statistics.Idf(term.Term));
        }

        Ask(slot, query, needed(snapshot, query.Query));
    }

    private void Ask(int slot, MonitoredQuery query, double asked)
    {
        if (asked > 0)
        {
            _greatestRest = Math.Max(_greatestRest, _slots.SetNeeded(slot, (float)(asked * (1 - Drift - Rounding))));
            return;
        }

        // Nothing is asked of a document, or nothing that can be compared.
        query.Always = true;
        _slots.Exclude(slot);
        _always.Add(slot);
    }

    // Adds up what the document brings by the terms that find, and notes what it would bring by the others.
    private double Hold(IndexSnapshot snapshot, DocumentTerms document)
    {
        _held.Clear();
        foreach (var text in document.Texts)
        {
            if (_terms.Find(text) is { } term)
            {
                _held.Add(term);
            }
        }

        foreach (var exact in document.Exact)
        {
            if (_terms.Find(exact) is { } term)
            {
                _held.Add(term);
            }
        }

        var ratio = 0.0;
        foreach (var term in _held)
        {
            var value = document.UnitScore(term.Term, snapshot.Statistics);
            ratio = Math.Max(ratio, value / term.Unit);
            _slots.AddUp(term, _values[term.Number] = Above(value));
        }

        return ratio;
    }

    // The next float that isn't less.
    private static float Above(double value)
    {
        var near = (float)value;
        return near < value ? float.BitIncrement(near) : near;
    }
}
