namespace Matchmaking.Search.Queries;

/// <summary>A condition on documents that stands outside the score.</summary>
/// <remarks>A document without a value neither has the tag nor lies in the range; <c>Not(Range(name, null, null))</c> finds those without.</remarks>
public abstract record IndexFilter
{
    private IndexFilter()
    {
    }

    /// <summary>The document carries at least one of the tags, in just this spelling.</summary>
    public static IndexFilter Tag(string field, params IEnumerable<string> values) => new TagFilter(field, [.. values]);

    /// <summary>The document's number lies in the range, ends included; null leaves an end open.</summary>
    public static IndexFilter Range(string field, long? minimum, long? maximum) => new RangeFilter(field, minimum, maximum);

    /// <summary>The document is one of these.</summary>
    public static IndexFilter Keys(params IEnumerable<Guid> keys) => new KeysFilter([.. keys]);

    /// <summary>All conditions hold; with none, every document passes.</summary>
    public static IndexFilter All(params IEnumerable<IndexFilter> filters) => new AllFilter([.. filters]);

    /// <summary>At least one condition holds; with none, no document passes.</summary>
    public static IndexFilter Any(params IEnumerable<IndexFilter> filters) => new AnyFilter([.. filters]);

    /// <summary>The condition does not hold.</summary>
    public static IndexFilter Not(IndexFilter filter) => new NotFilter(filter);

    internal sealed record TagFilter(string Field, string[] Values) : IndexFilter;

    internal sealed record RangeFilter(string Field, long? Minimum, long? Maximum) : IndexFilter;

    internal sealed record KeysFilter(Guid[] Values) : IndexFilter;

    internal sealed record AllFilter(IndexFilter[] Filters) : IndexFilter;

    internal sealed record AnyFilter(IndexFilter[] Filters) : IndexFilter;

    internal sealed record NotFilter(IndexFilter Inner) : IndexFilter;
}
