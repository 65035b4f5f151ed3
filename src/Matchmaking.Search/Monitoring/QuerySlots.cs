using System.Numerics;
using Matchmaking.Search.Associations;

namespace Matchmaking.Search.Monitoring;

// The stored queries by place, in arrays that a document's terms are added up in; a place that was left is taken again.
internal sealed class QuerySlots
{
    private readonly Dictionary<Guid, int> _places = [];
    private readonly Stack<int> _free = [];
    private MonitoredQuery?[] _queries = [];
    private float[] _floors = [];
    private float[] _rests = [];
    private float[] _sums = [];
    private int[][] _restTerms = [];
    private float[][] _restWeights = [];
    private Ask[] _asks = [];

    // All directions one after the other: most that come so far fail by them, and shouldn't be looked for all over the memory.
    private sbyte[] _directions = [];

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

    public int? Find(Guid key) => _places.TryGetValue(key, out var slot) ? slot : null;

    public void Remove(int slot)
    {
        _places.Remove(_queries[slot]!.Key);
        _queries[slot] = null;
        _restTerms[slot] = [];
        _restWeights[slot] = [];
        _rests[slot] = 0;
        Exclude(slot);
        _free.Push(slot);
    }

    // The terms that don't find a listed query.
    public ReadOnlySpan<int> RestsOf(int slot) => _restTerms[slot];

    // No sum reaches it.
    public void Exclude(int slot) => _floors[slot] = float.PositiveInfinity;

    // What the terms that find nothing could add, all together and each by its weight, and where the query points.
    public void List(int slot, float rest, int[] terms, float[] weights, Meaning? direction)
    {
        _rests[slot] = rest;
        _restTerms[slot] = terms;
        _restWeights[slot] = weights;
        direction?.Values.CopyTo(_directions, slot * AssociationTable.Dimensions);
    }

    // What terms must bring whatever a document means, and what exactly.
    public void SetFloor(int slot, double floor, Ask ask)
    {
        _floors[slot] = (float)floor;
        _asks[slot] = ask;
    }

    public void AddUp(MonitoredTerm term, float value)
    {
        var sums = _sums;
        var slots = term.Slots;
        var weights = term.Weights[..slots.Length];
        for (var i = 0; i < slots.Length; i++)
        {
            sums[slots[i]] += weights[i] * value;
        }
    }

    // Adds those that could make it: by all that a term of the rest may bring beyond what rests were reckoned with, then by what the document
    // means, then by what each term of the rest brings.
    public void Judge(float ratio, float[] values, Meaning? meaning, List<int> candidates)
    {
        var width = Vector<float>.Count;
        var slot = 0;
        for (; slot <= End - width; slot += width)
        {
            var most = new Vector<float>(_sums, slot) + (ratio * new Vector<float>(_rests, slot));
            if (Vector.LessThanAll(most, new(_floors, slot)))
            {
                continue;
            }

            for (var i = slot; i < slot + width; i++)
            {
                Judge(i, ratio, values, meaning, candidates);
            }
        }

        for (; slot < End; slot++)
        {
            Judge(slot, ratio, values, meaning, candidates);
        }

        Array.Clear(_sums, 0, End);
    }

    private void Judge(int slot, float ratio, float[] values, Meaning? meaning, List<int> candidates)
    {
        var (sum, most) = (_sums[slot], _sums[slot] + (ratio * _rests[slot]));
        if (most < _floors[slot])
        {
            return;
        }

        var needed = _asks[slot].Needed(_directions.AsSpan(slot * AssociationTable.Dimensions, AssociationTable.Dimensions), meaning);
        if (most < needed)
        {
            return;
        }

        var terms = _restTerms[slot];
        var weights = _restWeights[slot].AsSpan(0, terms.Length);
        for (var i = 0; i < terms.Length; i++)
        {
            sum += weights[i] * values[terms[i]];
        }

        if (sum >= needed)
        {
            candidates.Add(slot);
        }
    }

    private void Grow(int size)
    {
        Array.Resize(ref _queries, size);
        Array.Resize(ref _floors, size);
        Array.Resize(ref _rests, size);
        Array.Resize(ref _sums, size);
        Array.Resize(ref _restTerms, size);
        Array.Resize(ref _restWeights, size);
        Array.Resize(ref _asks, size);
        Array.Resize(ref _directions, size * AssociationTable.Dimensions);
    }

    // What a query asks for: so much by its terms, less what each unit of closeness is worth.
    internal readonly record struct Ask(double Words, double ByUnit)
    {
        public double Needed(ReadOnlySpan<sbyte> direction, Meaning? document) =>
            document is null || ByUnit == 0 ? Words : Words - (ByUnit * Math.Max(0, Meaning.Dot(direction, document.Values)) * document.Scale);
    }
}
