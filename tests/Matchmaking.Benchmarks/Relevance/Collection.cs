using Matchmaking.Importing;
using Matchmaking.Indexing;
using Matchmaking.Needs;
using Matchmaking.Patents;
using Matchmaking.Search.Associations;
using Matchmaking.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace Matchmaking.Benchmarks.Relevance;

/// <summary>A judged collection, loaded by the importer into a directory of its own and indexed as the service does it.</summary>
internal sealed class Collection : IDisposable
{
    private readonly string _directory;

    private Collection(string directory, Indexes indexes, List<Need> needs, List<Patent> patents, Dictionary<Guid, Dictionary<Guid, int>> judgements)
    {
        _directory = directory;
        Indexes = indexes;
        Needs = needs.FindAll(n => judgements.TryGetValue(n.Id, out var of) && of.Values.Any(g => g > 0));
        Patents = patents;
        Judgements = judgements;
    }

    public Indexes Indexes { get; }

    /// <summary>The judged needs that have at least one patent of use.</summary>
    public List<Need> Needs { get; }

    public List<Patent> Patents { get; }

    public Dictionary<Guid, Dictionary<Guid, int>> Judgements { get; }

    public static async Task<Collection> LoadAsync(IReadOnlyList<string> patentFiles, string needsFile, string judgementsFile, string? associations = null)
    {
        var directory = Directory.CreateTempSubdirectory("relevance").FullName;
        var installation = new Installation(directory, Provider.Sqlite, $"Data Source={Path.Combine(directory, "store.db")}");
        var stores = await installation.OpenStoreAsync(TimeProvider.System, CancellationToken.None);
        var rejects = Path.Combine(directory, "rejects.tsv");
        foreach (var file in patentFiles)
            await Importer.RunAsync(stores, ImportKind.Patents, file, new ImportOptions { RejectsPath = rejects }, CancellationToken.None);
        // Needs take over the industries of their enterprises, where a file of these lies beside theirs.
        if (Path.Combine(Path.GetDirectoryName(Path.GetFullPath(needsFile))!, "enterprises.csv") is var enterprises && File.Exists(enterprises))
            await Importer.RunAsync(stores, ImportKind.Enterprises, enterprises, new ImportOptions { RejectsPath = rejects }, CancellationToken.None);
        await Importer.RunAsync(stores, ImportKind.Needs, needsFile, new ImportOptions { RejectsPath = rejects }, CancellationToken.None);
        var table = Path.Combine(directory, Indexes.AssociationsFile);
        if (associations is null)
        {
            // As an operator does when a stock is loaded: its texts tell what its words mean.
            using var learned = File.Create(table);
            (await LexiconCommand.LearnerAsync(stores, AssociationCounts.Shipped, CancellationToken.None)).Learn("the loaded stock").Write(learned);
        }
        else if (associations != "shipped")
        {
            File.Copy(associations, table);
        }
        var indexes = await IndexAsync(stores, directory);
        await using var store = stores.Open("test");
        var patents = await store.Patents.OrderBy(p => p.Id).ToListAsync();
        var byNumber = patents.Where(p => p.ApplicationNumber is not null).ToDictionary(p => p.ApplicationNumber!, p => p.Id);
        var needs = await store.Needs.OrderBy(n => n.Id).ToListAsync();
        var bySource = needs.Where(n => n.SourceId is not null).ToDictionary(n => n.SourceId!, n => n.Id);
        var judgements = new Dictionary<Guid, Dictionary<Guid, int>>();
        var lost = 0;
        foreach (var line in await File.ReadAllLinesAsync(judgementsFile))
        {
            var cells = line.Split('\t');
            if (cells.Length < 3 || !int.TryParse(cells[2], out var grade))
                continue;
            if (bySource.TryGetValue(cells[0], out var need) && PatentNumber.Read(cells[1]).Number is { } number && byNumber.TryGetValue(number, out var patent))
                (judgements.TryGetValue(need, out var of) ? of : judgements[need] = [])[patent] = grade;
            else
                lost++;
        }
        if (lost > 0)
            Console.Error.WriteLine($"{lost} judgements name a need or a patent that the collection doesn't hold.");
        return new Collection(directory, indexes, needs, patents, judgements);
    }

    /// <summary>What the needs of a data directory have answered to recommendations, as judgements; the directory may be served meanwhile.</summary>
    public static async Task<Collection> OfAnswersAsync(string data)
    {
        if (!File.Exists(Path.Combine(data, "matchmaking.db")))
            throw new FileNotFoundException($"--data: '{data}' holds no matchmaking.db.");
        var directory = Directory.CreateTempSubdirectory("relevance").FullName;
        var stores = await new Installation(data, Provider.Sqlite, $"Data Source={Path.Combine(data, "matchmaking.db")}").OpenStoreAsync(TimeProvider.System, CancellationToken.None);
        if (Path.Combine(data, Indexes.AssociationsFile) is var associations && File.Exists(associations))
            File.Copy(associations, Path.Combine(directory, Indexes.AssociationsFile));
        var indexes = await IndexAsync(stores, directory);
        await using var store = stores.Open("learning");
        var judgements = new Dictionary<Guid, Dictionary<Guid, int>>();
        var answered = await store.Recommendations.Where(r => r.Feedback != null).ToListAsync();
        // Of several answers about one pair the last counts.
        foreach (var row in answered.OrderBy(r => r.Feedback!.GivenAt))
        {
            if (row.Feedback!.Grade is { } grade)
                (judgements.TryGetValue(row.NeedId, out var of) ? of : judgements[row.NeedId] = [])[row.PatentId] = grade;
        }
        var needs = await store.Needs.OrderBy(n => n.Id).ToListAsync();
        Console.WriteLine($"{answered.Count} answers of {judgements.Count} needs, {judgements.Values.Sum(of => of.Count)} of them about relevance");
        return new Collection(directory, indexes, needs, await store.Patents.OrderBy(p => p.Id).ToListAsync(), judgements);
    }

    private static async Task<Indexes> IndexAsync(StoreFactory stores, string directory)
    {
        var indexes = Indexes.Open(directory, long.MaxValue);
        await new Indexer(stores, indexes, new FeedSignal(), NullLogger<Indexer>.Instance).CatchUpAsync(null, CancellationToken.None);
        return indexes;
    }

    public void Dispose()
    {
        Indexes.Dispose();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_directory, recursive: true);
    }
}
