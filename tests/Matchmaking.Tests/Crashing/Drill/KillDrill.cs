using System.Diagnostics;
using System.Globalization;
using Matchmaking.Store;

namespace Matchmaking.Tests.Crashing.Drill;

/// <summary>Does the same work twice, once in peace and once killed again and again, for somebody to compare.</summary>
/// <param name="root">A directory for all files.</param>
/// <param name="provider">The engine.</param>
/// <param name="database">The connection string of one of two empty databases, by its name.</param>
internal sealed class KillDrill(string root, Provider provider, Func<string, string> database, int rows, int kills, int seed, Action<string>? say = null)
{
    private const int NeedCount = 24;

    private readonly Random _random = new(seed);
    private readonly Dictionary<string, TimeSpan> _spent = [];

    /// <summary>How long things took in peace.</summary>
    public IReadOnlyDictionary<string, TimeSpan> Spent => _spent;

    /// <summary>How often a process was killed at its work.</summary>
    public int Kills { get; private set; }

    /// <summary>The undisturbed and the disturbed installation, described.</summary>
    public async Task<(Described Peace, Described Killed)> RunAsync()
    {
        InventedPatents.Write(Path.Combine(root, "patents.csv"), rows, seed);
        InventedPatents.Write(Path.Combine(root, "more.csv"), rows / 4, seed + 1);
        InventedPatents.Write(Path.Combine(root, "one.csv"), 1, seed + 2);
        var peace = await InPeaceAsync();
        return (peace, await KilledAsync());
    }

    private async Task<Described> InPeaceAsync()
    {
        var place = Place("peace");
        await TimedAsync("first start of import", () => ImportAsync(place, "one.csv"));
        await TimedAsync("import", () => ImportAsync(place, "patents.csv"));
        await using (var service = await TimedAsync("start with indexing", () => ServingProgram.StartAsync(place.Data, place.Environment)))
            await service.StopAsync();
        await ImportAsync(place, "more.csv");
        await using var again = await TimedAsync("second start", () => ServingProgram.StartAsync(place.Data, place.Environment));
        foreach (var need in InventedPatents.Needs(NeedCount, seed))
            await CreateAsync(again, need);
        return await DescribeAsync(place, again);
    }

    private async Task<Described> KilledAsync()
    {
        var place = Place("killed");
        await ImportAsync(place, "one.csv");
        await KillImportAsync(place, kills / 3);
        await KillIndexingAsync(place, kills / 3);
        return await KillBothAsync(place, kills - kills / 3 * 2);
    }

    private async Task KillImportAsync(Installed place, int times)
    {
        for (var i = 0; i < times; i++)
        {
            await using var import = Import(place, "patents.csv");
            if (!await KillAsync("import", import, Moment("first start of import", "import", times)))
            {
                Require(await import.EndAsync(), "import");
                return;
            }
        }
        await ImportAsync(place, "patents.csv");
    }

    private async Task KillIndexingAsync(Installed place, int times)
    {
        for (var i = 0; i < times; i++)
        {
            await using var service = ServingProgram.Begin(place.Data, place.Environment);
            if (!await KillAsync("indexing", service, Moment("second start", "start with indexing", times)))
                throw new InvalidOperationException($"The service ended by itself:\n{service.Written}");
        }
    }

    private async Task<Described> KillBothAsync(Installed place, int times)
    {
        var needs = new Queue<(string, string)>(InventedPatents.Needs(NeedCount, seed));
        var imported = false;
        for (var i = 0; i < times; i++)
        {
            await using var service = await ServingProgram.StartAsync(place.Data, place.Environment);
            await using var import = imported ? null : Import(place, "more.csv");
            var moment = Moment("first start of import", "import", times);
            var killing = KillAsync("serving beside an import", service.Program, moment);
            var killingImport = import is not null && _random.Next(2) == 0 ? KillAsync("import beside", import, moment * _random.NextDouble()) : null;
            // Leaves some needs for every round, and asks until nobody answers any more.
            await CreateUntilGoneAsync(service, needs, NeedCount * (times - 1 - i) / times);
            await killing;
            if (import is not null && (killingImport is null || !await killingImport))
            {
                Require(await import.EndAsync(), "import");
                imported = true;
            }
        }
        if (!imported)
            await ImportAsync(place, "more.csv");
        await using var last = await ServingProgram.StartAsync(place.Data, place.Environment);
        while (needs.TryDequeue(out var need))
            await CreateAsync(last, need);
        return await DescribeAsync(place, last);
    }

