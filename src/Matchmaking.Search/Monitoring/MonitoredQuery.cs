using Matchmaking.Search.Ranking;

namespace Matchmaking.Search.Monitoring;

// A stored query: which of its terms find it, and which only add.
internal sealed class MonitoredQuery(Guid key, WeightedQuery query)
{
    public Guid Key { get; } = key;

    public WeightedQuery Query { get; } = query;

    public bool IsWeighed { get; set; }

    // Nothing is known that would exclude a document.
    public bool Always { get; set; }

    public MonitoredTerm[] Finding { get; set; } = [];

    public MonitoredTerm[] Rest { get; set; } = [];

    public bool Holds(MonitoredTerm term) => Array.IndexOf(Rest, term) >= 0 || Array.IndexOf(Finding, term) >= 0;
}
