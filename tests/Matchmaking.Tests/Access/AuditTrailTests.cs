using System.Text.Json.Nodes;
using Matchmaking.Access;
using Matchmaking.Access.Auditing;
using Matchmaking.Importing;
using Matchmaking.Tests.Running;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Matchmaking.Tests.Access;

/// <summary>Who did what, and looked at what is confidential: written in full, read by whom it is for, and not to be altered unseen.</summary>
public sealed class AuditTrailTests(Callers callers) : IClassFixture<Callers>
{
    private const string Trail = "query($after: String) { auditTrail(first: 50, after: $after) { pageInfo { hasNextPage endCursor } nodes { id actor roles action kind entityId province before after address requestId tokenId hash } } }";

    [Fact]
    public async Task A_change_says_who_did_what_and_what_was_there_before()
    {
        var need = callers.Needs["PUBLIC OPEN"];
        await callers.AskAsync(Callers.Firm, "mutation($id: ID!) { updateNeed(input: { id: $id, budget: 750000, title: \"石墨烯薄膜𠮷\" }) { errors { __typename } } }", new { id = need });
        var entry = (await EntriesAsync(Callers.Administrator)).Last(e => (string)e["action"]! == "CHANGED");
        Assert.Equal((Callers.Firm, "ENTERPRISE", "Need", need, "江苏", "127.0.0.1"), ((string)entry["actor"]!, (string)entry["roles"]![0]!, (string)entry["kind"]!, (string)entry["entityId"]!, (string)entry["province"]!, (string)entry["address"]!));
        Assert.NotNull(entry["requestId"]);
        Assert.NotNull(entry["tokenId"]);
        Assert.Equal("""{"budget":500000,"title":"石墨烯复合薄膜散热材料的制备方法"}""", (string)entry["before"]!);
        Assert.Equal("""{"budget":750000,"title":"石墨烯薄膜𠮷"}""", (string)entry["after"]!);
        // The same again changes nothing, and is no entry.
        var count = (await EntriesAsync(Callers.Administrator)).Count;
        await callers.AskAsync(Callers.Firm, "mutation($id: ID!) { updateNeed(input: { id: $id, budget: 750000 }) { errors { __typename } } }", new { id = need });
        Assert.Equal(count, (await EntriesAsync(Callers.Administrator)).Count);
    }

    [Theory]
    [InlineData(Callers.Administrator, "{ need(id: $id) { title } }")]
    [InlineData(Callers.Administrator, "{ match(needId: $id, patentId: $patent) { score } }")]
    [InlineData(Callers.Administrator, "{ recommendations(needId: $id) { nodes { match { score } } } }")]
    [InlineData("invited agency", "{ needs(where: { visibility: { eq: CONFIDENTIAL }, status: { eq: OPEN } }) { nodes { id } } }")]
    [InlineData("invited institution", "{ patent(id: $patent) { matches { nodes { rank } } } }")]
    [InlineData(Callers.Firm, "{ node(id: $id) { ... on Need { budget } } }")]
    public async Task A_look_at_what_is_confidential_is_written_down(string caller, string query)
    {
        var need = callers.Needs["CONFIDENTIAL OPEN"];
        var before = await LooksAsync(need, caller);
        var names = string.Join(", ", ((string[])["$id: ID!", "$patent: ID!"]).Where(v => query.Contains(v[..v.IndexOf(':', StringComparison.Ordinal)], StringComparison.Ordinal)));
        var answer = await callers.AskAsync(caller, names.Length == 0 ? query : $"query({names}) {query}", new { id = need, patent = callers.PatentId });
        Assert.Null(answer["errors"]);
        Assert.Equal(before + 1, await LooksAsync(need, caller));
        // What everybody may see isn't written down.
        await callers.AskAsync(caller, "query($id: ID!) { need(id: $id) { title } }", new { id = callers.Needs["PUBLIC OPEN"] });
        Assert.Equal(0, await LooksAsync(callers.Needs["PUBLIC OPEN"], caller));
    }

