using Matchmaking.Importing;
using Matchmaking.Patents;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Matchmaking.Tests.Importing;

/// <summary>Real files beside the repository, which aren't part of it: imported whole, and again without a change.</summary>
public sealed class RealInputTests : IDisposable
{
    private readonly TestStore _store = new();

    [SkippableTheory]
    [InlineData("results.csv", 8_376, 8_376, 0)]
    [InlineData("gazette/invention_authorized_709.csv", 4_594, 4_139, 4_184)]
    [InlineData("gazette/invention_published_709.csv", 12_190, 10_698, 10_333)]
    [InlineData("gazette/utility_new_709.csv", 12_128, 11_014, 10_235)]
    [InlineData("abstracts-a01.csv", 6_836, 6_836, 0)]
    [InlineData("abstracts-g06f.csv", 2_300, 2_300, 0)]
    [InlineData("exports/szu_110.xls", 110, 110, 0)]
    [InlineData("exports/ustb_744_earlier.xls", 744, 744, 0)]
    [InlineData("exports/ningbo_changyang_113x45.xls", 113, 77, 0)]
    [InlineData("exports/zhang_nj_material_chemistry.xlsx", 33, 33, 0)]
    [InlineData("xml", 2, 2, 0)]
    public async Task Patents_go_in_whole_and_again_nothing_changes(string name, int rows, int patents, int ruined)
    {
        var path = Real(name);
        var first = await _store.ImportAsync(ImportKind.Patents, path);
        Assert.Equal((rows, patents, 0), (first.Read, first.Added, first.Rejected));
        Assert.Equal(first.Read, first.Added + first.Updated + first.Unchanged + first.Rejected);
        Assert.Equal(ruined, first.Notes.FirstOrDefault(n => n.Key.StartsWith("application numbers ruined", StringComparison.Ordinal)).Value);
        var again = await _store.ImportAsync(ImportKind.Patents, path);
        Assert.Equal((rows, 0, 0, rows), (again.Read, again.Added, again.Updated, again.Unchanged));
        await using var store = _store.Factory.Open("test");
        Assert.Equal(patents, await store.Patents.CountAsync());
        Assert.False(await store.Patents.AnyAsync(p => p.ApplicationNumber!.Contains("E")));
    }

    [SkippableFact]
    public async Task Needs_go_in_and_those_without_a_text_are_told()
    {
        var summary = await _store.ImportAsync(ImportKind.Needs, Real("needs.jsonl"));
        Assert.Equal((250, 250, 0), (summary.Read, summary.Added, summary.Rejected));
        Assert.Contains(summary.Notes, n => n is { Key: "needs without a description, described by their title", Value: 5 });
        Assert.Equal(250, (await _store.ImportAsync(ImportKind.Needs, Real("needs.jsonl"))).Unchanged);
    }

    [SkippableFact]
    public async Task A_universitys_stock_has_its_legal_life()
    {
        await _store.ImportAsync(ImportKind.Patents, Real("exports/ustb_744_earlier.xls"));
        await using var store = _store.Factory.Open("test");
        var statuses = await store.Patents.GroupBy(p => p.LegalStatus).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count);
        Assert.Equal((732, 6, 2, 4), (statuses[LegalStatus.Pending], statuses[LegalStatus.Granted], statuses[LegalStatus.Withdrawn], statuses[LegalStatus.Unknown]));
        Assert.Equal(744, await store.Patents.CountAsync(p => p.HolderId != null));
        Assert.True(await store.LegalEvents.AnyAsync(e => e.Text.Contains("转移")));
    }

    public void Dispose() => _store.Dispose();

    private static string Real(string name)
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            var path = Path.Combine(directory.FullName, "shared", "real", name);
            if (File.Exists(path) || Directory.Exists(path))
                return path;
            path = Path.Combine(directory.FullName, "..", "shared", "real", name);
            if (File.Exists(path) || Directory.Exists(path))
                return path;
        }
        var given = Environment.GetEnvironmentVariable("MATCHMAKING_TEST_SHARED") is { Length: > 0 } shared ? Path.Combine(shared, "real", name) : null;
        Skip.If(given is null || !(File.Exists(given) || Directory.Exists(given)), $"SKIPPED: the real file {name} is not beside the repository (MATCHMAKING_TEST_SHARED can name the directory)");
        return given!;
    }
}
