using System.Text.Json.Nodes;
using CsCheck;
using Matchmaking.Api;
using Matchmaking.Patents;
using Matchmaking.Store;
using Matchmaking.Tests.Running;
using Matchmaking.Tests.Store;
using Xunit;

namespace Matchmaking.Tests.Listing;

public sealed class SqliteListTests(ListFixture<SqliteDatabase> rows) : ListTests<SqliteDatabase>(rows), IClassFixture<ListFixture<SqliteDatabase>>;

public sealed class PostgreSqlListTests(ListFixture<PostgreSqlDatabase> rows) : ListTests<PostgreSqlDatabase>(rows), IClassFixture<ListFixture<PostgreSqlDatabase>>;

/// <summary>One service over generated rows on one database.</summary>
public sealed class ListFixture<TDatabase> : IAsyncLifetime where TDatabase : TestDatabase, new()
{
    private RunningService? _service;

    internal TDatabase Database { get; } = new();

    internal IReadOnlyList<Patent> Rows { get; private set; } = [];

    public RunningService Service => _service ?? throw new InvalidOperationException(Database.Absent);

    public async Task InitializeAsync()
    {
        if (Database.Absent is not null)
            return;
        var directory = Directory.CreateTempSubdirectory("matchmaking").FullName;
        var (provider, connection) = await Database.CreateAsync(directory);
        _service = await RunningService.StartAsync(new ServiceStart { Directory = directory, Args = ["--Matchmaking:Provider", provider.ToString(), "--ConnectionStrings:Matchmaking", connection] });
        Rows = await ListRows.FillAsync(_service.Stores, 45);
    }

    public async Task DisposeAsync()
    {
        if (_service is not null)
            await _service.DisposeAsync();
    }
}

/// <summary>A list is what its conditions and order say, whichever database and however it is cut into pages.</summary>
public abstract class ListTests<TDatabase>(ListFixture<TDatabase> rows) where TDatabase : TestDatabase, new()
{
    private const string List = """
        query List($where: PatentFilterInput, $order: [PatentSortInput!], $first: Int, $after: String, $last: Int, $before: String) {
          patents(where: $where, order: $order, first: $first, after: $after, last: $last, before: $before) {
            totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor } nodes { id }
          }
        }
        """;

    private RunningService Service
    {
        get
        {
            Skip.If(rows.Database.Absent is not null, rows.Database.Absent);
            return rows.Service;
        }
    }

    [SkippableFact]
    public async Task Conditions_and_orders_give_what_they_say()
    {
        var service = Service;
        await Gen.Select(ListCondition.Any, ListOrder.Any).SampleAsync(async (condition, order) =>
        {
            var list = await AskAsync(service, new JsonObject { ["where"] = condition.Where.DeepClone(), ["order"] = order.Order.DeepClone(), ["first"] = 50 });
            var expected = rows.Rows.Where(condition.Holds).ToList();
            expected.Sort(order.Compare);
            Assert.Equal(expected.Select(p => Ids.Encode("Patent", p.Id)), Nodes(list));
            Assert.Equal(expected.Count, list["totalCount"]!.GetValue<int>());
        }, iter: 400, threads: 1);
    }

    [SkippableFact]
    public async Task Pages_joined_are_the_list_forwards_and_backwards()
    {
        var service = Service;
        await Gen.Select(ListCondition.Any, ListOrder.Any, Gen.Int[1, 17]).SampleAsync(async (condition, order, size) =>
        {
            JsonObject Variables() => new() { ["where"] = condition.Where.DeepClone(), ["order"] = order.Order.DeepClone() };
            var expected = rows.Rows.Where(condition.Holds).ToList();
            expected.Sort(order.Compare);
            List<string> ids = [.. expected.Select(p => Ids.Encode("Patent", p.Id))];
            Assert.Equal(ids, await JoinAsync(service, Variables, size, "first", "after", "endCursor", "hasNextPage", "hasPreviousPage"));
            var backwards = await JoinAsync(service, Variables, size, "last", "before", "startCursor", "hasPreviousPage", "hasNextPage");
            Assert.Equal(ids, backwards.Chunk(size).Reverse().SelectMany(page => page));
        }, iter: 60, threads: 1);
    }

    [SkippableFact]
    public async Task After_and_before_together_bound_both_ends()
    {
        var service = Service;
        var all = await AskAsync(service, new JsonObject { ["order"] = new JsonArray(new JsonObject { ["filedOn"] = "DESC" }), ["first"] = 50 });
        var cursors = (await service.AskAsync("{ patents(first: 50, order: [{ filedOn: DESC }]) { edges { cursor } } }"))["data"]!["patents"]!["edges"]!.AsArray().Select(e => (string)e!["cursor"]!).ToList();
        foreach (var count in (string[])["first", "last"])
        {
            var between = await AskAsync(service, new JsonObject { ["order"] = new JsonArray(new JsonObject { ["filedOn"] = "DESC" }), [count] = 3, ["after"] = cursors[9], ["before"] = cursors[20] });
            Assert.Equal(count == "first" ? Nodes(all)[10..13] : Nodes(all)[17..20], Nodes(between));
            Assert.True((bool)between["pageInfo"]!["hasNextPage"]! && (bool)between["pageInfo"]!["hasPreviousPage"]!);
        }
    }

    private static async Task<List<string>> JoinAsync(RunningService service, Func<JsonObject> variables, int size, string count, string place, string cursor, string more, string back)
    {
        var (joined, at) = (new List<string>(), (string?)null);
        while (true)
        {
            var asked = variables();
            (asked[count], asked[place]) = (size, at);
            var page = await AskAsync(service, asked);
            Assert.Equal(at is not null, page["pageInfo"]![back]!.GetValue<bool>());
            joined.AddRange(Nodes(page));
            if (!page["pageInfo"]![more]!.GetValue<bool>())
                return joined;
            Assert.Equal(size, Nodes(page).Count);
            at = page["pageInfo"]![cursor]!.GetValue<string>();
        }
    }

    private static List<string> Nodes(JsonNode list) => [.. list["nodes"]!.AsArray().Select(n => n!["id"]!.GetValue<string>())];

    private static async Task<JsonNode> AskAsync(RunningService service, JsonObject variables)
    {
        var answer = await service.AskAsync(List, variables);
        Assert.True(answer["errors"] is null, answer["errors"]?.ToJsonString());
        return answer["data"]!["patents"]!;
    }
}
