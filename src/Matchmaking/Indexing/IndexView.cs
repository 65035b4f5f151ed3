using Matchmaking.Search;

namespace Matchmaking.Indexing;

/// <summary>The indexes as one request sees them: the same commit from its first field to its last.</summary>
internal sealed class IndexView(Indexes indexes) : IDisposable
{
    private readonly Lazy<IndexSnapshot> _patents = new(indexes.Patents.Acquire);
    private readonly Lazy<IndexSnapshot> _needs = new(indexes.Needs.Acquire);

    public IndexSnapshot Patents => _patents.Value;

    public IndexSnapshot Needs => _needs.Value;

    public void Dispose()
    {
        if (_patents.IsValueCreated)
            _patents.Value.Dispose();
        if (_needs.IsValueCreated)
            _needs.Value.Dispose();
    }
}
