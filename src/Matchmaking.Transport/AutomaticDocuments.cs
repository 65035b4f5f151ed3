namespace Matchmaking.Transport;

/// <summary>Documents that clients registered by their hash; the longest unused go when there are too many.</summary>
/// <remarks>Safe for any thread. Bounded in number and in characters, so that nobody can fill the memory with documents.</remarks>
internal sealed class AutomaticDocuments(int maxDocuments, int maxCharacters)
{
    private readonly Dictionary<string, LinkedListNode<(string Hash, string Text)>> _byHash = new(StringComparer.Ordinal);
    private readonly LinkedList<(string Hash, string Text)> _recent = [];
    private readonly Lock _gate = new();
    private long _characters;

    /// <summary>Whether any is kept at all.</summary>
    public bool IsOn => maxDocuments > 0;

    public int Count
    {
        get
        {
            lock (_gate)
                return _byHash.Count;
        }
    }

    public string? Find(string hash)
    {
        lock (_gate)
        {
            if (!_byHash.TryGetValue(hash, out var node))
                return null;
            _recent.Remove(node);
            _recent.AddFirst(node);
            return node.Value.Text;
        }
    }

    public void Keep(string hash, string text)
    {
        if (!IsOn || text.Length > maxCharacters)
            return;
        lock (_gate)
        {
            if (_byHash.ContainsKey(hash))
                return;
            _byHash[hash] = _recent.AddFirst((hash, text));
            _characters += text.Length;
            while (_byHash.Count > maxDocuments || _characters > maxCharacters)
            {
                var last = _recent.Last!.Value;
                _recent.RemoveLast();
                _byHash.Remove(last.Hash);
                _characters -= last.Text.Length;
            }
        }
    }
}
