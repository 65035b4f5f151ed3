using System.Data.Common;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Matchmaking.Importing;
using Matchmaking.Patents;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Xunit;

namespace Matchmaking.Tests.Importing;

/// <summary>What happens when an import is stopped, the disk is full, or the file is an attack.</summary>
public sealed class ImportCrashTests : IDisposable
{
    private readonly TestStore _store = new();

    [Fact]
    public async Task A_stopped_import_goes_on_and_ends_as_if_it_had_not_been_stopped()
    {
        var path = _store.File("many.csv", Many(1_000));
        using var whole = new TestStore();
        var straight = await whole.ImportAsync(ImportKind.Patents, whole.File("many.csv", Many(1_000)), new ImportOptions { BatchSize = 50 });
        Assert.Equal((1_000, 990, 10), (straight.Read, straight.Added, straight.Rejected));
        for (var crash = 1; crash <= 5; crash++)
        {
            var left = crash * 2;
            var options = new ImportOptions { BatchSize = 50, Progress = _ => { if (--left == 0) throw new InvalidOperationException("killed"); } };
            await Assert.ThrowsAnyAsync<Exception>(() => _store.ImportAsync(ImportKind.Patents, path, options, _store.With(new Dying(crash == 1 ? int.MaxValue : 40 * crash))));
        }
        var resumed = await _store.ImportAsync(ImportKind.Patents, path, new ImportOptions { BatchSize = 50 });
        Assert.True(resumed.Resumed > 0);
        Assert.Equal((straight.Read, straight.Added, straight.Updated, straight.Unchanged, straight.Rejected), (resumed.Read, resumed.Added, resumed.Updated, resumed.Unchanged, resumed.Rejected));
        Assert.Equal(whole.Rejects(), _store.Rejects());
        await using var a = whole.Factory.Open("test");
        await using var b = _store.Factory.Open("test");
        Assert.Equal(
            await a.Patents.OrderBy(p => p.ApplicationNumber).Select(p => p.ApplicationNumber + p.Title).ToListAsync(),
            await b.Patents.OrderBy(p => p.ApplicationNumber).Select(p => p.ApplicationNumber + p.Title).ToListAsync());
        Assert.Equal(await a.Changes.CountAsync(), await b.Changes.CountAsync());
    }

    [Fact]
    public async Task On_a_full_disk_the_batch_is_refused_and_the_store_stays_sound()
    {
        var path = _store.File("many.csv", Many(5_000));
        var full = await Assert.ThrowsAsync<UnreadableFileException>(() =>
            _store.ImportAsync(ImportKind.Patents, path, new ImportOptions { BatchSize = 100 }, _store.With(new SmallDisk(300))));
        Assert.Contains("the disk is full", full.Message, StringComparison.Ordinal);
        await using (var store = _store.Factory.Open("test"))
        {
            var run = await store.ImportRuns.SingleAsync();
            Assert.Null(run.FinishedAt);
            Assert.InRange(run.Read, 1, 4_999);
            Assert.Equal(run.Added, await store.Patents.CountAsync());
            Assert.Equal("ok", (await store.Database.SqlQueryRaw<string>("PRAGMA integrity_check").ToListAsync()).Single());
        }
        var resumed = await _store.ImportAsync(ImportKind.Patents, path);
        Assert.Equal((5_000, 4_950, 50), (resumed.Read, resumed.Added, resumed.Rejected));
    }

    [Fact]
    public async Task A_dry_run_says_what_would_happen_and_changes_nothing()
    {
        var path = _store.File("many.csv", Many(1_000));
        var dry = await _store.ImportAsync(ImportKind.Patents, path, new ImportOptions { DryRun = true });
        Assert.Equal((1_000, 990, 10), (dry.Read, dry.Added, dry.Rejected));
        await using var store = _store.Factory.Open("test");
        Assert.Equal((0, 0, 0), (await store.Patents.CountAsync(), await store.ImportRuns.CountAsync(), await store.Changes.CountAsync()));
    }

