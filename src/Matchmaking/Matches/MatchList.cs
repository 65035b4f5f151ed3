using GraphQL;
using Matchmaking.Api;
using Matchmaking.Search.Ranking;

namespace Matchmaking.Matches;

/// <summary>What one field asks of a ranked list of matches: conditions, place and size.</summary>
/// <remarks>Read at once: when the batches have come, the field's context has been put to another use.</remarks>
internal sealed class MatchList
{
    private readonly string _name;
    private readonly Paging _paging;
    private readonly Hit? _after;
    private readonly Func<double, bool>? _passes;

    /// <param name="name">What its cursors are good for.</param>
    /// <exception cref="ExecutionError">A page, cursor or condition that can't be taken.</exception>
    public MatchList(IResolveFieldContext context, string name)
    {
        _name = name;
        _paging = Paging.From(context);
        if (_paging.After is { } cursor)
        {
            var values = Cursors.Read(cursor, name, typeof(long), typeof(Guid));
            _after = new Hit((Guid)values[1]!, BitConverter.Int64BitsToDouble((long)values[0]!));
        }
        if (context.GetArgument<IDictionary<string, object?>?>("where") is { } where && where.TryGetValue("score", out var score) && score is IDictionary<string, object?> conditions)
            _passes = FilterTypes.Test<double>(conditions, "where.score");
        WantsItems = context.AsksFor("edges", "nodes", "pageInfo");
    }

    /// <summary>Whether more than the count is asked for.</summary>
    public bool WantsItems { get; }

    /// <summary>The page, with the place of each in the whole list.</summary>
    public MatchPage Cut(List<Listed> all)
    {
        var ranked = all.Select((hit, i) => (Hit: hit, Rank: i + 1)).ToList();
        if (_passes is { } passes)
            ranked = ranked.FindAll(at => passes(Math.Round(at.Hit.Points, 2)));
        var start = 0;
        if (_after is { } after)
        {
            start = ranked.FindIndex(at => after.IsBefore(at.Hit.Place));
            start = start < 0 ? ranked.Count : start;
        }
        return new(start, [.. ranked.Skip(start).Take(_paging.Size)], ranked.Count);
    }

    public Connection<Match> Connection(MatchPage page, List<Match> matches)
    {
        var edges = matches.ConvertAll(match =>
        {
            var hit = page.Items.First(at => at.Rank == match.Rank).Hit;
            return new Edge<Match>(Cursors.Write(_name, BitConverter.DoubleToInt64Bits(hit.Order), hit.Key), match);
        });
        return new Connection<Match>(edges, page.Start + page.Items.Count < page.Total, page.Start > 0, _ => Task.FromResult(page.Total));
    }
}

/// <summary>A piece of a ranked list.</summary>
internal readonly record struct MatchPage(int Start, IReadOnlyList<(Listed Hit, int Rank)> Items, int Total);

/// <summary>One of a ranked list.</summary>
/// <param name="Points">Its score.</param>
/// <param name="Order">What decides its place.</param>
internal readonly record struct Listed(Guid Key, double Points, double Order)
{
    public Hit Place => new(Key, Order);
}
