namespace Matchmaking.Search.Associations;

// How often each pair was added, in the order of the pairs. Pairs are sorted and merged a piece at a time, so that what is held grows with
// the different pairs and not with the text.
internal sealed class PairCounts
{
    private const int Piece = 1 << 24;

    private readonly List<ulong> _waiting = [];
    private ulong[] _pairs = [];
    private int[] _counts = [];

    public PairCounts()
    {
    }

    // Goes on from pairs that were counted before, each once.
    public PairCounts(ulong[] pairs, int[] counts)
    {
        Array.Sort(pairs, counts);
        (_pairs, _counts) = (pairs, counts);
    }

    // How many different pairs there are, as of the last merge.
    public int Count => _pairs.Length;

    public (int Row, int Column, int Times) this[int index] => ((int)(_pairs[index] >> 32), (int)(uint)_pairs[index], _counts[index]);

    public static ulong Pair(int row, int column) => ((ulong)(uint)row << 32) | (uint)column;

    public void Add(int row, int column)
    {
        _waiting.Add(Pair(row, column));
        if (_waiting.Count == Piece)
        {
            Merge();
        }
    }

    // Counts what waits.
    public void Merge()
    {
        _waiting.Sort();
        var pairs = new List<ulong>(_pairs.Length + (_waiting.Count / 4));
        var counts = new List<int>(pairs.Capacity);
        var (known, next) = (0, 0);
        while (known < _pairs.Length || next < _waiting.Count)
        {
            var pair = next == _waiting.Count || (known < _pairs.Length && _pairs[known] < _waiting[next]) ? _pairs[known] : _waiting[next];
            var count = known < _pairs.Length && _pairs[known] == pair ? _counts[known++] : 0;
            for (; next < _waiting.Count && _waiting[next] == pair; next++)
            {
                count++;
            }

            pairs.Add(pair);
            counts.Add(count);
        }

        (_pairs, _counts) = ([.. pairs], [.. counts]);
        _waiting.Clear();
    }
}
