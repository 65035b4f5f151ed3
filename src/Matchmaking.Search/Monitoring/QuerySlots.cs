using Matchmaking.Search.Associations;

namespace Matchmaking.Search.Monitoring;

// The stored queries by place, in arrays that a document's terms are added up in; a place that was left is taken again.
internal sealed class QuerySlots
{
    private readonly Dictionary<Guid, int> _places = [];
    private readonly Stack<int> _free = [];
    private MonitoredQuery?[] _queries = [];
    private float[] _floors = [];
    private float[] _rest = [];
    private int[][] _restTerms = [];
    private float[][] _restWeights = [];
    private float[] _sums = [];
    private int[] _touched = [];
    private int _touchedCount;

    public int Count => _places.Count;

    // Places are below this.
    public int End { get; private set; }

    public IEnumerable<Guid> Keys => _places.Keys;

    public MonitoredQuery? this[int slot] => _queries[slot];

    public int Add(MonitoredQuery query)
    {
        if (!_free.TryPop(out var slot))
        {
            slot = End++;
            if (End > _queries.Length)
            {
                Grow(Math.Max(64, End * 2));
            }
        }

        _places[query.Key] = slot;
        _queries[slot] = query;
        Exclude(slot);
        return slot;
    }

    public (int Slot, MonitoredQuery Query)? Remove(Guid key)
    {
        if (!_places.Remove(key, out var slot))
        {
            return null;
        }

        var query = _queries[slot]!;
        _queries[slot] = null;
        _restTerms[slot] = [];
        _restWeights[slot] = [];
        _rest[slot] = 0;
        Exclude(slot);
        _free.Push(slot);
        return (slot, query);
    }

    // No sum reaches it.
    public void Exclude(int slot)
    {
        _floors[slot] = float.PositiveInfinity;
    }

    // What the terms that find nothing could add, all together and each by its weight.
    public void SetRest(int slot, float sum, int[] terms, float[] weights)
    {
        _rest[slot] = sum;
        _restTerms[slot] = terms;
        _restWeights[slot] = weights;
    }

    // Sets what terms must bring, whatever a document means; gives the share of it that the rest could bring.
    public double SetFloor(int slot, float floor)
    {
        _floors[slot] = floor;
        return (double)_rest[slot] / floor;
    }

    public void AddUp(MonitoredTerm term, float value)
    {
        var (sums, touched, count) = (_sums, _touched, _touchedCount);
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

        _touchedCount = count;
    }

    // Adds those that could make it: by all that a term of the rest may bring beyond what rests were reckoned with, then by what each does, then
    // by what the document means.
    public void Judge(bool all, float ratio, float[] values, Meaning? meaning, List<Guid> candidates)
    {
        if (all)
        {
            for (var slot = 0; slot < End; slot++)
            {
                Judge(slot, ratio, values, meaning, candidates);
            }
        }
        else
        {
            foreach (var slot in _touched.AsSpan(0, _touchedCount))
            {
                Judge(slot, ratio, values, meaning, candidates);
            }
        }

        foreach (var slot in _touched.AsSpan(0, _touchedCount))
        {
            _sums[slot] = 0;
        }

        _touchedCount = 0;
    }

    private void Judge(int slot, float ratio, float[] values, Meaning? meaning, List<Guid> candidates)
    {
        var (sum, floor) = (_sums[slot], _floors[slot]);
        if (sum + ratio * _rest[slot] < floor)
        {
            return;
        }

        var terms = _restTerms[slot];
        var weights = _restWeights[slot].AsSpan(0, terms.Length);
        for (var i = 0; i < terms.Length; i++)
        {
            sum += weights[i] * values[terms[i]];
        }

        if (sum >= floor && _queries[slot] is { } query && sum >= query.Needed(meaning))
        {
            candidates.Add(query.Key);
        }
    }

    private void Grow(int size)
    {
        Array.Resize(ref _queries, size);
        Array.Resize(ref _floors, size);
        Array.Resize(ref _rest, size);
        Array.Resize(ref _restTerms, size);
        Array.Resize(ref _restWeights, size);
        Array.Resize(ref _sums, size);
        Array.Resize(ref _touched, size);
    }
}
