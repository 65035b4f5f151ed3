using Matchmaking.Search.Ranking;

namespace Matchmaking.Search.Monitoring;

/// <summary>Stored queries, each with a score that it asks for; says of a document which of them it could satisfy, without scoring each.</summary>
/// <remarks>
/// <para>It only narrows: a query that the document satisfies is always among the candidates, and whether it does is for the score to say.
/// All it knows of a score is <see cref="WeightedQuery"/>'s bounds: what a document must hold to score, and at most how much each brings.
/// A query that gives no bounds is always a candidate.</para>
/// <para>As in MaxScore (Turtle and Flood, 1995), but by query: a query's commonest terms, as many as can't reach half of what it asks for
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

    private const double RestShare = 0.5;

    private readonly Dictionary<Guid, int> _slotOf = [];
    private readonly Stack<int> _free = [];
    private readonly List<int> _unweighed = [];
    private readonly HashSet<int> _always = [];
    private readonly MonitoredTerms _terms = new();
    private readonly List<MonitoredTerm> _held = [];
    private MonitoredQuery?[] _queries = [];
    private float[] _needed = [];
    private float[] _rest = [];
    private float[] _sums = [];
    private int[] _touched = [];
    private int _used;
    private double _greatestRest;
    private int _weighedWith = -1;
    private int _scans;
    private int _removed;

    /// <summary>How many queries are stored.</summary>
    public int Count => _slotOf.Count;

    /// <summary>Stores a query under its key, in place of the one that was there.</summary>
    public void Put(Guid key, WeightedQuery query)
    {
        Remove(key);
        if (!_free.TryPop(out var slot))
        {
            slot = _used++;
            Grow();
        }

        _slotOf[key] = slot;
        _queries[slot] = new(key, query);
        _unweighed.Add(slot);
    }

    /// <summary>Forgets a query; false where there was none.</summary>
    public bool Remove(Guid key)
    {
        if (!_slotOf.Remove(key, out var slot))
        {
            return false;
        }

        Unlist(slot);
        _queries[slot] = null;
        _needed[slot] = float.PositiveInfinity;
        _free.Push(slot);
        _removed++;
        return true;
    }

    /// <summary>Forgets all queries.</summary>
    public void Clear()
    {
        foreach (var key in _slotOf.Keys.ToList())
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
            candidates.Add(_queries[slot]!.Key);
        }

        var ratio = Hold(snapshot, document);
        var touched = AddUp();
        if (ratio * _greatestRest < 1)
        {
            for (var i = 0; i < touched; i++)
            {
                Judge(_touched[i], (float)ratio, candidates);
            }
        }
        else
        {
            // A common term has become rare, so that the rests alone might do.
            _scans++;
            for (var slot = 0; slot < _used; slot++)
            {
                Judge(slot, (float)ratio, candidates);
            }
        }

        for (var i = 0; i < touched; i++)
        {
            _sums[_touched[i]] = 0;
        }

        foreach (var term in _held)
        {
            term.Value = 0;
        }

        return candidates;
    }

    private void Grow()
    {
        if (_used <= _queries.Length)
        {
            return;
        }

        var size = Math.Max(64, _used * 2);
        Array.Resize(ref _queries, size);
        Array.Resize(ref _needed, size);
        Array.Resize(ref _rest, size);
        Array.Resize(ref _sums, size);
        Array.Resize(ref _touched, size);
    }

    private void Follow(IndexSnapshot snapshot)
    {
        var documents = snapshot.Statistics.Documents;
        if (_weighedWith < 0 || documents > 2 * _weighedWith + 16 || 2 * documents + 16 < _weighedWith || _scans > 16 + _slotOf.Count / 64
            || _removed > 1000 + _slotOf.Count)
        {
            WeighAll(snapshot);
            return;
        }

        foreach (var term in _terms.Follow(snapshot, Drift))
        {
            // A common term is in too many rests for a list of them; it seldom falls so far.
            for (var slot = 0; slot < _used; slot++)
            {
                if (_queries[slot] is { IsWeighed: true, Always: false } query && query.Holds(term))
                {
                    AskAnew(slot, query, snapshot);
                }
            }
        }

        foreach (var slot in _unweighed)
        {
            // It may have been removed, and its place have been taken by one that is further back.
            if (_queries[slot] is { IsWeighed: false })
            {
                Weigh(slot, snapshot);
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
        for (var slot = 0; slot < _used; slot++)
        {
            if (_queries[slot] is not null)
            {
                Weigh(slot, snapshot);
            }
        }
    }

    private void Weigh(int slot, IndexSnapshot snapshot)
    {
        var query = _queries[slot]!;
        query.IsWeighed = true;
        var bounds = query.Query.Bounds();
        query.Always = bounds is null || !bounds.All(bound => MonitoredTerms.IsWhole(bound.Term));
        if (query.Always)
        {
            _needed[slot] = float.PositiveInfinity;
            _always.Add(slot);
            return;
        }

        var weighed = bounds!.Select(bound => (Term: _terms.Weighed(bound.Term, snapshot, snapshot.Schema.K1), bound.Weight)).OrderBy(bound => bound.Term.Unit).ToArray();
        var asked = needed(snapshot, query.Query);
        var room = RestShare * asked * (1 - Drift);
        var (rest, sum) = (0, 0.0);
        while (rest < weighed.Length && sum + weighed[rest].Term.Unit * weighed[rest].Weight is var next && next <= room)
        {
            sum = next;
            rest++;
        }

        _rest[slot] = Above(sum);
        query.Rest = [.. weighed.Take(rest).Select(bound => bound.Term)];
        query.RestWeights = [.. weighed.Take(rest).Select(bound => Above(bound.Weight))];
        query.Finding = [.. weighed.Skip(rest).Select(bound => bound.Term)];
        foreach (var (term, weight) in weighed.Skip(rest))
        {
            term.Add(slot, Above(weight));
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
        if (!(asked > 0))
        {
            // Nothing is asked of a document, or nothing that can be compared.
            query.Always = true;
            _needed[slot] = float.PositiveInfinity;
            _always.Add(slot);
            return;
        }

        _needed[slot] = (float)(asked * (1 - Drift - Rounding));
        _greatestRest = Math.Max(_greatestRest, (double)_rest[slot] / _needed[slot]);
    }

    private void Unlist(int slot)
    {
        foreach (var term in _queries[slot]!.Finding)
        {
            term.Remove(slot);
        }

        _always.Remove(slot);
    }

    // Notes what the document holds of the terms; how much the most telling of them exceeds what rests were reckoned with.
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
            term.Value = Above(value);
            ratio = Math.Max(ratio, value / term.Unit);
        }

        return Above(ratio);
    }

    private int AddUp()
    {
        var (sums, touched, count) = (_sums, _touched, 0);
        foreach (var term in _held)
        {
            var value = term.Value;
            var slots = term.Slots;
            var weights = term.Weights[..slots.Length];
            for (var i = 0; i < slots.Length; i++)
            {
                var slot = slots[i];
                if (sums[slot] == 0)
                {
                    touched[count++] = slot;
                }

                sums[slot] += weights[i] * value;
            }
        }

        return count;
    }

    private void Judge(int slot, float ratio, List<Guid> candidates)
    {
        var sum = _sums[slot];
        if (sum + ratio * _rest[slot] < _needed[slot] || _queries[slot] is not { Always: false } query)
        {
            return;
        }

        var (rest, weights) = (query.Rest, query.RestWeights);
        for (var i = 0; i < rest.Length; i++)
        {
            sum += weights[i] * rest[i].Value;
        }

        if (sum >= _needed[slot])
        {
            candidates.Add(query.Key);
        }
    }

    // The next float that isn't less.
    private static float Above(double value)
    {
        var near = (float)value;
        return near < value ? float.BitIncrement(near) : near;
    }
}
