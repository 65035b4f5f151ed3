using System.Globalization;
using Matchmaking.Api;
using Matchmaking.Indexing;
using Matchmaking.Matches;
using Matchmaking.Needs;
using Matchmaking.Patents;
using Matchmaking.Recommendations;
using Matchmaking.Search;
using Matchmaking.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace Matchmaking.Tests.Crashing.Drill;

/// <summary>Kills the processes of one installation again and again while things change and somebody follows; then compares what was heard with what
/// stands in the store, and that with a match from scratch.</summary>
internal sealed class FollowDrill(string root, Provider provider, string connection, int nodes, int kills, int seed, Action<string>? say = null)
{
    /// <summary>Between what fits, which scores 60 and more here, and what doesn't, which scores next to nothing.</summary>
    private const double Threshold = 40;

    private const int BeginPatents = 40;
    private const int BeginNeeds = 24;
    private const int Followed = 6;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly Random _random = new(seed);
    private readonly List<DrilledNode> _nodes = [];

    /// <summary>Runs it; what is wrong, one line each.</summary>
    public async Task<List<string>> RunAsync()
    {
        using var over = new CancellationTokenSource();
        try
        {
            return await RunAsync(over);
        }
        finally
        {
            await over.CancelAsync();
            foreach (var node in _nodes)
                await node.DisposeAsync();
        }
    }

    private async Task<List<string>> RunAsync(CancellationTokenSource over)
    {
        for (var i = 0; i < nodes; i++)
        {
            _nodes.Add(new DrilledNode(Path.Combine(root, $"node{i}"), new Dictionary<string, string>
            {
                ["Matchmaking__Provider"] = provider.ToString(),
                ["ConnectionStrings__Matchmaking"] = connection,
                ["Matchmaking__Node"] = $"node{i}",
                ["Matchmaking__Recommendations__Threshold"] = Threshold.ToString(CultureInfo.InvariantCulture),
                ["Matchmaking__Recommendations__PerDay"] = "1000",
                ["Matchmaking__Ide"] = "false",
                // Three processes that start on two cores have long seconds.
                ["Matchmaking__GraphQL__Timeout"] = "00:01:30",
            }));
            _nodes[^1].Start();
            // The first makes the tables.
            await UntilAsync(() => Task.FromResult(_nodes[0].Service is not null), "the first node serves");
        }
        var stream = new ChangeStream(Pick, seed);
        await stream.BeginAsync(BeginPatents, BeginNeeds, over.Token);
        var followers = stream.Needs.Take(Followed).Append(null).Select(need => new Follower(need, Pick)).ToList();
        var following = followers.ConvertAll(f => f.RunAsync(over.Token));
        using var enough = new CancellationTokenSource();
        var changing = stream.RunAsync(enough.Token);
        await KillAsync(stream, changing);
        await enough.CancelAsync();
        await changing;
        say?.Invoke($"{stream.Changes} changes made; catching up");
        await UntilAsync(() => Task.FromResult(_nodes.TrueForAll(n => n.Service is not null)), "all nodes serve again");
        await UntilAsync(async () => (await _nodes[0].Service!.DataAsync("{ matching { lag } }"))["matching"]!["lag"]!.GetValue<long>() == 0, "everything is matched");
        var wrong = await VerifyAsync(followers);
        await over.CancelAsync();
        await Task.WhenAll(following);
        return wrong;
    }

    private ServingProgram? Pick() => _nodes.Select(n => n.Service).OfType<ServingProgram>().ToList() is { Count: > 0 } serving ? serving[Random.Shared.Next(serving.Count)] : null;

    private async Task KillAsync(ChangeStream stream, Task changing)
    {
        for (var killed = 0; killed < kills;)
        {
            // Mostly at work, some changes after the last kill, now and then at a start.
            var (from, changes) = (stream.Changes, _random.Next(1, 12));
            if (_random.Next(5) > 0)
                await UntilAsync(() => Task.FromResult(stream.Changes >= from + changes || changing.IsCompleted), "something changes");
            // The delay is the moment of the crash, not a wait for anything.
            await Task.Delay(TimeSpan.FromMilliseconds(_random.Next(500)));
            if (changing.IsFaulted)
                return;
            if (!await _nodes[_random.Next(nodes)].KillAsync())
                continue;
            if (++killed % 20 == 0)
                say?.Invoke($"killed {killed}");
        }
    }

