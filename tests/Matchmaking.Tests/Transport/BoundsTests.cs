using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Matchmaking.Store;
using Matchmaking.Tests.Running;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Matchmaking.Tests.Transport;

/// <summary>Batches, compression, time, the schema's file, and the settings that bound them.</summary>
public sealed class BoundsTests
{
    [Fact]
    public async Task A_batch_is_answered_in_order_each_request_by_itself()
    {
        await using var service = await RunningService.StartAsync(args: "--Matchmaking:GraphQL:MaxBatch=4");
        using var response = await PostAsync(service, "[{\"query\":\"{ a: __typename }\"},{\"query\":\"{ nothing }\"},{\"query\":7},{\"query\":\"query B { b: __typename }\"}]"u8.ToArray());
        var answers = JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsArray();
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(["{\"a\":\"Query\"}", "FIELDS_ON_CORRECT_TYPE", "HC0012", "{\"b\":\"Query\"}"],
            answers.Select(a => a!["data"]?.ToJsonString() ?? a["errors"]![0]!["extensions"]!["code"]!.GetValue<string>()));
        foreach (var body in (string[])["[]", "[{},{},{},{},{}]"])
        {
            using var refused = await PostAsync(service, Encoding.UTF8.GetBytes(body));
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
            Assert.Contains("from 1 to 4 are taken", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
    }

    // What a batch's first request loaded must not be what its last one answers with.
    [Fact]
    public async Task A_batch_sees_its_own_mutations()
    {
        await using var service = await RunningService.StartAsync(args: "--Matchmaking:GraphQL:MaxBatch=4");
        const string publish = "mutation { publishPatent(input: { title: \\\"一种石墨烯散热膜\\\", applicationNumber: \\\"CN201710117081.7\\\", kind: INVENTION }) { patent { title } errors { __typename } } }";
        using var response = await PostAsync(service, Encoding.UTF8.GetBytes($"[{{\"query\":\"{{ patents {{ totalCount }} }}\"}},{{\"query\":\"{publish}\"}},{{\"query\":\"{{ patents {{ totalCount }} }}\"}}]"));
        var text = await response.Content.ReadAsStringAsync();
        var answers = JsonNode.Parse(text)!.AsArray();
        Assert.True(answers[1]!["data"]?["publishPatent"]?["patent"] is not null, text);
        Assert.Equal([0, 1], ((int[])[0, 2]).Select(i => answers[i]!["data"]!["patents"]!["totalCount"]!.GetValue<int>()));
    }

    [Theory]
    [InlineData("gzip", "gzip")]
    [InlineData("br", "br")]
    [InlineData("gzip;q=0", null)]
    [InlineData("identity", null)]
    public async Task Answers_are_compressed_for_who_asks(string accepted, string? encoding)
    {
        await using var service = await RunningService.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/graphql?query={__schema{types{name}}}");
        request.Headers.TryAddWithoutValidation("Accept-Encoding", accepted);
        using var response = await service.Http.SendAsync(request);
        Assert.Equal(encoding is null ? [] : [encoding], response.Content.Headers.ContentEncoding);
        Assert.Contains("\"PatentsConnection\"", await PlainAsync(response, encoding), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task Requests_may_be_compressed(string encoding)
    {
        await using var service = await RunningService.StartAsync();
        using var good = await PostAsync(service, Compressed(encoding, "{\"query\":\"{ __typename }\"}"), encoding);
        Assert.Equal("{\"data\":{\"__typename\":\"Query\"}}", await good.Content.ReadAsStringAsync());
        // Some kilobytes that would be a gigabyte.
        using var bomb = await PostAsync(service, Compressed(encoding, "{\"query\":\"" + new string('a', 64 << 20)), encoding);
        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "HC0010"), (bomb.StatusCode, await CodeAsync(bomb)));
        using var broken = await PostAsync(service, "{\"query\":\"{ __typename }\"}"u8.ToArray(), encoding);
        Assert.Equal((HttpStatusCode.BadRequest, "HC0012"), (broken.StatusCode, await CodeAsync(broken)));
    }

    [Theory]
    [InlineData("zstd")]
    [InlineData("gzip, gzip")]
    public async Task Requests_compressed_otherwise_are_refused(string encoding)
    {
        await using var service = await RunningService.StartAsync();
        using var response = await PostAsync(service, "x"u8.ToArray(), encoding);
        Assert.Equal((HttpStatusCode.UnsupportedMediaType, "HC0012"), (response.StatusCode, await CodeAsync(response)));
        Assert.Equal("gzip, br, deflate", string.Join(", ", response.Headers.GetValues("Accept-Encoding")));
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("gzip", "gzip")]
    [InlineData("br, gzip", "br")]
    public async Task The_schema_is_sent_once(string? accepted, string? encoding)
    {
        await using var service = await RunningService.StartAsync();
        using var first = await SdlAsync(service, accepted, null);
        Assert.Equal(await File.ReadAllTextAsync(Repository.At("schema", "matchmaking.graphql")), await PlainAsync(first, encoding));
        Assert.Equal(encoding is null ? [] : [encoding], first.Content.Headers.ContentEncoding);
        var tag = first.Headers.ETag!;
        Assert.False(tag.IsWeak);
        foreach (var known in (string[])[tag.ToString(), "\"x\", W/" + tag, "*"])
        {
            using var again = await SdlAsync(service, accepted, known);
            Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
            Assert.Equal(tag, again.Headers.ETag);
            Assert.Empty(await again.Content.ReadAsByteArrayAsync());
        }
        using var stale = await SdlAsync(service, accepted, "\"x\"");
        Assert.Equal(HttpStatusCode.OK, stale.StatusCode);
        using var other = await SdlAsync(service, encoding is null ? "gzip" : null, null);
        Assert.NotEqual(tag, other.Headers.ETag);
    }

    [Fact]
    public async Task Head_and_options()
    {
        await using var service = await RunningService.StartAsync();
        using var head = await service.Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/graphql?sdl"));
        Assert.Equal((HttpStatusCode.OK, "application/graphql"), (head.StatusCode, head.Content.Headers.ContentType!.MediaType));
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
        using var query = await service.Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/graphql?query={__typename}"));
        Assert.Equal((HttpStatusCode.OK, 0), (query.StatusCode, (await query.Content.ReadAsByteArrayAsync()).Length));
        using var mutation = await service.Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/graphql?query=mutation{closeNeed(input:{id:%22x%22}){errors{__typename}}}"));
        Assert.Equal(HttpStatusCode.MethodNotAllowed, mutation.StatusCode);
        using var options = await service.Http.SendAsync(new HttpRequestMessage(HttpMethod.Options, "/graphql"));
        Assert.Equal(HttpStatusCode.NoContent, options.StatusCode);
        Assert.Equal(["GET", "HEAD", "OPTIONS", "POST"], options.Content.Headers.Allow.Order());
    }

    [Fact]
    public async Task Introspection_switched_off()
    {
        await using var service = await RunningService.StartAsync(args: "--Matchmaking:GraphQL:Introspection=false");
        Assert.Equal("Query", (await service.AskAsync("{ __typename }"))["data"]!["__typename"]!.GetValue<string>());
        foreach (var document in (string[])["{ __schema { types { name } } }", "{ __type(name: \"Patent\") { name } }", "{ ...F } fragment F on Query { s: __schema { types { name } } }"])
            Assert.Equal("HC0046", (await service.AskAsync(document))["errors"]![0]!["extensions"]!["code"]!.GetValue<string>());
        using var sdl = await SdlAsync(service, null, null);
        Assert.Equal((HttpStatusCode.NotFound, "HC0046"), (sdl.StatusCode, await CodeAsync(sdl)));
    }

    // A table that never ends: were the statement not stopped, there would be no answer.
    [Fact]
    public async Task A_statement_that_takes_too_long_is_stopped()
    {
        await using var service = await RunningService.StartAsync(args: ["--Matchmaking:GraphQL:Timeout=2", "--Matchmaking:GraphQL:MaxBatch=2"]);
        await using (var store = service.Stores.Open("test"))
        {
            await store.Database.ExecuteSqlRawAsync("ALTER TABLE institutions RENAME TO kept");
            await store.Database.ExecuteSqlRawAsync("CREATE VIEW institutions AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT kept.* FROM n LEFT JOIN kept ON n.i < 0");
        }
        const string slow = "{ institutions { totalCount } }";
        using var response = await PostAsync(service, Encoding.UTF8.GetBytes($"{{\"query\":\"{slow}\"}}"));
        Assert.Equal((HttpStatusCode.GatewayTimeout, "HC0045"), (response.StatusCode, await CodeAsync(response)));
        using var batch = await PostAsync(service, Encoding.UTF8.GetBytes($"[{{\"query\":\"{slow}\"}},{{\"query\":\"{slow}\"}}]"));
        var answers = await batch.Content.ReadAsStringAsync();
        Assert.Equal(2, System.Text.RegularExpressions.Regex.Count(answers, "HC0045"));
        // The connection that was interrupted serves on.
        Assert.Equal("{\"data\":{\"patents\":{\"totalCount\":0}}}", (await service.AskAsync("{ patents { totalCount } }")).ToJsonString());
    }

    [Theory]
    [InlineData("MaxDepth=0", "Matchmaking:GraphQL:MaxDepth: '0' is no whole number from 1 to 100.")]
    [InlineData("MaxDepth=deep", "Matchmaking:GraphQL:MaxDepth: 'deep' is no whole number from 1 to 100.")]
    [InlineData("MaxBatch=-1", "Matchmaking:GraphQL:MaxBatch: '-1' is no whole number from 0 to 1000.")]
    [InlineData("Timeout=soon", "Matchmaking:GraphQL:Timeout: 'soon' is no time up to a day, as 30 (seconds) or 00:00:30.")]
    [InlineData("Timeout=0", "Matchmaking:GraphQL:Timeout: '0' is no time up to a day, as 30 (seconds) or 00:00:30.")]
    [InlineData("Introspection=no", "Matchmaking:GraphQL:Introspection: 'no' is neither true nor false.")]
    [InlineData("OnlyPersisted=true", "Matchmaking:GraphQL:OnlyPersisted: 'true' needs Matchmaking:GraphQL:PersistedDocuments, or nothing could be asked.")]
    [InlineData("MaxDeath=3", "Matchmaking:GraphQL:MaxDeath: there is no such setting; there are ")]
    [InlineData("PersistedDocuments=/nowhere/at/all", "Matchmaking:GraphQL:PersistedDocuments: '/nowhere/at/all': there is no such directory or file.")]
    public async Task A_setting_that_cant_be_used_stops_the_start(string setting, string message)
    {
        var refusal = await Assert.ThrowsAsync<ConfigurationException>(() => RunningService.StartAsync(args: "--Matchmaking:GraphQL:" + setting));
        Assert.StartsWith(message, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bounds_are_the_configured_ones()
    {
        await using var service = await RunningService.StartAsync(args: ["--Matchmaking:GraphQL:MaxBodyBytes=1024", "--Matchmaking:GraphQL:MaxDepth=2", "--Matchmaking:GraphQL:Timeout=00:01:00"]);
        Assert.Equal("DEPTH_EXCEEDED", (await service.AskAsync("{ patents { nodes { id } } }"))["errors"]![0]!["extensions"]!["code"]!.GetValue<string>());
        using var large = await PostAsync(service, new byte[1025]);
        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "HC0010"), (large.StatusCode, await CodeAsync(large)));
    }

    private static Task<HttpResponseMessage> SdlAsync(RunningService service, string? accepted, string? known)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/graphql?sdl");
        if (accepted is not null)
            request.Headers.TryAddWithoutValidation("Accept-Encoding", accepted);
        if (known is not null)
            request.Headers.TryAddWithoutValidation("If-None-Match", known);
        return service.Http.SendAsync(request);
    }

    private static Task<HttpResponseMessage> PostAsync(RunningService service, byte[] body, string? encoding = null)
    {
        var content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        if (encoding is not null)
            content.Headers.TryAddWithoutValidation("Content-Encoding", encoding);
        return service.Http.PostAsync(new Uri("/graphql", UriKind.Relative), content);
    }

    private static byte[] Compressed(string encoding, string text)
    {
        using var to = new MemoryStream();
        using (Stream stream = encoding switch { "gzip" => new GZipStream(to, CompressionLevel.Fastest), "br" => new BrotliStream(to, CompressionLevel.Fastest), _ => new ZLibStream(to, CompressionLevel.Fastest) })
            stream.Write(Encoding.UTF8.GetBytes(text));
        return to.ToArray();
    }

    private static async Task<string> PlainAsync(HttpResponseMessage response, string? encoding)
    {
        var body = await response.Content.ReadAsStreamAsync();
        using var reader = new StreamReader(encoding switch { "gzip" => new GZipStream(body, CompressionMode.Decompress), "br" => new BrotliStream(body, CompressionMode.Decompress), _ => body });
        return await reader.ReadToEndAsync();
    }

    private static async Task<string?> CodeAsync(HttpResponseMessage response) =>
        JsonNode.Parse(await response.Content.ReadAsStringAsync())!["errors"]![0]!["extensions"]!["code"]!.GetValue<string>();
}
