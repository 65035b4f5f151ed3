using System.Text.Json.Nodes;
using Matchmaking.Organizations;
using Matchmaking.Patents;
using Matchmaking.Store;
using Matchmaking.Tests.Running;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Matchmaking.Tests.Store;

public sealed class SqliteStoreTests() : StoreTests(new SqliteDatabase());

public sealed class PostgreSqlStoreTests() : StoreTests(new PostgreSqlDatabase());

/// <summary>The store means the same on both databases: the same tests, the same expected answers.</summary>
public abstract class StoreTests(TestDatabase database) : IAsyncLifetime
{
    private readonly string _directory = Directory.CreateTempSubdirectory("matchmaking").FullName;
    private readonly FixedClock _clock = new(RunningService.Start);

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync()
    {
        if (Directory.Exists(_directory))
            Directory.Delete(_directory, recursive: true);
        return Task.CompletedTask;
    }

    [SkippableFact]
    public async Task Migrations_apply_and_cover_the_model()
    {
        await using var store = (await OpenAsync()).Open("test");
        Assert.False(store.Database.HasPendingModelChanges());
        Assert.Empty(await store.Database.GetPendingMigrationsAsync());
        Assert.NotEmpty(await store.Database.GetAppliedMigrationsAsync());
        await store.Database.MigrateAsync();
    }

    [SkippableFact]
    public async Task Feed_positions_have_no_gap_and_appear_in_commit_order()
    {
        const int writers = 8, commits = 12;
        var stores = await OpenAsync();
        var writing = Task.WhenAll(Enumerable.Range(0, writers).Select(writer => Task.Run(async () =>
        {
            for (var i = 0; i < commits; i++)
            {
                await using var store = stores.Open("test");
                for (var n = 0; n <= i % 3; n++)
                    store.Patents.Add(Patent(store, $"{writer}-{i}-{n}"));
                await store.CommitAsync();
            }
        })));
        // What a reader sees is always a beginning of the feed: nothing turns up before what it has read already.
        var seen = 0L;
        while (!writing.IsCompleted)
        {
            await using var reading = stores.Open("test");
            var positions = await reading.Changes.Where(c => c.Position > seen).OrderBy(c => c.Position).Select(c => c.Position).ToListAsync();
            Assert.Equal(Enumerable.Range(1, positions.Count).Select(n => seen + n), positions);
            seen += positions.Count;
        }
        await writing;
        await using var after = stores.Open("test");
        var all = await after.Changes.OrderBy(c => c.Position).ToListAsync();
        Assert.Equal(Enumerable.Range(1, writers * commits * 2).Select(n => (long)n), all.Select(c => c.Position));
        Assert.Equal(all.Count, await after.FeedHeads.Select(h => h.Position).SingleAsync());
        Assert.Equal(await after.Patents.Select(p => p.Id).Order().ToListAsync(), all.Select(c => c.EntityId).Order());
    }

