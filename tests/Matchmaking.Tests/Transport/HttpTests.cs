using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Matchmaking.Tests.Running;
using Xunit;

namespace Matchmaking.Tests.Transport;

/// <summary>Requests of every kind over the socket: status, media type, code; never a 500, never a stack.</summary>
public sealed class HttpTests(DemoService demo) : IClassFixture<DemoService>
{
    private const string NewType = "application/graphql-response+json";
    private const string OldType = "application/json";

    private HttpClient Http => demo.Service.Http;

    [Theory]
    [InlineData("{\"query\": ", 400, "HC0012")]
    [InlineData("", 400, "HC0012")]
    [InlineData("null", 400, "HC0012")]
    [InlineData("[]", 400, "HC0012")]
    [InlineData("[{\"query\":\"{ __typename }\"}]", 400, "HC0012")]
    [InlineData("{}", 400, "HC0012")]
    [InlineData("{\"query\":null}", 400, "HC0012")]
    [InlineData("{\"query\":7}", 400, "HC0012")]
    [InlineData("{\"query\":\"{ __typename }\",\"variables\":[]}", 400, "HC0012")]
    [InlineData("{\"query\":\"{ __typename }\",\"operationName\":{}}", 400, "HC0012")]
    [InlineData("{\"query\":\"{ __typename \\ud800 }\"}", 400, "HC0012")]
    [InlineData("{\"query\":\"query($n: String!) { patentByNumber(number: $n) { id } }\",\"variables\":{\"n\":\"\\udc00\"}}", 400, "HC0012")]
    [InlineData("{\"query\":\"{ patents( }\"}", 400, "HC0014")]
    [InlineData("{\"query\":\"{ nothing }\"}", 400, null)]
    [InlineData("{\"query\":\"query A { __typename } query B { __typename }\"}", 400, null)]
    [InlineData("{\"query\":\"query A { __typename }\",\"operationName\":\"B\"}", 400, null)]
    [InlineData("{\"query\":\"{ patents(first: $n) { totalCount } }\"}", 400, null)]
    [InlineData("{\"query\":\"query($n: Int) { patents(first: $n) { totalCount } }\",\"variables\":{\"n\":\"two\"}}", 400, null)]
    [InlineData("{\"query\":\"query($n: Int) { patents(first: $n) { totalCount } }\",\"variables\":{\"n\":99999999999}}", 400, null)]
    [InlineData("{\"query\":\"query($n: String!) { patentByNumber(number: $n) { id } }\"}", 400, null)]
    [InlineData("{\"query\":\"query($w: PatentFilterInput) { patents(where: $w) { totalCount } }\",\"variables\":{\"w\":{\"filedOn\":{\"gt\":\"yesterday\"}}}}", 400, null)]
    [InlineData("{\"query\":\"{ patents { ...A } } fragment A on PatentsConnection { ...B } fragment B on PatentsConnection { ...A }\"}", 400, null)]
    [InlineData("{\"query\":\"mutation { withdrawPatent(input: {}) { errors { __typename } } }\"}", 400, null)]
    public async Task Body(string body, int status, string? code)
    {
        var answer = await SendAsync(Post(body), status);
        Assert.Null(answer["data"]);
        if (code is not null)
            Assert.Equal(code, Code(answer));
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    [InlineData("application/graphql")]
    [InlineData("application/json; charset=gbk")]
    [InlineData("application/x-www-form-urlencoded")]
    public async Task Content_type_that_isnt_json(string contentType)
    {
        var request = Post("{\"query\":\"{ __typename }\"}");
        request.Content!.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        Assert.Equal("HC0012", Code(await SendAsync(request, 415)));
    }

    [Fact]
    public async Task Bytes_that_are_no_utf8()
    {
        var request = Post("");
        request.Content = new ByteArrayContent([.. "{\"query\":\"{ a(b:\\\""u8, 0xC0, 0xAF, 0xFF, .. "\\\") }\"}"u8]) { Headers = { ContentType = new(OldType) } };
        Assert.Equal("HC0012", Code(await SendAsync(request, 400)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Two_megabytes(bool chunked)
    {
        var request = Post("{\"query\":\"{ __typename }\",\"x\":\"" + new string('a', 2 << 20) + "\"}");
        request.Headers.TransferEncodingChunked = chunked;
        Assert.Equal("HC0010", Code(await SendAsync(request, 413)));
    }

    [Theory]
    [InlineData(NewType, 200, NewType)]
    [InlineData(OldType, 200, OldType)]
    [InlineData("*/*", 200, OldType)]
    [InlineData("application/*", 200, OldType)]
    [InlineData("application/json, application/graphql-response+json;q=0.5", 200, OldType)]
    [InlineData("text/html, application/json;q=0.9, */*;q=0.1", 200, OldType)]
    [InlineData(null, 200, OldType)]
    [InlineData("text/plain", 406, OldType)]
    [InlineData("application/json;q=0", 406, OldType)]
    [InlineData("nonsense", 406, OldType)]
    public async Task Accept(string? accept, int status, string contentType)
    {
        var request = Post("{\"query\":\"{ __typename }\"}", null);
        if (accept is not null)
            request.Headers.TryAddWithoutValidation("Accept", accept);
        using var response = await Http.SendAsync(request);
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(contentType, response.Content.Headers.ContentType!.MediaType);
        Assert.Equal("utf-8", response.Content.Headers.ContentType.CharSet);
        Assert.Equal(status == 406, (await response.Content.ReadAsStringAsync()).Contains("HC0063", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{\"query\":\"{ nothing }\"}", 200)]
    [InlineData("{\"query\":\"{ patents( }\"}", 200)]
    [InlineData("{\"query\": ", 400)]
    public async Task Old_clients_learn_of_a_bad_document_by_its_errors_alone(string body, int status) =>
        Assert.NotNull(Code(await SendAsync(Post(body, OldType), status)));

    [Fact]
    public async Task Field_errors_come_with_data_and_200()
    {
        var answer = await SendAsync(Post("{\"query\":\"{ patents(first: 51) { totalCount } institutions { totalCount } }\"}"), 200);
        Assert.Equal("HC0051", Code(answer));
        Assert.Equal(72, answer["data"]!["institutions"]!["totalCount"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("?query={__typename}", 200, null)]
    [InlineData("?query=query($n:Int){patents(first:$n){totalCount}}&variables={\"n\":1}", 200, null)]
    [InlineData("?query=query A{__typename} query B{a:__typename}&operationName=B", 200, null)]
    [InlineData("", 400, "HC0012")]
    [InlineData("?query=", 400, "HC0012")]
    [InlineData("?query={__typename}&variables=[1]", 400, "HC0012")]
    [InlineData("?query={__typename}&variables={", 400, "HC0012")]
    [InlineData("?query=mutation{closeNeed(input:{id:\"x\"}){errors{__typename}}}", 405, "HC0012")]
    public async Task Get(string query, int status, string? code)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/graphql" + query.Replace("\"", "%22", StringComparison.Ordinal)) { Headers = { Accept = { new(NewType) } } };
        using var response = await Http.SendAsync(request);
        var answer = await AnswerAsync(response, status);
        Assert.Equal(code, answer["errors"] is null ? null : Code(answer));
        Assert.Equal(status == 405 ? ["POST"] : [], response.Content.Headers.Allow);
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("PATCH")]
    [InlineData("BREW")]
    public async Task Method_that_isnt_served(string method)
    {
        using var response = await Http.SendAsync(new HttpRequestMessage(new HttpMethod(method), "/graphql"));
        await AnswerAsync(response, 405);
        Assert.Equal(["GET", "HEAD", "OPTIONS", "POST"], response.Content.Headers.Allow.Order());
    }

    [Fact]
    public async Task Nesting()
    {
        static string Nested(int levels) => "{ patents(first: 1) { " + string.Concat(Enumerable.Repeat("nodes { holder { patents(first: 1) { ", levels)) + "totalCount" + string.Concat(Enumerable.Repeat(" } } }", levels)) + " } }";
        Assert.Null((await AskAsync(Nested(4), 200))["errors"]);
        Assert.Equal("DEPTH_EXCEEDED", Code(await AskAsync(Nested(5), 400)));
        Assert.Equal("DEPTH_EXCEEDED", Code(await AskAsync(Nested(40), 400)));
        Assert.Equal("DEPTH_EXCEEDED", Code(await AskAsync(Nested(4000), 400)));
    }

    [Fact]
    public async Task Nesting_by_fragments()
    {
        var fragments = string.Concat(Enumerable.Range(0, 6).Select(i => $" fragment F{i} on PatentsConnection {{ nodes {{ holder {{ patents {{ totalCount ...F{i + 1} }} }} }} }}"));
        Assert.Equal("DEPTH_EXCEEDED", Code(await AskAsync("{ patents { ...F0 } }" + fragments + " fragment F6 on PatentsConnection { totalCount }", 400)));
    }

    [Fact]
    public async Task Ten_thousand_aliases()
    {
        var answer = await AskAsync("{ " + string.Join(' ', Enumerable.Range(0, 10_000).Select(i => $"a{i}: patents {{ totalCount }}")) + " }", 400);
        Assert.Equal("HC0047", Code(answer));
        Assert.Equal(20_000, answer["errors"]![0]!["extensions"]!["fieldCost"]!.GetValue<int>());
        Assert.Equal(1000, answer["errors"]![0]!["extensions"]!["maxFieldCost"]!.GetValue<int>());
    }

    // Two spreads a level: 2^60 fields, were they laid out.
    [Fact]
    public async Task Fragments_that_double()
    {
        var fragments = string.Concat(Enumerable.Range(0, 60).Select(i => $" fragment F{i} on Query {{ ...F{i + 1} ...F{i + 1} }}"));
        Assert.Equal("HC0047", Code(await AskAsync("{ ...F0 }" + fragments + " fragment F60 on Query { __typename }", 400)));
    }

    [Fact]
    public async Task Fields_in_a_fragment_nobody_uses() => Assert.Equal("HC0047",
        Code(await AskAsync("{ __typename } fragment F on Query { " + string.Concat(Enumerable.Repeat("__typename ", 20_000)) + "}", 400)));

    [Theory]
    [InlineData(101, "HC0076")]
    [InlineData(20_000, "HC0076")]
    public async Task Too_many_ids(int count, string code)
    {
        var ids = string.Join(',', Enumerable.Repeat("\"UGF0ZW50OjAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAw\"", count / 2).Concat(Enumerable.Repeat("\"x\"", count - count / 2)));
        Assert.Equal(code, Code(await AskAsync("{ nodes(ids: [" + ids + "]) { id } }", 200)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("UGF0ZW50")]
    [InlineData("UGF0ZW50OjE=")]
    [InlineData("VXNlcjowMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMA==")]
    [InlineData("////////")]
    public async Task Id_that_is_none(string id)
    {
        Assert.Equal("BAD_ID", Code(await AskAsync($"{{ node(id: \"{id}\") {{ id }} }}", 200)));
        Assert.Equal("BAD_ID", Code(await AskAsync($"{{ need(id: \"{id}\") {{ id }} }}", 200)));
        Assert.Equal("BAD_ID", Code(await AskAsync($"mutation {{ closeNeed(input: {{ id: \"{id}\" }}) {{ errors {{ __typename }} }} }}", 200)));
    }

    [Fact]
    public async Task A_long_id_is_shortened_in_the_message()
    {
        var answer = await AskAsync($"{{ node(id: \"{new string('A', 100_000)}\") {{ id }} }}", 200);
        Assert.Equal("BAD_ID", Code(answer));
        Assert.InRange(answer["errors"]![0]!["message"]!.GetValue<string>().Length, 20, 200);
    }

    // More operands than SQLite takes parameters.
    [Fact]
    public async Task Forty_thousand_operands()
    {
        var answer = await AskAsync("{ patents(where: { title: { in: [" + string.Join(',', Enumerable.Range(0, 40_000).Select(i => $"\"{i}\"")) + "] } }) { totalCount } }", 200);
        Assert.Equal(0, answer["data"]!["patents"]!["totalCount"]!.GetValue<int>());
    }

    [Fact]
    public async Task Filters_that_nest_or_repeat_without_end()
    {
        var wide = "{ patents(where: { or: [" + string.Concat(Enumerable.Repeat("{ title: { eq: \"x\" } },", 3000)) + "] }) { totalCount } }";
        Assert.Equal("BAD_QUERY", Code(await AskAsync(wide, 200)));
        var deep = "{ patents(where: " + string.Concat(Enumerable.Repeat("{ and: [", 30)) + "{ title: { eq: \"x\" } }" + string.Concat(Enumerable.Repeat("] }", 30)) + ") { totalCount } }";
        Assert.Equal(0, (await AskAsync(deep, 200))["data"]!["patents"]!["totalCount"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("{ searchPatents(query: \"\\\"\") { totalCount } }")]
    [InlineData("{ searchPatents(query: \"年份:abc\") { totalCount } }")]
    [InlineData("{ patentByNumber(number: \"no number\") { id } }")]
    [InlineData("{ patentByNumber(number: \"\") { id } }")]
    [InlineData("{ tryNeed(description: \"\") { score } }")]
    public async Task Queries_that_cant_be_read(string document) => Assert.Equal("BAD_QUERY", Code(await AskAsync(document, 200)));

    [Fact]
    public async Task The_schema_is_downloaded()
    {
        using var response = await Http.GetAsync(new Uri("/graphql?sdl", UriKind.Relative));
        Assert.Equal("application/graphql", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(await File.ReadAllTextAsync(Repository.At("schema", "matchmaking.graphql")), await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Chinese_leaves_unescaped()
    {
        using var response = await Http.SendAsync(Post("{\"query\":\"{ institutions(where: { name: { eq: \\\"清华大学\\\" } }) { nodes { name } } }\"}"));
        Assert.Contains("\"清华大学\"", Encoding.UTF8.GetString(await response.Content.ReadAsByteArrayAsync()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ __schema { types { name fields { name type { name ofType { name ofType { name ofType { name } } } } args { name } } } } }")]
    [InlineData("{ __type(name: \"Patent\") { name description } }")]
    public async Task Introspection(string document) => Assert.Null((await AskAsync(document, 200))["errors"]);

    private Task<JsonNode> AskAsync(string document, int status) => SendAsync(Post(JsonSerializer.Serialize(new { query = document })), status);

    private static HttpRequestMessage Post(string body, string? accept = NewType)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = new StringContent(body, Encoding.UTF8, OldType) };
        if (accept is not null)
            request.Headers.Accept.ParseAdd(accept);
        return request;
    }

    private async Task<JsonNode> SendAsync(HttpRequestMessage request, int status)
    {
        using var response = await Http.SendAsync(request);
        return await AnswerAsync(response, status);
    }

    private static async Task<JsonNode> AnswerAsync(HttpResponseMessage response, int status)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(status == (int)response.StatusCode, $"{(int)response.StatusCode}: {text}");
        Assert.DoesNotMatch(@"Unexpected Execution Error|\bat \w+\.\w+|Exception|SELECT|\.cs\b", text);
        return JsonNode.Parse(text)!;
    }

    private static string? Code(JsonNode answer) => answer["errors"]?[0]?["extensions"]?["code"]?.GetValue<string>();
}