    [Fact]
    public async Task Nothing_is_changed_or_shown_that_cannot_be_written_down()
    {
        await SqlAsync("CREATE TRIGGER full BEFORE INSERT ON audit_trail BEGIN SELECT RAISE(FAIL, 'no trail'); END");
        var (open, secret) = (callers.Needs["PUBLIC OPEN"], callers.Needs["CONFIDENTIAL OPEN"]);
        var looked = await callers.AskAsync(Callers.Administrator, "query($id: ID!) { need(id: $id) { title } }", new { id = secret });
        Assert.Equal("HC0008", (string)looked["errors"]![0]!["extensions"]!["code"]!);
        Assert.Null(looked["data"]);
        await callers.AskAsync(Callers.Firm, "mutation($id: ID!) { updateNeed(input: { id: $id, title: \"新\" }) { errors { __typename } } }", new { id = open });
        await SqlAsync("DROP TRIGGER full");
        Assert.NotEqual("新", (string)(await callers.AskAsync(Callers.Firm, "query($id: ID!) { need(id: $id) { title } }", new { id = open }))["data"]!["need"]!["title"]!);
    }

    [Fact]
    public async Task Who_reads_the_trail_reads_what_is_its_own_business()
    {
        var all = await EntriesAsync(Callers.Administrator);
        Assert.Contains(all, e => (string?)e["action"] == "CREATED" && (string?)e["kind"] == "Institution");
        var confidential = callers.Needs.Where(n => n.Key.StartsWith("CONFIDENTIAL", StringComparison.Ordinal)).Select(n => n.Value).ToHashSet();
        Assert.Contains(all, e => confidential.Contains((string?)e["entityId"] ?? ""));
        foreach (var caller in (string[])["authority", "nation", "other authority"])
        {
            var seen = await EntriesAsync(caller);
            Assert.DoesNotContain(seen, e => confidential.Contains((string?)e["entityId"] ?? ""));
            Assert.Equal(caller != "other authority", seen.Exists(e => (string?)e["entityId"] == callers.Needs["ANONYMOUS OPEN"]));
            Assert.All(seen, e => Assert.True(caller == "nation" || (string?)e["province"] == (caller == "authority" ? "江苏" : "广东")));
        }
    }