    [SkippableFact]
    public async Task What_is_refused_leaves_no_trace_on_the_feed()
    {
        var stores = await OpenAsync();
        await using var one = stores.Open("test");
        one.Patents.Add(Patent(one, "first"));
        await one.CommitAsync();
        await using var two = stores.Open("test");
        var (mine, theirs) = (await one.Patents.AsTracking().SingleAsync(), await two.Patents.AsTracking().SingleAsync());
        (mine.Title, mine.UpdatedAt) = ("mine", mine.UpdatedAt.AddMilliseconds(1));
        (theirs.Title, theirs.UpdatedAt) = ("theirs", theirs.UpdatedAt.AddMilliseconds(2));
        Assert.Equal(2, await one.CommitAsync());
        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => two.CommitAsync());
        await using var after = stores.Open("test");
        Assert.Equal("mine", (await after.Patents.SingleAsync()).Title);
        Assert.Equal([1L, 2L], await after.Changes.Select(c => c.Position).Order().ToListAsync());
        Assert.Equal(2, await after.FeedHeads.Select(h => h.Position).SingleAsync());
    }

    [SkippableTheory]
    [InlineData("0.01")]
    [InlineData("0.10")]
    [InlineData("100000.1")]
    [InlineData("999999999999.99")]
    [InlineData("90071992547409.93")]
    public async Task Money_is_exact(string yuan)
    {
        var price = decimal.Parse(yuan, System.Globalization.CultureInfo.InvariantCulture);
        var stores = await OpenAsync();
        await using (var store = stores.Open("test"))
        {
            var patent = Patent(store, "priced");
            patent.AskingPrice = price;
            store.Patents.Add(patent);
            await store.CommitAsync();
        }
        await using var after = stores.Open("test");
        Assert.Equal(price, (await after.Patents.SingleAsync(p => p.AskingPrice == price)).AskingPrice);
        Assert.Empty(await after.Patents.Where(p => p.AskingPrice > price || p.AskingPrice < price).ToListAsync());
    }

    public static TheoryData<string, string> Filters => new()
    {
        { "{ title: { startsWith: \"𬭩\" } }", "A" },
        { "{ title: { nstartsWith: \"𬭩\" } }", "B C D E" },
        { "{ title: { startsWith: \"𬭩盐电\" } }", "A" },
        { "{ title: { endsWith: \"𬭩盐的电池\" } }", "B" },
        { "{ title: { nendsWith: \"电池\" } }", "A C D" },
        { "{ title: { contains: \"𬭩\" } }", "A B" },
        { "{ title: { ncontains: \"𬭩\" } }", "C D E" },
        { "{ title: { contains: \"life\" } }", "D" },
        { "{ title: { startsWith: \"LIFE\" } }", "" },
        { "{ title: { eq: \"lifepo4正极\" } }", "D" },
        { "{ title: { neq: \"lifepo4正极\" } }", "A B C E" },
        { "{ title: { in: [\"LiFePO4正极\", \"x\"] } }", "C" },
        { "{ title: { in: [] } }", "" },
        { "{ title: { nin: [\"LiFePO4正极\"] } }", "A B D E" },
        { "{ title: { contains: \"%\" } }", "" },
        { "{ title: { contains: \"_\" } }", "" },
        { "{ title: { or: [{ endsWith: \"电池\" }, { startsWith: \"𬭩\" }] } }", "A B E" },
        { "{ abstract: { eq: null } }", "E" },
        { "{ abstract: { neq: null } }", "A B C D" },
        { "{ abstract: { contains: \"甲\" } }", "A" },
        { "{ abstract: { ncontains: \"甲\" } }", "B C D E" },
        { "{ readiness: { gte: 5 } }", "A C" },
        { "{ readiness: { ngte: 5 } }", "B D E" },
        { "{ readiness: { lt: 5 } }", "E" },
        { "{ readiness: { in: [5, 1] } }", "A E" },
        { "{ readiness: { nin: [5, 1] } }", "B C D" },
        { "{ readiness: { eq: null } }", "B D" },
        { "{ readiness: { neq: 5 } }", "B C D E" },
        { "{ askingPrice: { eq: 100000.10 } }", "A" },
        { "{ askingPrice: { lt: 1 } }", "D" },
        { "{ askingPrice: { gte: 99999999999.99 } }", "E" },
        { "{ askingPrice: { gt: 100000.10, lt: 100000.12 } }", "B" },
        { "{ filedOn: { lt: \"2020-01-02\" } }", "A" },
        { "{ filedOn: { gte: \"2020-01-02\" } }", "B C" },
        { "{ createdAt: { gt: \"2026-11-23T02:00:00.001Z\" } }", "C D E" },
        { "{ kind: { in: [DESIGN, UTILITY_MODEL] } }", "B" },
        { "{ kind: { neq: INVENTION } }", "B" },
        { "{ keywords: { some: { eq: \"电池\" } } }", "A C E" },
        { "{ keywords: { none: { eq: \"电池\" } } }", "B D" },
        { "{ keywords: { all: { eq: \"电池\" } } }", "B C" },
        { "{ keywords: { any: true } }", "A C D E" },
        { "{ keywords: { any: false } }", "B" },
        { "{ keywords: { some: { startsWith: \"Batt\" } } }", "E" },
        { "{ keywords: { some: { startsWith: \"batt\" } } }", "" },
        { "{ keywords: { some: { endsWith: \"𬭩\" } } }", "A" },
        { "{ transferModes: { some: { in: [LICENSE, EQUITY] } } }", "A C" },
        { "{ transferModes: { none: { eq: LICENSE } } }", "B C D E" },
        { "{ holder: { province: { eq: \"江苏\" } } }", "A" },
        { "{ or: [{ holder: { name: { startsWith: \"东\" } } }, { readiness: { eq: 1 } }] }", "A E" },
        { "{ and: [{ readiness: { neq: null } }, { askingPrice: { neq: null } }], keywords: { any: true } }", "A E" },
    };

    public static TheoryData<string, string> Orders => new()
    {
        { "[]", "A B C D E" },
        { "[{ title: ASC }]", "C D B E A" },
        { "[{ title: DESC }]", "A E B D C" },
        { "[{ readiness: ASC }]", "B D E A C" },
        { "[{ readiness: DESC }]", "C A E D B" },
        { "[{ askingPrice: DESC }, { title: ASC }]", "E B A D C" },
        { "[{ filedOn: ASC }, { readiness: DESC }]", "E D A B C" },
        { "[{ createdAt: DESC }]", "E D C B A" },
    };

    [SkippableFact]
    public async Task Filters_orders_and_pages_mean_the_same()
    {
        await using var service = await ServeAsync();
        var wrong = new List<string>();
        foreach (var row in Filters)
            Compare(wrong, (string)row[0], (string)row[1], Titles(await service.AskAsync($"{{ patents(where: {row[0]}, first: 50) {{ totalCount nodes {{ title }} }} }}")));
        foreach (var row in Orders)
        {
            foreach (var size in new[] { 1, 2, 3, 5 })
            {
                Compare(wrong, $"{row[0]} by {size}", (string)row[1], string.Join(' ', await PagesAsync(service, (string)row[0], size, "first", "after", "endCursor", "hasNextPage")));
                var backwards = await PagesAsync(service, (string)row[0], size, "last", "before", "startCursor", "hasPreviousPage");
                Compare(wrong, $"{row[0]} back by {size}", (string)row[1], string.Join(' ', backwards.Chunk(size).Reverse().SelectMany(page => page)));
            }
        }
        Assert.Equal([], wrong);
    }

    [SkippableFact]
    public async Task Ids_of_merged_patents_resolve_and_children_are_counted()
    {
        await using var service = await ServeAsync();
        var alias = Convert.ToBase64String("Patent:0191e000000070008000000000000001"u8);
        var answer = await service.AskAsync($"{{ patent(id: \"{alias}\") {{ title holder {{ name patents(first: 1) {{ totalCount nodes {{ title }} }} }} }} node(id: \"{alias}\") {{ ... on Patent {{ title }} }} nodes(ids: [\"{alias}\"]) {{ ... on Patent {{ title }} }} }}");
        var expected = JsonNode.Parse("""
            {"patent":{"title":"𬭩盐电解液","holder":{"name":"东南大学","patents":{"totalCount":1,"nodes":[{"title":"𬭩盐电解液"}]}}},"node":{"title":"𬭩盐电解液"},"nodes":[{"title":"𬭩盐电解液"}]}
            """);
        Assert.True(JsonNode.DeepEquals(expected, answer["data"]), answer.ToJsonString());
    }

    private static async Task<List<string>> PagesAsync(RunningService service, string order, int size, string count, string place, string cursor, string more)
    {
        var (all, at) = (new List<string>(), (string?)null);
        while (all.Count <= 5)
        {
            var page = (await service.AskAsync($"query($at: String) {{ patents(order: {order}, {count}: {size}, {place}: $at) {{ pageInfo {{ {cursor} {more} }} nodes {{ title }} }} }}", new { at }))["data"]?["patents"];
            if (page is null)
                return ["refused"];
            all.AddRange(page["nodes"]!.AsArray().Select(n => Letter(n!)));
            if (!page["pageInfo"]![more]!.GetValue<bool>())
                break;
            at = page["pageInfo"]![cursor]!.GetValue<string>();
        }
        return all;
    }

    private static void Compare(List<string> wrong, string asked, string expected, string actual)
    {
        if (expected != actual)
            wrong.Add($"{asked}: {expected} is expected, {actual} came");
    }

    private static string Titles(JsonNode answer)
    {
        if (answer["errors"] is { } errors)
            return errors.ToJsonString();
        var letters = string.Join(' ', answer["data"]!["patents"]!["nodes"]!.AsArray().Select(n => Letter(n!)));
        var total = answer["data"]!["patents"]!["totalCount"]!.GetValue<int>();
        return total == letters.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length ? letters : $"{letters} counted as {total}";
    }

    private static string Letter(JsonNode node) => "ABCDE"[Array.IndexOf(SampleTitles, node["title"]!.GetValue<string>())].ToString();

    // Code points order them C D B E A: a half of the first one's rare Han comes before the full-width letters, the whole behind.
    private static readonly string[] SampleTitles = ["𬭩盐电解液", "含𬭩盐的电池", "LiFePO4正极", "lifepo4正极", "ＡＢ电池"];

    private async Task FillAsync(StoreFactory stores)
    {
        await using var store = stores.Open("test");
        var holder = new Institution { Id = store.NewKey(), Code = "4132010286", Name = "东南大学", Province = "江苏", CreatedAt = store.Now, UpdatedAt = store.Now };
        store.Institutions.Add(holder);
        int?[] readiness = [5, null, 7, null, 1];
        decimal?[] prices = [100000.10m, 100000.11m, null, 0.01m, 99999999999.99m];
        string?[] abstracts = ["甲", "乙", "丙", "丁", null];
        DateOnly?[] filed = [new(2020, 1, 1), new(2020, 1, 2), new(2021, 5, 6), null, null];
        List<string>[] keywords = [["电池", "含𬭩"], [], ["电池"], ["正极"], ["电池", "Battery"]];
        List<TransferMode>[] modes = [[TransferMode.License], [TransferMode.Assignment], [TransferMode.Equity], [], []];
        for (var i = 0; i < 5; i++)
        {
            _clock.Now = RunningService.Start.AddMilliseconds(i);
            var patent = Patent(store, SampleTitles[i]);
            patent.Kind = i == 1 ? PatentKind.Design : PatentKind.Invention;
            (patent.Readiness, patent.AskingPrice, patent.Abstract, patent.FiledOn) = (readiness[i], prices[i], abstracts[i], filed[i]);
            (patent.Keywords, patent.TransferModes, patent.HolderId) = (keywords[i], modes[i], i == 0 ? holder.Id : null);
            store.Patents.Add(patent);
            if (i == 0)
                store.PatentAliases.Add(new PatentAlias { Id = Guid.Parse("0191e000000070008000000000000001"), PatentId = patent.Id });
        }
        await store.CommitAsync();
    }

    private static Patent Patent(StoreContext store, string title) => new() { Id = store.NewKey(), Title = title, SourceId = title, CreatedAt = store.Now, UpdatedAt = store.Now };

    private async Task<RunningService> ServeAsync()
    {
        Skip.If(database.Absent is not null, database.Absent);
        var (provider, connection) = await database.CreateAsync(_directory);
        await FillAsync(await MigratedAsync(provider, connection));
        return await RunningService.StartAsync(new ServiceStart { Directory = _directory, Args = ["--Matchmaking:Provider", provider.ToString(), "--ConnectionStrings:Matchmaking", connection] });
    }

    private async Task<StoreFactory> OpenAsync()
    {
        Skip.If(database.Absent is not null, database.Absent);
        var (provider, connection) = await database.CreateAsync(_directory);
        return await MigratedAsync(provider, connection);
    }

    private Task<StoreFactory> MigratedAsync(Provider provider, string connection) =>
        new Installation(_directory, provider, connection).OpenStoreAsync(_clock, CancellationToken.None);
}
