using System.Net;
using System.Text.Json.Nodes;
using Matchmaking.Ide;
using Matchmaking.Tests.Operations;
using Matchmaking.Tests.Running;
using Xunit;
using Xunit.Abstractions;

namespace Matchmaking.Tests.Ide;

/// <summary>What a browser finds at the endpoint, by plain requests and in headless Chromium.</summary>
public sealed class IdeTests(DemoService demo, ITestOutputHelper output) : IClassFixture<DemoService>
{
    private const string Browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

    [SkippableFact]
    public async Task The_IDE_runs_our_samples_in_a_browser_and_asks_no_other_host()
    {
        RequireBundle();
        var seen = await OpenAsync(demo.Service, "ide.png");
        Assert.Equal(200, seen["status"]!.GetValue<int>());
        Assert.Contains("script-src 'self';", seen["policy"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(SampleOperation.All.Count, seen["samples"]!.GetValue<int>());
        Assert.Contains("该专利", seen["answer"]!["data"]!["tryNeed"]![0]!["explanation"]!["summary"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal("Patent", seen["lookedUp"]!["data"]!["node"]!["__typename"]!.GetValue<string>());
        Assert.Equal("", seen["shown"]!.GetValue<string>());
        Assert.NotEqual("", seen["pushed"]!["data"]!["indexAdvanced"]!["cursor"]!.GetValue<string>());
        Assert.Equal(3, seen["workers"]!.AsArray().Count);
        AssertQuiet(seen);
    }

    [SkippableFact]
    public async Task Without_the_bundle_a_plain_page_tells_how_to_get_it_and_lists_schema_and_samples()
    {
        await using var service = await RunningService.StartAsync(args: "--Matchmaking:Ide=false");
        var seen = await OpenAsync(service, "plain.png");
        Assert.Equal(SampleOperation.All.Count + 1, seen["plain"]!.GetValue<int>());
        Assert.Contains(new Uri(service.Http.BaseAddress!, "/graphql?sdl").ToString(), seen["links"]!.AsArray().Select(l => l!.GetValue<string>()));
        AssertQuiet(seen);
    }

    [Theory]
    [InlineData(Browser, "text/html")]
    [InlineData("text/html, application/json;q=0.9", "text/html")]
    [InlineData("application/json, text/html", "application/json")]
    [InlineData("text/html;q=0.5, application/json;q=0.9", "application/json")]
    [InlineData("application/graphql-response+json, text/html;q=0", "application/graphql-response+json")]
    [InlineData("*/*", "application/json")]
    [InlineData("application/graphql-response+json", "application/graphql-response+json")]
    public async Task Accept_decides_between_the_page_and_an_answer(string accept, string mediaType)
    {
        using var response = await GetAsync("/graphql?query=%7B__typename%7D", accept);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(mediaType, response.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task The_page_has_one_address_and_names_its_files_relative_to_it()
    {
        using var slashed = await GetAsync("/graphql/?query=%7Ba%7D", Browser);
        // Redirects are followed by the client.
        Assert.Equal("/graphql?query=%7Ba%7D", slashed.RequestMessage!.RequestUri!.PathAndQuery);
        Assert.DoesNotContain("=\"/", await slashed.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task The_files_are_cached_for_good_and_travel_packed_or_not()
    {
        RequireBundle();
        var bundle = IdeBundle.Open(Path.Combine(AppContext.BaseDirectory, "ide"))!;
        using var packed = await GetAsync($"/graphql/ide/{bundle.Style}", "*/*", "gzip, deflate, br");
        using var plain = await GetAsync($"/graphql/ide/{bundle.Style}", "*/*");
        Assert.Equal(["gzip"], packed.Content.Headers.ContentEncoding);
        Assert.Contains("immutable", packed.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        Assert.Empty(plain.Content.Headers.ContentEncoding);
        Assert.Contains(".ide-samples", await plain.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await using var unpacked = new System.IO.Compression.GZipStream(await packed.Content.ReadAsStreamAsync(), System.IO.Compression.CompressionMode.Decompress);
        Assert.Equal(await plain.Content.ReadAsStringAsync(), await new StreamReader(unpacked).ReadToEndAsync());
    }

    [Theory]
    [InlineData("manifest.json")]
    [InlineData("..%2Fmanifest.json")]
    [InlineData("..%2F..%2FMatchmaking.dll")]
    [InlineData("none.js")]
    public async Task No_other_file_is_served(string file)
    {
        using var response = await GetAsync("/graphql/ide/" + file, "*/*");
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    private static void AssertQuiet(JsonNode seen)
    {
        Assert.Empty(seen["foreign"]!.AsArray());
        Assert.Empty(seen["complaints"]!.AsArray());
    }

    private static void RequireBundle()
    {
        var bundled = IdeBundle.Open(Path.Combine(AppContext.BaseDirectory, "ide")) is not null;
        Assert.False(!bundled && Environment.GetEnvironmentVariable("CI") is "true", "The IDE wasn't bundled by the build.");
        Skip.If(!bundled, "The build had no Node.js to bundle the IDE with.");
    }

    private async Task<JsonNode> OpenAsync(RunningService service, string screenshot)
    {
        var browser = Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium";
        Assert.False(!File.Exists(browser) && Environment.GetEnvironmentVariable("CI") is "true", $"There is no Chromium at {browser}.");
        Skip.If(!File.Exists(browser), $"There is no Chromium at {browser}: install it, or say CHROMIUM=path.");
        var picture = Path.Combine(Directory.CreateDirectory(Repository.At("tests", "Matchmaking.Tests", "TestResults")).FullName, screenshot);
        File.Delete(picture);
        var lines = await NodeClients.RunAsync("ide.mjs", new Uri(service.Http.BaseAddress!, "/graphql").ToString(), picture);
        Assert.True(new FileInfo(picture).Length > 10_000, $"{picture} shows nothing.");
        output.WriteLine(picture);
        var seen = new JsonObject();
        foreach (var (name, value) in lines.SelectMany(line => JsonNode.Parse(line)!.AsObject()))
            seen[name] = value?.DeepClone();
        return seen;
    }

    private async Task<HttpResponseMessage> GetAsync(string path, string accept, string? encoding = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        Assert.True(request.Headers.TryAddWithoutValidation("Accept", accept));
        if (encoding is not null)
            Assert.True(request.Headers.TryAddWithoutValidation("Accept-Encoding", encoding));
        return await demo.Service.Http.SendAsync(request);
    }
}
