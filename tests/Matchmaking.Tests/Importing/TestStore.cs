using Matchmaking.Importing;
using Matchmaking.Store;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Matchmaking.Tests.Importing;

/// <summary>A directory of its own with a real SQLite store, and files to import into it.</summary>
public sealed class TestStore : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("matchmaking-import-");
    private readonly string _connection;

    public TestStore()
    {
        _connection = $"Data Source={Path.Combine(_directory.FullName, "store.db")};Pooling=False";
        Factory = new StoreFactory(Provider.Sqlite, _connection, TimeProvider.System);
        using var store = Factory.Open("test");
        store.Database.Migrate();
    }

    public StoreFactory Factory { get; }

    public string RejectsPath => Path.Combine(_directory.FullName, "rejects.tsv");

    public StoreFactory With(params IInterceptor[] interceptors) => new(Provider.Sqlite, _connection, TimeProvider.System, null, interceptors);

    public string File(string name, byte[] content)
    {
        var path = Path.Combine(_directory.FullName, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        System.IO.File.WriteAllBytes(path, content);
        return path;
    }

    public string File(string name, string content) => File(name, System.Text.Encoding.UTF8.GetBytes(content));

    public Task<ImportSummary> ImportAsync(ImportKind kind, string path, ImportOptions? options = null, StoreFactory? factory = null) =>
        Importer.RunAsync(factory ?? Factory, kind, path, (options ?? new ImportOptions()) with { RejectsPath = RejectsPath });

    /// <summary>Imports a text of patents.</summary>
    public Task<ImportSummary> PatentsAsync(string text, string name = "patents.csv") => ImportAsync(ImportKind.Patents, File(name, text));

    /// <summary>The rejects file's rows without its heading; each line, field, value, reason.</summary>
    public List<string[]> Rejects() => System.IO.File.Exists(RejectsPath)
        ? [.. System.IO.File.ReadAllLines(RejectsPath).Skip(1).Select(l => l.Split('\t'))]
        : [];

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        _directory.Delete(recursive: true);
    }
}
