using Matchmaking.Search.Ranking;

namespace Matchmaking.Search.Monitoring;

// A term of the stored queries: who has it among the terms that find, and what it may be worth while the stock changes a little.
internal sealed class MonitoredTerm(IndexTerm term, double power, int number)
{
    private int[] _slots = [];
    private float[] _weights = [];
    private int _count;

    public IndexTerm Term { get; } = term;

    // The power to which its rarity counts.
    public double Power { get; } = power;

    // Its place in lists by term.
    public int Number { get; } = number;

    // What one unit of weight may score, as the sums of the rests were made with it; fixed until all is weighed anew, and zero before the first time.
    public double Unit { get; set; }

    public ReadOnlySpan<int> Slots => _slots.AsSpan(0, _count);

    public ReadOnlySpan<float> Weights => _weights.AsSpan(0, _count);

    public void Add(int slot, float weight)
    {
        if (_count == _slots.Length)
        {
            Array.Resize(ref _slots, Math.Max(2, _count * 2));
            Array.Resize(ref _weights, _slots.Length);
        }

        _slots[_count] = slot;
        _weights[_count++] = weight;
    }

    public void Remove(int slot)
    {
        var at = Array.IndexOf(_slots, slot, 0, _count);
        if (at >= 0)
        {
            _slots[at] = _slots[--_count];
            _weights[at] = _weights[_count];
        }
    }

    public void Clear() => _count = 0;
}
