using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Matchmaking.Api;
using Matchmaking.Importing;
using Matchmaking.Needs;
using Matchmaking.Store;
using Matchmaking.Tests.Crashing.Drill;

namespace Matchmaking.Benchmarks.Subscribers;

/// <summary>One patent is published while thousands follow needs of their own: how long until all whose need it serves have it?</summary>
/// <remarks>The service is a process of its own on SQLite; the clients are this process, on the same cores.</remarks>
internal static class SubscribersVerb
{
    private const string Query = "subscription($needId: ID) { recommendationAdded(needId: $needId) { id cursor reason score match { patent { id title } } } }";

    private static readonly string[] Uses = ["电动大巴", "储能电站", "无人机", "电动工具", "手机", "潜航器", "叉车", "基站备电", "轨道交通", "家用储能"];

    public static async Task<int> RunAsync(string[] options)
    {
        var connected = Number(options, "--connected", 5000);
        var matching = Number(options, "--matching", 1000);
        var rounds = Number(options, "--rounds", 20);
        var warmUp = Number(options, "--warm-up", 5);
        var root = Directory.CreateTempSubdirectory("subscribers").FullName;
        var subscribers = new List<Subscriber>();
        try
        {
            var data = Path.Combine(root, "data");
            var needs = await FillAsync(data, connected, matching);
            await using var service = await ServingProgram.StartAsync(data, new Dictionary<string, string>
            {
                // Thousands connect at once, on the cores that serve them.
                ["Matchmaking__GraphQL__Streams__InitTimeout"] = "00:01:00",
                ["Matchmaking__Recommendations__Threshold"] = "40",
                ["Matchmaking__Recommendations__PerDay"] = "1000",
            });
            // The first one pays for compiling; nobody is to hear of it later.
            await PublishAsync(service, 0);
            await ServingProgram.UntilAsync(async () => (await service.DataAsync("{ matching { lag } }"))["matching"]!["lag"]!.GetValue<long>() == 0, "all needs are matched", TimeSpan.FromMinutes(10));
            var before = service.Program.Memory;
            var address = new UriBuilder(service.Http.BaseAddress!) { Scheme = "ws", Path = "/graphql" }.Uri;
            foreach (var some in needs.Chunk(20))
            {
                var made = some.Select(_ => new Subscriber()).ToList();
                subscribers.AddRange(made);
                await Task.WhenAll(made.Zip(some, (subscriber, need) => subscriber.ConnectAsync(address, Query, need)));
            }
            Say($"{connected} connected, {matching} whose needs match; memory of the service {before >> 20} MiB before, {service.Program.Memory >> 20} MiB with them: {(service.Program.Memory - before) / 1024.0 / connected:F1} KiB each");
            var measured = new List<double>();
            for (var round = 1; round <= warmUp + rounds; round++)
            {
                var frames = await RoundAsync(service, subscribers, matching, round);
                if (round > warmUp)
                    measured.AddRange(frames);
            }
            measured.Sort();
            Say($"all {measured.Count} frames after {warmUp} rounds of warm-up, in which code is still compiled: from the patent's commit to the frame p50 {At(measured, 0.5):F0} ms, p99 {At(measured, 0.99):F0} ms, last {measured[^1]:F0} ms");
            return 0;
        }
        finally
        {
            subscribers.ForEach(s => s.Dispose());
            Directory.Delete(root, recursive: true);
        }
    }

