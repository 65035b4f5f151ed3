using System.Net;
using System.Xml.Linq;
using Matchmaking.Deliveries;
using Matchmaking.Needs;
using Matchmaking.Organizations;
using Matchmaking.Patents;
using Matchmaking.Recommendations;
using Matchmaking.Tests.Running;
using Matchmaking.Tests.Store;
using Xunit;

namespace Matchmaking.Tests.Deliveries;

public sealed class SqliteFeedTests() : FeedTests(new SqliteDatabase());

public sealed class PostgreSqlFeedTests() : FeedTests(new PostgreSqlDatabase());

/// <summary>A feed says what is recommended for its need to whoever has its link, and no more than its visibility allows.</summary>
public abstract class FeedTests(TestDatabase database)
{
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";

    [SkippableFact]
    public async Task Whoever_has_the_link_reads_what_is_recommended_newest_first()
    {
        await using var service = await Told.ServeAsync(database);
        var need = await service.NeedAsync(title: "硅碳负极 <𠮷> & \"料\"");
        for (var i = 0; i < 3; i++)
            await service.PublishAsync(i, i == 0 ? "膨胀小的硅碳<负极>]]>&材料𠮷𬭊" : null);
        await service.MatchedAsync();
        var (id, link) = await CreateAsync(service, need);
        Assert.True(link.AbsolutePath.Length >= "/feeds/".Length + 43);
        using var first = await service.Http.GetAsync(link);
        Assert.Equal((HttpStatusCode.OK, "application/atom+xml"), (first.StatusCode, first.Content.Headers.ContentType!.MediaType));
        var feed = XDocument.Parse(await first.Content.ReadAsStringAsync()).Root!;
        Assert.Equal("“硅碳负极 <𠮷> & \"料\"”的专利推荐", feed.Element(Atom + "title")!.Value);
        Assert.Equal("苏州示例电池有限公司", feed.Element(Atom + "subtitle")!.Value);
        var inbox = await service.InboxAsync();
        Assert.Equal(inbox.Select(r => (string)r["match"]!["patent"]!["title"]!).Reverse(), feed.Elements(Atom + "entry").Select(e => e.Element(Atom + "title")!.Value));
        // A moment later nothing has changed, and that is all that is said.
        service.Clock.Now = service.Clock.Now.AddMinutes(1);
        Assert.Equal(HttpStatusCode.NotModified, await StatusAsync(service, link, r => r.Headers.IfNoneMatch.Add(first.Headers.ETag!)));
        Assert.Equal(HttpStatusCode.NotModified, await StatusAsync(service, link, r => r.Headers.IfModifiedSince = first.Content.Headers.LastModified));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(service, link, r => r.Headers.IfNoneMatch.Add(new("\"other\""))));
        await service.PublishAsync(3);
        await service.MatchedAsync();
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(service, link, r => r.Headers.IfNoneMatch.Add(first.Headers.ETag!)));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(service, link, r => r.Headers.IfModifiedSince = first.Content.Headers.LastModified));
        using var head = await service.Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, link));
        Assert.Equal((HttpStatusCode.OK, true), (head.StatusCode, head.Content.Headers.ContentLength > 0));
        // Another link, and the former leads nowhere; no secret is in the store.
        var rotated = new Uri((string)(await service.DoAsync("rotateNeedFeed", $"id: \"{id}\"", "registration { url }"))["registration"]!["url"]!);
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.OK), (await StatusAsync(service, link), await StatusAsync(service, rotated)));
        var listed = await service.AskAsync("query($id: ID!) { needFeeds(needId: $id) { id description } }", new { id = need });
        Assert.Equal(id, (string)listed["data"]!["needFeeds"]![0]!["id"]!);
        await service.DoAsync("deleteNeedFeed", $"id: \"{id}\"", "feed { id }");
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(service, rotated));
    }

    [SkippableTheory]
    [InlineData(NeedVisibility.Anonymous, "“硅碳负极”的专利推荐")]
    [InlineData(NeedVisibility.Confidential, "一项技术需求的专利推荐")]
    public async Task It_names_no_more_than_the_needs_visibility_allows(NeedVisibility visibility, string title)
    {
        await using var service = await Told.ServeAsync(database);
        var need = await service.NeedAsync(visibility: visibility);
        await service.PublishAsync(0, "膨胀小的负极材料");
        await service.MatchedAsync();
        var text = await service.Http.GetStringAsync((await CreateAsync(service, need)).Link);
        Assert.Equal(title, XDocument.Parse(text).Root!.Element(Atom + "title")!.Value);
        Assert.Contains("膨胀小的负极材料", text, StringComparison.Ordinal);
        Assert.DoesNotContain("苏州示例", text, StringComparison.Ordinal);
        Assert.Equal(visibility == NeedVisibility.Anonymous, text.Contains(Told.Need, StringComparison.Ordinal));
    }

    private static async Task<(string Id, Uri Link)> CreateAsync(RunningService service, string need)
    {
        var registration = (await service.DoAsync("createNeedFeed", $"needId: \"{need}\", description: \"采购部\"", "registration { feed { id } url }"))["registration"]!;
        return ((string)registration["feed"]!["id"]!, new Uri((string)registration["url"]!));
    }

    private static async Task<HttpStatusCode> StatusAsync(RunningService service, Uri link, Action<HttpRequestMessage>? with = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, link);
        with?.Invoke(request);
        using var response = await service.Http.SendAsync(request);
        return response.StatusCode;
    }
}

/// <summary>Whatever text stands in a feed, it is XML and says the same.</summary>
public sealed class AtomTests
{
    [Theory]
    [InlineData("<script>]]>&amp;\"'", "<script>]]>&amp;\"'")]
    [InlineData("𠮷𬭊𰻝𱁬 龥〇", "𠮷𬭊𰻝𱁬 龥〇")]
    [InlineData("a\uFFFEb\uFFFFc\u0001d½e", "abcde")]
    [InlineData("上\n下\t左", "上\n下\t左")]
    public void Any_text_comes_out_as_it_is_or_without_what_xml_cant_hold(string title, string shown)
    {
        // An attribute can't hold half a pair.
        title = title.Replace('½', '\uD800');
        var telling = new Telling(new Recommendation { Id = Guid.NewGuid() }, new Patent { Title = title, Holder = new Institution { Name = title } }, title, null);
        var bytes = Matchmaking.Deliveries.Atom.Write(new NeedFeed { Id = Guid.NewGuid() }, new Need { Title = title }, DateTime.UnixEpoch, [telling], new Uri("http://localhost/feeds/x"));
        XNamespace atom = "http://www.w3.org/2005/Atom";
        using var stream = new MemoryStream(bytes);
        var entry = XDocument.Load(stream).Root!.Element(atom + "entry")!;
        Assert.Equal(shown, entry.Element(atom + "title")!.Value);
        Assert.Equal(shown, entry.Element(atom + "author")!.Element(atom + "name")!.Value);
    }
}