    [Fact]
    public async Task An_untouched_trail_holds_also_from_an_anchor()
    {
        var (code, said) = await VerifyAsync();
        Assert.Equal(0, code);
        var anchor = said.Split(' ')[^1].Trim();
        await callers.AskAsync(Callers.Firm, "mutation($id: ID!) { updateNeed(input: { id: $id, budget: 1 }) { errors { __typename } } }", new { id = callers.Needs["PUBLIC OPEN"] });
        Assert.Equal(0, (await VerifyAsync(anchor)).Code);
        Assert.Contains("isn't the one of the anchor", (await VerifyAsync(anchor[..^1] + (anchor[^1] == '0' ? '1' : '0'))).Said, StringComparison.Ordinal);
        Assert.Contains("before the anchor", (await VerifyAsync($"99999:{AuditEntry.Start}")).Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_altered_or_removed_is_found()
    {
        await SqlAsync("CREATE TABLE kept AS SELECT * FROM audit_trail");
        foreach (var (sql, found) in new (string, string)[]
            {
                ("UPDATE audit_trail SET actor = 'somebody' WHERE id = 5", "entry 5 was altered"),
                ("UPDATE audit_trail SET at = '2020-01-01 00:00:00' WHERE id = 5", "entry 5 was altered"),
                ("UPDATE audit_trail SET roles = '[\"Agency\"]' WHERE id = 5", "entry 5 was altered"),
                ("UPDATE audit_trail SET token_id = 'x' WHERE id = 5", "entry 5 was altered"),
                ("UPDATE audit_trail SET address = '10.0.0.1' WHERE id = 5", "entry 5 was altered"),
                ("UPDATE audit_trail SET request_id = 'x' WHERE id = 5", "entry 5 was altered"),
                ("UPDATE audit_trail SET action = 'Looked' WHERE id = 5", "entry 5 was altered"),
                ("UPDATE audit_trail SET kind = 'Token' WHERE id = 5", "entry 5 was altered"),
                ("UPDATE audit_trail SET entity_id = '00000000-0000-0000-0000-000000000001' WHERE id = 5", "entry 5 was altered"),
                ("UPDATE audit_trail SET province = '西藏' WHERE id = 5", "entry 5 was altered"),
                ("UPDATE audit_trail SET is_confidential = 1 - is_confidential WHERE id = 5", "entry 5 was altered"),
                ("UPDATE audit_trail SET before = '{}' WHERE id = 5", "entry 5 was altered"),
                ("UPDATE audit_trail SET after = '{}' WHERE id = 5", "entry 5 was altered"),
                ("UPDATE audit_trail SET hash = (SELECT hash FROM audit_trail WHERE id = 6) WHERE id = 5", "entry 5 was altered"),
                ("DELETE FROM audit_trail WHERE id = 5", "entry 5 is missing"),
                ("DELETE FROM audit_trail WHERE id = 1", "entry 1 is missing"),
                ("DELETE FROM audit_trail WHERE id = (SELECT MAX(id) FROM audit_trail)", "were written"),
                ("UPDATE audit_trail SET id = -1 WHERE id = 5; UPDATE audit_trail SET id = 5 WHERE id = 6; UPDATE audit_trail SET id = 6 WHERE id = -1", "entry 5 was altered"),
            })
        {
            await SqlAsync(sql);
            var (code, said) = await VerifyAsync();
            Assert.Equal((sql, 1), (sql, code));
            Assert.Contains(found, said, StringComparison.Ordinal);
            await SqlAsync("DELETE FROM audit_trail; INSERT INTO audit_trail SELECT * FROM kept");
            Assert.Equal(0, (await VerifyAsync()).Code);
        }
        await SqlAsync("DROP TABLE kept");
    }

    [Fact]
    public async Task A_person_s_name_can_be_had_and_deleted_and_no_import_brings_it_back()
    {
        var stores = callers.Service.Stores;
        var output = new StringWriter();
        await PersonCommand.ExportAsync(stores, "张三", null, output, CancellationToken.None);
        Assert.Equal(2, output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Guid holder;
        await using (var store = stores.Open("test"))
            holder = await store.Institutions.Where(i => i.Name == "南京大学").Select(i => i.Id).SingleAsync();
        Assert.Equal(1, await PersonCommand.EraseAsync(stores, "张三", holder, CancellationToken.None));
        Assert.Equal(0, await PersonCommand.EraseAsync(stores, "张三", holder, CancellationToken.None));
        var path = Path.Combine(callers.Service.Directory, "again.csv");
        await File.WriteAllTextAsync(path, "申请号,名称,申请人,发明人\nCN201710117081.7,石墨烯复合薄膜散热材料的制备方法,南京大学,张三;李四;王五\nCN201710117083.6,别的方法,清华大学,张三\n");
        await Importer.RunAsync(stores, ImportKind.Patents, path, new ImportOptions { RejectsPath = path + ".rejects.tsv" });
        await using (var store = stores.Open("test"))
        {
            Assert.Equal(["李四", "王五"], (await store.Patents.SingleAsync(p => p.ApplicationNumber == "CN201710117081.7")).Inventors);
            Assert.Equal(["张三"], (await store.Patents.SingleAsync(p => p.ApplicationNumber == "CN201710117083.6")).Inventors);
            // Nothing that is kept says the name: neither the trail nor what remembers the deletion.
            Assert.DoesNotContain(await store.AuditTrail.ToListAsync(), e => (e.Before + e.After).Contains("张三", StringComparison.Ordinal));
            Assert.DoesNotContain(await store.ErasedPersons.ToListAsync(), e => e.Digest.Contains("张三", StringComparison.Ordinal));
            Assert.Contains(await store.AuditTrail.ToListAsync(), e => e is { Action: AuditAction.Exported, Kind: "Person" });
        }
        Assert.Equal(0, (await VerifyAsync()).Code);
    }

    private async Task<List<JsonNode>> EntriesAsync(string caller)
    {
        var entries = new List<JsonNode>();
        for (string? after = null; ;)
        {
            var answer = await callers.AskAsync(caller, Trail, new { after });
            Assert.Null(answer["errors"]);
            entries.AddRange(answer["data"]!["auditTrail"]!["nodes"]!.AsArray().Select(e => e!));
            if (!(bool)answer["data"]!["auditTrail"]!["pageInfo"]!["hasNextPage"]!)
                return entries;
            after = (string)answer["data"]!["auditTrail"]!["pageInfo"]!["endCursor"]!;
        }
    }

    private async Task<int> LooksAsync(string need, string actor)
    {
        var answer = await callers.AskAsync(Callers.Administrator, "query($id: ID!, $actor: String!) { auditTrail(entityId: $id, where: { action: { eq: LOOKED }, actor: { eq: $actor } }) { totalCount } }", new { id = need, actor });
        return (int)answer["data"]!["auditTrail"]!["totalCount"]!;
    }

    private async Task<(int Code, string Said)> VerifyAsync(string? anchor = null)
    {
        var said = new StringWriter();
        return (await AuditCommand.VerifyAsync(callers.Service.Stores, anchor, said, said, CancellationToken.None), said.ToString());
    }

    private async Task SqlAsync(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(callers.Service.Directory, "matchmaking.db")}");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
