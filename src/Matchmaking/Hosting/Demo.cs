using Matchmaking.Importing;
using Matchmaking.Store;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Hosting;

/// <summary>Loads the demo data into a new store, by the same importer that everybody uses.</summary>
internal static class Demo
{
    private static readonly (ImportKind Kind, string File)[] Files =
    [
        (ImportKind.Institutions, "institutions.csv"),
        (ImportKind.Enterprises, "enterprises.csv"),
        (ImportKind.Patents, "patents-1.csv"),
        (ImportKind.Patents, "patents-2.xlsx"),
        (ImportKind.Needs, "needs.xlsx"),
    ];

    /// <summary>Loads what is missing into a store that was never used for anything else; says so on <paramref name="output"/>.</summary>
    public static async Task LoadAsync(StoreFactory stores, string dataDirectory, TextWriter output, CancellationToken cancellation)
    {
        List<ImportRun> runs;
        await using (var store = stores.Open("demo"))
        {
            runs = await store.ImportRuns.OrderBy(r => r.Id).ToListAsync(cancellation);
            var untouched = runs.Count == 0 && await store.FeedHeads.AllAsync(h => h.Position == 0, cancellation);
            // Killed in the middle of the first start: the runs are the demo's first ones, and not yet all.
            var interrupted = runs.Count > 0 && runs.Index().All(r => r.Index < Files.Length && r.Item.FileName == Files[r.Index].File);
            if (!untouched && !(interrupted && runs.Count(r => r.FinishedAt is not null) < Files.Length))
                return;
        }
        await output.WriteLineAsync("First start: loading the demo data …");
        foreach (var (kind, file) in Files.Where(f => !runs.Exists(r => r.FileName == f.File && r.FinishedAt is not null)))
        {
            var path = Path.Combine(AppContext.BaseDirectory, "data-seeds", "demo", file);
            // Not in the working directory, where a service may not write.
            var options = new ImportOptions { RejectsPath = Path.Combine(dataDirectory, file + ".rejects.tsv") };
            await output.WriteAsync("  " + ImportCommand.Describe(await Importer.RunAsync(stores, kind, path, options, cancellation)));
        }
    }
}
