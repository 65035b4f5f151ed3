using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Matchmaking.Tests.Running;
using Xunit;

namespace Matchmaking.Tests.Transport;

/// <summary>What no client should send, over the socket: each with its status and its code.</summary>
public sealed class BadInputTests(DemoService demo) : IClassFixture<DemoService>
{
    private const string Greeting = "{\"query\":\"{ __typename }\"";

    private HttpClient Http => demo.Service.Http;

    [Theory]
    // JSON
    [InlineData("\uFEFF" + Greeting + "}", 200, null)]
    [InlineData(Greeting + ",\"unknown\":{\"a\":[1]}}", 200, null)]
    [InlineData("{\"query\":\"{ __schema { directives { args(includeDeprecated: true) { name } } } }\"}", 200, null)]
    [InlineData(Greeting + ",\"variables\":null,\"extensions\":null,\"operationName\":null}", 200, null)]
    [InlineData(Greeting + "}}", 400, "HC0012")]
    [InlineData(Greeting + ",}", 400, "HC0012")]
    [InlineData("{'query':'{ __typename }'}", 400, "HC0012")]
    [InlineData("{\"query\":\"{ __typename }\\u0000\"}", 400, "HC0014")]
    [InlineData("{\"query\":\"{ __typename }\0\"}", 400, "HC0012")]
    [InlineData(Greeting + ",\"query\":\"{ a: __typename }\"}", 400, "HC0012")]
    [InlineData(Greeting + ",\"variables\":{\"a\":1,\"a\":2}}", 400, "HC0012")]
    [InlineData(Greeting + ",\"variables\":\"{}\"}", 400, "HC0012")]
    [InlineData(Greeting + ",\"extensions\":[]}", 400, "HC0012")]
    [InlineData(Greeting + ",\"operationName\":7}", 400, "HC0012")]
    [InlineData("{\"query\":true}", 400, "HC0012")]
    [InlineData("{\"documentId\":7}", 400, "HC0012")]
    [InlineData("{\"query\":\"{ __typename \\ud800\"}", 400, "HC0012")]
    [InlineData(Greeting + ",\"variables\":{\"a\":\"\\udc00\"}}", 400, "HC0012")]
    [InlineData(Greeting + ",\"variables\":{\"\\ud800\":1}}", 400, "HC0012")]
    [InlineData(Greeting + ",\"variables\":{\"a\":\"\\u0000\"}}", 400, "HC0012")]
    [InlineData(Greeting + ",\"variables\":{\"a\":1e999}}", 400, "HC0012")]
    // Documents
    [InlineData("{\"query\":\" \"}", 400, "NO_OPERATION")]
    [InlineData("{\"query\":\"#\"}", 400, "NO_OPERATION")]
    [InlineData("{\"query\":\"{ patentByNumber(number: \\\"\\\\ud800\\\") { id } }\"}", 400, "HC0014")]
    [InlineData("{\"query\":\"{ patentByNumber(number: \\\"\\\\u0000\\\") { id } }\"}", 400, "HC0014")]
    [InlineData("{\"query\":\"{ patentByNumber(number: \\\"\\\\u12\\\") { id } }\"}", 400, "HC0014")]
    [InlineData("{\"query\":\"{ patentByNumber(number: \\\"\\\\uD83D\\\\uDE00\\\") { id } }\"}", 200, "BAD_QUERY")]
    // A syntax error on a line that the parser itself counts wrongly.
    [InlineData("{\"query\":\"{ a }\\r\\r}\"}", 400, "HC0014")]
    [InlineData("{\"query\":\"#\\r{ a(: }\"}", 400, "HC0014")]
    [InlineData("{\"query\":\"#\\n\\r\\n\\r nothing\"}", 400, "HC0014")]
    [InlineData("{\"query\":\"fragment F on Query { __typename }\"}", 400, "NO_OPERATION")]
    [InlineData("{\"query\":\"{ ...F } fragment F on Query { ...F }\"}", 400, "NO_FRAGMENT_CYCLES")]
    [InlineData("{\"query\":\"{ ...A } fragment A on Query { ...B } fragment B on Query { ...C } fragment C on Query { ...A }\"}", 400, "NO_FRAGMENT_CYCLES")]
    [InlineData("{\"query\":\"{ ...Nobody }\"}", 400, "KNOWN_FRAGMENT_NAMES")]
    [InlineData("{\"query\":\"{ nothing }\"}", 400, "FIELDS_ON_CORRECT_TYPE")]
    [InlineData("{\"query\":\"{ patents }\"}", 400, "SCALAR_LEAFS")]
    [InlineData("{\"query\":\"{ __typename @nothing }\"}", 400, "KNOWN_DIRECTIVES")]
    [InlineData("{\"query\":\"{ a: __typename a: me { role } }\"}", 400, "OVERLAPPING_FIELDS_CAN_BE_MERGED")]
    [InlineData("{\"query\":\"{ patents(first: \\\"two\\\") { totalCount } }\"}", 400, "ARGUMENTS_OF_CORRECT_TYPE")]
    [InlineData("{\"query\":\"{ patents(first: 1e999) { totalCount } }\"}", 400, "ARGUMENTS_OF_CORRECT_TYPE")]
    [InlineData("{\"query\":\"{ patents(first: 99999999999999999999999999) { totalCount } }\"}", 400, "ARGUMENTS_OF_CORRECT_TYPE")]
    [InlineData("{\"query\":\"{ patents(nothing: 1) { totalCount } }\"}", 400, "KNOWN_ARGUMENT_NAMES")]
    [InlineData("{\"query\":\"query A { __typename } query A { __typename }\",\"operationName\":\"A\"}", 400, "UNIQUE_OPERATION_NAMES")]
    // Variables
    [InlineData("{\"query\":\"{ patents(first: $n) { totalCount } }\"}", 400, "NO_UNDEFINED_VARIABLES")]
    [InlineData("{\"query\":\"query($n: Int) { __typename }\"}", 400, "NO_UNUSED_VARIABLES")]
    [InlineData("{\"query\":\"query($n: Nothing) { patents(first: $n) { totalCount } }\"}", 400, "HC0017")]
    [InlineData("{\"query\":\"query($n: Patent) { patents(first: $n) { totalCount } }\"}", 400, "HC0017")]
    [InlineData("{\"query\":\"query($n: Int) { patents(first: $n) { totalCount } }\",\"variables\":{\"n\":\"two\"}}", 400, "HC0016")]
    [InlineData("{\"query\":\"query($n: Int) { patents(first: $n) { totalCount } }\",\"variables\":{\"n\":2147483648}}", 400, "HC0016")]
    [InlineData("{\"query\":\"query($n: Int) { patents(first: $n) { totalCount } }\",\"variables\":{\"n\":1.5}}", 400, "HC0016")]
    [InlineData("{\"query\":\"query($n: Int) { patents(first: $n) { totalCount } }\",\"variables\":{\"n\":1e300}}", 400, "HC0016")]
    [InlineData("{\"query\":\"query($n: String!) { patentByNumber(number: $n) { id } }\"}", 400, "HC0018")]
    [InlineData("{\"query\":\"query($n: String!) { patentByNumber(number: $n) { id } }\",\"variables\":{\"n\":null}}", 400, "HC0018")]
    [InlineData("{\"query\":\"query($w: PatentFilterInput) { patents(where: $w) { totalCount } }\",\"variables\":{\"w\":{\"nothing\":1}}}", 400, "HC0016")]
    // Paging
    [InlineData("{\"query\":\"{ patents(first: 2147483647) { totalCount } }\"}", 200, "HC0051")]
    [InlineData("{\"query\":\"{ patents(first: -1) { totalCount } }\"}", 200, "HC0079")]
    [InlineData("{\"query\":\"{ patents(first: 1, last: 1) { totalCount } }\"}", 200, "BOTH_FIRST_AND_LAST")]
    [InlineData("{\"query\":\"{ patents(after: \\\"x\\\") { totalCount } }\"}", 200, "HC0078")]
    [InlineData("{\"query\":\"{ patents(after: \\\"\\\") { totalCount } }\"}", 200, "HC0078")]
    // Operations
    [InlineData("{\"query\":\"query A { __typename } query B { __typename }\"}", 400, "NO_OPERATION_NAME")]
    [InlineData("{\"query\":\"query A { __typename }\",\"operationName\":\"B\"}", 400, "INVALID_OPERATION_NAME")]
    // Persisted documents, where there are none
    [InlineData("{\"documentId\":\"../../etc/passwd\"}", 400, "HC0020")]
    [InlineData("{\"id\":\"x\"}", 400, "HC0020")]
    [InlineData(Greeting + ",\"documentId\":\"x\"}", 400, "HC0012")]
    [InlineData("{\"extensions\":{\"persistedQuery\":7}}", 400, "HC0012")]
    [InlineData("{\"extensions\":{\"persistedQuery\":{\"version\":2,\"sha256Hash\":\"abc\"}}}", 400, "HC0012")]
    [InlineData("{\"extensions\":{\"persistedQuery\":{\"version\":1,\"sha256Hash\":7}}}", 400, "HC0012")]
    public async Task Body(string body, int status, string? code) => await ExpectAsync(Encoding.UTF8.GetBytes(body), status, code);