    private static async Task<List<double>> RoundAsync(ServingProgram service, List<Subscriber> subscribers, int matching, int round)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        // Those whose needs come first match; all others must hear nothing, and a frame of theirs would show in the next round.
        var heard = subscribers.Take(matching).Select(s => s.NextAsync(patience.Token)).ToList();
        var busy = await BusyAsync(service);
        var sent = Stopwatch.GetTimestamp();
        var (created, answered) = await PublishAsync(service, round);
        var frames = await Task.WhenAll(heard);
        if (Array.Find(frames, f => !f.Text.Contains(Title(round), StringComparison.Ordinal)) is { Text: { } other })
            throw new InvalidOperationException($"Somebody heard of something else: {other}");
        // Stopwatch and wall clock tick alike; where they met is known from the answer.
        var fromCommit = frames.Select(f => (f.At - answered.Ticks) * 1000.0 / Stopwatch.Frequency + (answered.At - created).TotalMilliseconds).Order().ToList();
        var fromAnswer = frames.Select(f => (f.At - answered.Ticks) * 1000.0 / Stopwatch.Frequency).Order().ToList();
        Say($"  round {round}: from the patent's commit to the frame p50 {At(fromCommit, 0.5):F0} ms, p99 {At(fromCommit, 0.99):F0} ms, last {fromCommit[^1]:F0} ms; from the mutation's answer p50 {At(fromAnswer, 0.5):F0} ms, p99 {At(fromAnswer, 0.99):F0} ms; the mutation took {(answered.Ticks - sent) * 1000.0 / Stopwatch.Frequency:F0} ms, the turn {await BusyAsync(service) - busy} ms");
        return fromCommit;
    }

    private static async Task<(DateTime Created, (long Ticks, DateTime At) Answered)> PublishAsync(ServingProgram service, int round)
    {
        var number = string.Create(CultureInfo.InvariantCulture, $"CN1{round:00000000}B");
        var answer = await service.DataAsync(
            "mutation($input: PublishPatentInput!) { publishPatent(input: $input) { patent { createdAt } errors { ... on Error { message } } } }",
            new { input = new { publicationNumber = number, title = Title(round), @abstract = "一种硅碳负极材料，循环膨胀小，首次效率高。硅碳负极材料由多孔碳与纳米硅复合而成。", legalStatus = "GRANTED", keywords = new[] { "硅碳负极", "循环膨胀" } } });
        var answered = (Stopwatch.GetTimestamp(), DateTime.UtcNow);
        return (answer["publishPatent"]!["patent"]!["createdAt"]!.GetValue<DateTime>().ToUniversalTime(), answered);
    }

    private static string Title(int round) => string.Create(CultureInfo.InvariantCulture, $"硅碳负极材料及其制备方法{round}");

    private static async Task<long> BusyAsync(ServingProgram service)
    {
        var nodes = (await service.DataAsync("{ matching { nodes { busyMilliseconds } } }"))["matching"]!["nodes"]!.AsArray();
        return nodes.Sum(n => n!["busyMilliseconds"]!.GetValue<long>());
    }

    /// <summary>Writes the needs before the service starts; the ids of those that match come first.</summary>
    private static async Task<List<string>> FillAsync(string data, int connected, int matching)
    {
        using var stores = await new Installation(data, Provider.Sqlite, $"Data Source={Path.Combine(data, "matchmaking.db")};Pooling=False").OpenStoreAsync(TimeProvider.System, CancellationToken.None);
        // Rarity means something only in a stock.
        foreach (var file in (string[])["patents-1.csv", "patents-2.xlsx"])
            await Importer.RunAsync(stores, ImportKind.Patents, Repository.PathTo("data-seeds", "demo", file), new ImportOptions { RejectsPath = Path.Combine(data, "rejects.tsv") }, CancellationToken.None);
        var random = new Random(1);
        var needs = new List<string>();
        foreach (var some in Enumerable.Range(0, connected).Chunk(500))
        {
            await using var store = stores.Open("filling");
            foreach (var i in some)
            {
                var (use, other) = (Uses[random.Next(Uses.Length)], InventedPatents.Searches().ElementAt(random.Next(12)));
                var need = new Need
                {
                    Id = store.NewKey(),
                    Status = NeedStatus.Open,
                    Title = i < matching ? "硅碳负极材料" : other,
                    Description = i < matching ? $"{use}用硅碳负极材料，要求循环膨胀小" : $"{use}的{other}改进",
                    CreatedAt = store.Now,
                    UpdatedAt = store.Now,
                };
                store.Needs.Add(need);
                needs.Add(Ids.Encode("Need", need.Id));
            }
            await store.CommitAsync();
        }
        return needs;
    }

    private static double At(List<double> sorted, double share) => sorted[(int)Math.Min(sorted.Count - 1, Math.Ceiling(sorted.Count * share) - 1)];

    private static void Say(FormattableString line) => Console.WriteLine(FormattableString.Invariant(line));

    private static int Number(string[] options, string name, int otherwise)
    {
        var at = Array.IndexOf(options, name);
        return at >= 0 && at + 1 < options.Length ? int.Parse(options[at + 1], CultureInfo.InvariantCulture) : otherwise;
    }
}