    [Fact]
    public async Task No_entity_is_expanded_and_nothing_is_fetched()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        var secret = _store.File("secret.txt", "SECRET");
        string Document(string doctype, string title) => $"""
            <?xml version="1.0" encoding="utf-8"?>
            {doctype}
            <b:PatentDocumentAndRelated xmlns:b="urn:b"><b:ApplicationReference dataFormat="original"><b:DocNumber>201910000001.9</b:DocNumber></b:ApplicationReference><b:InventionTitle>{title}</b:InventionTitle></b:PatentDocumentAndRelated>
            """;

        var fetched = await _store.ImportAsync(ImportKind.Patents, _store.File("a.xml", Document($"<!DOCTYPE x SYSTEM \"http://127.0.0.1:{port}/x.dtd\">", "甲")));
        Assert.Equal(1, fetched.Added);
        foreach (var (doctype, title) in new[]
        {
            ("<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\">]>", "&c;"),
            ($"<!DOCTYPE x [<!ENTITY s SYSTEM \"file://{secret}\">]>", "&s;"),
            ($"<!DOCTYPE x [<!ENTITY s SYSTEM \"http://127.0.0.1:{port}/\">]>", "&s;"),
        })
        {
            var summary = await _store.ImportAsync(ImportKind.Patents, _store.File("b.xml", Document(doctype, title)));
            Assert.Equal((0, 0), (summary.Added, summary.Updated));
        }
        Assert.False(listener.Pending());
        listener.Stop();
        await using var store = _store.Factory.Open("test");
        Assert.Equal("甲", (await store.Patents.SingleAsync()).Title);
    }

    [Fact]
    public async Task Several_XML_documents_in_one_file_and_in_a_directory_are_all_read()
    {
        string Document(string core) => $"<?xml version=\"1.0\"?>\n<cn-patent-document><application-reference><document-id><doc-number>{core}</doc-number></document-id></application-reference><invention-title>甲{core}</invention-title><inventors><inventor><name>张三</name></inventor></inventors></cn-patent-document>\n";
        var one = await _store.ImportAsync(ImportKind.Patents, _store.File("all.xml", Document("201910000001") + Document("201910000002")));
        Assert.Equal((2, 2), (one.Read, one.Added));
        _store.File("d/1.xml", Document("201910000002"));
        var directory = Path.GetDirectoryName(_store.File("d/2.XML", Document("201910000003")))!;
        var two = await _store.ImportAsync(ImportKind.Patents, directory);
        Assert.Equal((2, 1, 1), (two.Read, two.Added, two.Unchanged));
    }

    public void Dispose() => _store.Dispose();

    private static string Many(int rows)
    {
        var text = new StringBuilder("申请号,标题,摘要,申请人,IPC分类号\n");
        for (var i = 0; i < rows; i++)
        {
            var core = $"20191{i:D7}";
            var check = i % 100 == 57 ? '?' : PatentNumber.CheckDigit(core);
            text.Append($"CN{core}.{(check == '?' ? (PatentNumber.CheckDigit(core) == '1' ? '2' : '1') : check)},标题{i},{new string('字', 100)},第{i % 7}大学,H01M{i % 9 + 1}/00\n");
        }
        return text.ToString();
    }

    /// <summary>Fails a statement in the middle of a batch, as a killed process leaves it.</summary>
    private sealed class Dying(int after) : DbCommandInterceptor
    {
        private int _left = after;

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default) =>
            --_left == 0 ? throw new InvalidOperationException("killed") : base.ReaderExecutingAsync(command, eventData, result, cancellationToken);
    }

    private sealed class SmallDisk(int morePages) : DbConnectionInterceptor
    {
        private long _limit;

        public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            await using var command = connection.CreateCommand();
            if (_limit == 0)
            {
                command.CommandText = "PRAGMA page_count";
                _limit = (long)(await command.ExecuteScalarAsync(cancellationToken))! + morePages;
            }
            command.CommandText = $"PRAGMA max_page_count={_limit}";
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