    [Theory]
    [InlineData(new byte[] { 0xFF })]
    [InlineData(new byte[] { 0xC0, 0xAF })]
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 })]
    [InlineData(new byte[] { 0xE7, 0x9F })]
    public async Task Bytes_that_are_no_utf8_wherever_they_stand(byte[] bytes)
    {
        await ExpectAsync([.. "{\"query\":\"{ __typename } # "u8, .. bytes, .. "\"}"u8], 400, "HC0012");
        await ExpectAsync([.. "{\"query\":\"{ __typename }\",\"unknown\":\""u8, .. bytes, .. "\"}"u8], 400, "HC0012");
        await ExpectAsync([.. bytes, .. "{\"query\":\"{ __typename }\"}"u8], 400, "HC0012");
    }

    [Theory]
    [InlineData("?query=%7B__typename%7D&variables=%FF", "variables")]
    [InlineData("?query=%C0%AF", "query")]
    [InlineData("?query=%ED%A0%80", "query")]
    [InlineData("?query=%", "query")]
    [InlineData("?query=%7g", "query")]
    [InlineData("?query=%7B__typename%7D&query=%7B__typename%7D", "query")]
    [InlineData("?query=%7B__typename%7D&variables=%5B%5D", "variables")]
    [InlineData("?query=%7B__typename%7D&variables=%7B%22a%22:1,%22a%22:2%7D", "variables")]
    [InlineData("?query=%7B__typename%7D&variables=%7B%22a%22:%22%5Cud800%22%7D", "variables.a")]
    [InlineData("?query=%7B__typename%7D&extensions=7", "extensions")]
    [InlineData("?variables=%7B%7D", "query")]
    public async Task Url(string query, string named)
    {
        // As it stands: Uri would put right what is wrong.
        var (status, answer) = await RawAsync($"GET /graphql{query} HTTP/1.1\r\nHost: x\r\nAccept: application/graphql-response+json\r\n\r\n");
        Assert.Equal(400, status);
        var error = JsonNode.Parse(answer)!["errors"]![0]!;
        Assert.Equal("HC0012", error["extensions"]!["code"]!.GetValue<string>());
        Assert.StartsWith(named + ":", error["message"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_document_of_ten_megabytes() =>
        await ExpectAsync(JsonSerializer.SerializeToUtf8Bytes(new { query = "{ __typename } #" + new string('x', 10 << 20) }), 413, "HC0010");

    [Fact]
    public async Task Five_hundred_levels_of_every_kind()
    {
        await ExpectAsync("{ a".Times(500) + "}".Times(500), "DEPTH_EXCEEDED");
        await ExpectAsync("{ patents(where: " + "{ and: [".Times(500) + "]}".Times(500) + ") { totalCount } }", "DEPTH_EXCEEDED");
        await ExpectAsync("{ nodes(ids: " + "[".Times(500) + "]".Times(500) + ") { id } }", "DEPTH_EXCEEDED");
        await ExpectAsync("query($a: " + "[".Times(500) + "Int" + "]".Times(500) + ") { nodes(ids: $a) { id } }", "DEPTH_EXCEEDED");
        await ExpectAsync("{ " + "... { ".Times(500) + "__typename" + "}".Times(500) + " }", "DEPTH_EXCEEDED");
        await ExpectAsync(Encoding.UTF8.GetBytes(Greeting + ",\"variables\":{\"a\":" + "[".Times(500) + "]".Times(500) + "}}"), 400, "HC0012");
    }

    [Fact]
    public async Task A_thousand_errors_are_a_hundred()
    {
        var answer = await ExpectAsync("{ " + string.Concat(Enumerable.Range(0, 900).Select(i => $"f{i} ")) + "}", "FIELDS_ON_CORRECT_TYPE");
        Assert.Equal(101, answer["errors"]!.AsArray().Count);
        Assert.Equal("800 more errors are left out.", answer["errors"]![100]!["message"]!.GetValue<string>());
    }

    [Fact]
    public async Task Errors_say_where()
    {
        var answer = await ExpectAsync(Encoding.UTF8.GetBytes("{\"query\":\"{\\n  a: patents(first: 51) { totalCount }\\n}\"}"), 200, "HC0051");
        var error = answer["errors"]![0]!;
        Assert.Equal("[{\"line\":2,\"column\":3}]", error["locations"]!.ToJsonString());
        Assert.Equal("[\"a\"]", error["path"]!.ToJsonString());
    }

    [Theory]
    [InlineData("GET /graphql\0 HTTP/1.1\r\nHost: x\r\n\r\n", 400)]
    [InlineData("GET /graphql HTTP/9.9\r\nHost: x\r\n\r\n", 505)]
    [InlineData("POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Length: x\r\n\r\n", 400)]
    [InlineData("POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", 400)]
    [InlineData("POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}", 400)]
    public async Task Framing(string request, int status) => Assert.Equal(status, (await RawAsync(request)).Status);

    [Fact]
    public async Task A_head_that_is_too_large()
    {
        Assert.Equal(414, (await RawAsync($"GET /graphql?query={new string('a', 40_000)} HTTP/1.1\r\nHost: x\r\n\r\n")).Status);
        Assert.Equal(431, (await RawAsync($"GET /graphql HTTP/1.1\r\nHost: x\r\nX: {new string('a', 40_000)}\r\n\r\n")).Status);
    }

    private async Task<(int Status, string Body)> RawAsync(string request)
    {
        using var socket = new Fuzzing.KeepAliveSocket(Http.BaseAddress!.Host, Http.BaseAddress.Port);
        return (await socket.SendAsync(Encoding.Latin1.GetBytes(request), broken: false, CancellationToken.None))!.Value;
    }

    private Task<JsonNode> ExpectAsync(string document, string code) => ExpectAsync(JsonSerializer.SerializeToUtf8Bytes(new { query = document }), 400, code);

    private async Task<JsonNode> ExpectAsync(byte[] body, int status, string? code)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } }, Headers = { Accept = { new("application/graphql-response+json") } } };
        using var response = await Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        var answer = JsonNode.Parse(text)!;
        Assert.True((HttpStatusCode)status == response.StatusCode && code == answer["errors"]?[0]?["extensions"]?["code"]?.GetValue<string>(), $"{(int)response.StatusCode}: {text[..Math.Min(text.Length, 1000)]}");
        Assert.DoesNotContain("errorId", text, StringComparison.Ordinal);
        return answer;
    }
}

file static class Texts
{
    public static string Times(this string text, int count) => string.Concat(Enumerable.Repeat(text, count));
}