    /// <summary>Gives up the need that was on its way: whether it was written, nobody can say, so it is sent again.</summary>
    private static async Task CreateUntilGoneAsync(ServingProgram service, Queue<(string, string)> needs, int leave)
    {
        try
        {
            while (needs.Count > leave)
            {
                await CreateAsync(service, needs.Peek());
                needs.Dequeue();
            }
            while (!service.Program.HasExited)
                await service.DataAsync("{ searchPatents(query: \"离心泵\", first: 3) { nodes { score } } }");
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            // Killed.
        }
    }

    private static async Task CreateAsync(ServingProgram service, (string Title, string Description) need)
    {
        var answer = await service.DataAsync(
            "mutation ($title: String!, $description: String!) { createNeed(input: { title: $title, description: $description, idempotencyKey: $title }) { need { id } errors { __typename } } }",
            new { title = need.Title, description = need.Description });
        if (answer["createNeed"]!["need"] is null)
            throw new InvalidOperationException(answer.ToJsonString());
    }

    private async Task<Described> DescribeAsync(Installed place, ServingProgram service)
    {
        var answers = await Answers.CollectAsync(service);
        await service.StopAsync();
        var stored = await StoredThings.DescribeAsync(provider, place.Database);
        return new Described(stored, answers, await File.ReadAllTextAsync(Path.Combine(place.Directory, "patents.csv.rejects.tsv")));
    }

    private async Task<bool> KillAsync(string what, BuiltProgram program, TimeSpan moment)
    {
        var killed = await program.KillAfterAsync(moment);
        if (killed)
            Kills++;
        say?.Invoke(string.Create(CultureInfo.InvariantCulture, $"{what,-26} {(killed ? "killed after" : "ended within"),-13} {moment.TotalMilliseconds,7:F0} ms"));
        return killed;
    }

    /// <summary>A moment between the program's start and twice its share of the work, so that all kills together meet all of the work.</summary>
    private TimeSpan Moment(string start, string work, int times)
    {
        var share = (_spent[work] - _spent[start]) / Math.Max(1, times);
        var least = TimeSpan.FromMilliseconds(100);
        return _spent[start] * 0.7 + _random.NextDouble() * 2 * (share > least ? share : least);
    }

    private Installed Place(string name)
    {
        var directory = Directory.CreateDirectory(Path.Combine(root, name)).FullName;
        var connection = database(directory);
        return new Installed(directory, Path.Combine(directory, "data"), connection, new Dictionary<string, string>
        {
            ["Matchmaking__Provider"] = provider.ToString(),
            ["ConnectionStrings__Matchmaking"] = connection,
        });
    }

    private BuiltProgram Import(Installed place, string file) =>
        BuiltProgram.Start(place.Directory, place.Environment, "import", "patents", Path.Combine(root, file), "--data", place.Data);

    private async Task<Ended> ImportAsync(Installed place, string file)
    {
        await using var import = Import(place, file);
        return Require(await import.EndAsync(), file);
    }

    /// <summary>2 says that rows were rejected, as some must be.</summary>
    private static Ended Require(Ended ended, string what) =>
        ended.ExitCode is 0 or 2 ? ended : throw new InvalidOperationException($"{what} ended with {ended.ExitCode}:\n{ended.Output}{ended.Errors}");

    private async Task<T> TimedAsync<T>(string what, Func<Task<T>> work)
    {
        var clock = Stopwatch.StartNew();
        var done = await work();
        _spent[what] = clock.Elapsed;
        return done;
    }

    private sealed record Installed(string Directory, string Data, string Database, Dictionary<string, string> Environment);
}

/// <summary>An installation in terms that don't depend on keys and times.</summary>
internal sealed record Described(string Stored, string Answers, string Rejects);
