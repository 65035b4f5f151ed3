namespace Matchmaking.Search.Ranking;

// The best hits so far in a heap with the worst of them on top.
internal sealed class TopHits(int count, Hit? after)
{
    private readonly Hit _after = after ?? default;
    private readonly bool _hasAfter = after is not null;
    private Place[] _heap = new Place[Math.Min(count, 64)];
    private int _size;

    // By number, whose documents are offered.
    public int Segment { get; set; }

    public void Offer(Guid[] keys, int doc, double score)
    {
        if (_size == count && (count == 0 || score < _heap[0].Hit.Score))
        {
            return;
        }

        if (_hasAfter && score > _after.Score)
        {
            return;
        }

        Insert(new(new(keys[doc], score), Segment, doc));
    }

    public Hit[] ToSorted() => Array.ConvertAll(ToPlaces(), place => place.Hit);

    public Place[] ToPlaces()
    {
        var places = _heap.AsSpan(0, _size).ToArray();
        Array.Sort(places, static (a, b) => a.Hit.CompareTo(b.Hit));
        return places;
    }

    private void Insert(in Place hit)
    {
        if (_hasAfter && !_after.IsBefore(hit.Hit))
        {
            return;
        }

        if (_size < count)
        {
            if (_size == _heap.Length)
            {
                Array.Resize(ref _heap, Math.Min(count, _size * 2));
            }

            var at = _size++;
            for (; at > 0 && _heap[(at - 1) / 2].IsBefore(hit); at = (at - 1) / 2)
            {
                _heap[at] = _heap[(at - 1) / 2];
            }

            _heap[at] = hit;
        }
        else if (hit.IsBefore(_heap[0]))
        {
            SinkFromTop(hit);
        }
    }

    private void SinkFromTop(in Place hit)
    {
        var at = 0;
        while (true)
        {
            var child = (2 * at) + 1;
            if (child >= _size)
            {
                break;
            }

            if (child + 1 < _size && _heap[child].IsBefore(_heap[child + 1]))
            {
                child++;
            }

            if (!hit.IsBefore(_heap[child]))
            {
                break;
            }

            _heap[at] = _heap[child];
            at = child;
        }

        _heap[at] = hit;
    }

    // A hit, and where the snapshot has it.
    internal readonly record struct Place(Hit Hit, int Segment, int Doc)
    {
        public bool IsBefore(in Place other) => Hit.IsBefore(other.Hit);
    }
}