    private async Task<List<string>> VerifyAsync(List<Follower> followers)
    {
        var wrong = new List<string>();
        using var stores = new StoreFactory(provider, connection, TimeProvider.System);
        await using var store = stores.Open("test");
        var state = await store.MatchingStates.SingleAsync();
        var rows = await store.Recommendations.Where(r => r.Position != null).OrderBy(r => r.Position).ToListAsync();
        var standing = rows.FindAll(r => r.TakenBackAt is null);
        if (!rows.Select(r => r.Position!.Value).SequenceEqual(Enumerable.Range(1, (int)state.Inbox).Select(i => (long)i)))
            wrong.Add("the inbox has a gap or counts wrongly");
        var work = await store.MatchingNodes.OrderBy(n => n.Name).ToListAsync();
        if (work.Sum(n => n.Changes) != state.Position)
            wrong.Add($"{work.Sum(n => n.Changes)} changes were matched of {state.Position}");
        wrong.AddRange((await PrescribedAsync(stores)).Compare(standing));
        say?.Invoke($"{state.Position} changes on the feed, {rows.Count} recommendations told, {rows.Count - standing.Count} of them taken back; " + string.Join(", ", work.Select(n => $"{n.Name} matched {n.Changes} in {n.Turns} turns")));
        foreach (var follower in followers)
            wrong.AddRange(await CompareAsync(follower, rows));
        say?.Invoke($"{followers.Count} followers heard {followers.Sum(f => f.Heard.Count)} in {followers.Sum(f => f.Connections)} connections");
        return wrong;
    }

    /// <summary>What a follower heard beside what stood in its inbox: each once, in order, all that stands, and nothing that was never there.</summary>
    private static async Task<List<string>> CompareAsync(Follower follower, List<Recommendation> rows)
    {
        var who = follower.NeedId ?? "everything";
        var mine = rows.Where(r => follower.NeedId is null || Ids.Encode("Need", r.NeedId) == follower.NeedId).ToDictionary(r => Ids.Encode("Recommendation", r.Id));
        var standing = mine.Where(r => r.Value.TakenBackAt is null).Select(r => r.Key).ToHashSet();
        try
        {
            await UntilAsync(() => Task.FromResult(standing.IsSubsetOf(follower.Heard.Select(h => h.Id))), "a follower has heard all");
        }
        catch (TimeoutException)
        {
            return [$"{who}: {standing.Except(follower.Heard.Select(h => h.Id)).Count()} of {standing.Count} were lost"];
        }
        var (heard, wrong) = (follower.Heard, new List<string>());
        if (heard.Select(h => h.Id).Distinct().Count() != heard.Count)
            wrong.Add($"{who}: something was told twice");
        if (!heard.Select(h => h.Position).SequenceEqual(heard.Select(h => h.Position).Order()))
            wrong.Add($"{who}: the order wasn't kept");
        if (heard.Exists(h => !mine.TryGetValue(h.Id, out var row) || row.Position != h.Position))
            wrong.Add($"{who}: something was told that isn't in its inbox");
        wrong.AddRange(follower.Errors.Select(e => $"{who}: {e}"));
        return wrong;
    }

    /// <summary>The pairs that fit by the final state, found by an index of its own and no shortcut.</summary>
    private async Task<Prescribed> PrescribedAsync(StoreFactory stores)
    {
        using var indexes = Indexes.Open(Path.Combine(root, "scratch"), long.MaxValue);
        await new Indexer(stores, indexes, new FeedSignal(), NullLogger<Indexer>.Instance).CatchUpAsync(null, CancellationToken.None);
        await using var store = stores.Open("test");
        using var patents = indexes.Patents.Acquire();
        var today = DateOnly.FromDateTime(DateTime.UtcNow.AddHours(8));
        var living = await store.Patents.Where(p => !LegalStatuses.Dead.Contains(p.LegalStatus)).ToListAsync();
        var (pairs, nearest) = (new HashSet<(Guid, Guid)>(), 100.0);
        foreach (var need in await store.Needs.Where(n => n.Status == NeedStatus.Open).ToListAsync())
        {
            var query = Scoring.Query(need);
            foreach (var patent in living)
            {
                var points = Scoring.Points(patents, query, patents.Score(query, patent.Id)?.Score ?? 0, patent.IsDescribed());
                nearest = Math.Min(nearest, Math.Abs(points - Threshold));
                if (points >= Threshold)
                    pairs.Add((need.Id, patent.Id));
            }
        }
        return new Prescribed(pairs, nearest);
    }

    private static async Task UntilAsync(Func<Task<bool>> wanted, string what)
    {
        for (var end = DateTime.UtcNow + Patience; ; await Task.Delay(20))
        {
            try
            {
                if (await wanted())
                    return;
            }
            catch (Exception e) when (e is HttpRequestException or IOException or NullReferenceException or OperationCanceledException or ObjectDisposedException)
            {
                // Just killed.
            }
            if (DateTime.UtcNow > end)
                throw new TimeoutException($"It did not come about that {what}.");
        }
    }

    private sealed record Prescribed(HashSet<(Guid Need, Guid Patent)> Pairs, double Nearest)
    {
        public IEnumerable<string> Compare(List<Recommendation> standing)
        {
            var told = standing.Select(r => (r.NeedId, r.PatentId)).ToList();
            if (Nearest < 5)
                yield return string.Create(CultureInfo.InvariantCulture, $"a pair scores {Nearest:F1} from the threshold: the drill's texts don't tell fit from unfit");
            if (told.Distinct().Count() != told.Count)
                yield return "a pair stands twice";
            if (Pairs.Except(told).Count() is > 0 and var missing)
                yield return $"{missing} of {Pairs.Count} prescribed pairs are missing";
            if (told.Except(Pairs).Count() is > 0 and var wrong)
                yield return $"{wrong} pairs stand that nothing prescribes";
        }
    }
}
