using System.Net.Http.Json;
using Xunit;

namespace Matchmaking.Tests.Access;

/// <summary>Two services that differ in one confidential need answer others alike, byte for byte, whatever they ask.</summary>
public sealed class ProbingTests : IAsyncLifetime
{
    private const string Title = "锝铼合金薄膜蒸镀工艺";
    private const string Description = "苏州金澄急需锝铼合金石墨烯薄膜的蒸镀工艺𠮷，散热2000W/m·K以上";

    private readonly Callers _with = new();
    private readonly Callers _without = new();
    private string _secret = "";

    public async Task InitializeAsync()
    {
        await _with.InitializeAsync();
        await _without.InitializeAsync();
        _secret = await _with.KeepSecretAsync(Title, Description);
        await _with.Service.MatchedAsync();
    }

    public async Task DisposeAsync()
    {
        await _with.DisposeAsync();
        await _without.DisposeAsync();
    }

    [Fact]
    public async Task A_confidential_need_cannot_be_told_from_none()
    {
        foreach (var (caller, requests) in ((string, int)[])[("anybody", 1000), ("stranger", 200), ("institution", 200), ("agency", 200), ("authority", 200)])
            await CompareAsync(caller, requests);
    }

    private async Task CompareAsync(string caller, int requests)
    {
        // The firm itself finds it, or there would be nothing to hide.
        Assert.NotNull((await _with.AskAsync(Callers.Firm, $"{{ need(id: \"{_secret}\") {{ id }} }}"))["data"]!["need"]);
        var random = new Random(20240227);
        for (var i = 0; i < requests; i++)
        {
            var (query, headers) = Request(random);
            if (caller is "authority" && (query.Contains("indexing", StringComparison.Ordinal) || query.Contains("indexAdvanced", StringComparison.Ordinal)))
                continue; // The feed is the authority's to see, and it moves with everything.
            var (there, here) = (await AskAsync(_with, caller, query, headers), await AskAsync(_without, caller, query, headers));
            Assert.True(there == here, $"request {i} of {caller}: {query}\n{there}\n{here}");
        }
    }

    private static async Task<string> AskAsync(Callers callers, string caller, string query, bool isStream)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = JsonContent.Create(new { query }) };
        if (isStream)
            request.Headers.Accept.ParseAdd("text/event-stream");
        using var response = await callers.Client(caller).SendAsync(request);
        // All of the answer but what is new in every answer.
        var headers = response.Headers.Concat(response.Content.Headers).Where(h => h.Key.ToUpperInvariant() is not ("DATE" or "X-REQUEST-ID")).Select(h => $"{h.Key}: {string.Join(',', h.Value)}");
        return $"{(int)response.StatusCode}\n{string.Join('\n', headers.Order(StringComparer.Ordinal))}\n{await response.Content.ReadAsStringAsync()}";
    }

    private (string Query, bool IsStream) Request(Random random)
    {
        T Any<T>(params T[] items) => items[random.Next(items.Length)];
        var id = Any(_secret, _secret, _with.Needs["PUBLIC OPEN"], _with.Needs["CONFIDENTIAL OPEN"], _with.FirmId, _with.PatentId, Convert.ToBase64String("Need:0123456789abcdef0123456789abcdef"u8));
        var word = Any("锝铼", "锝", "薄膜", "蒸镀", "𠮷", "石墨烯", "苏州金澄", Title, Description.Replace("·", "", StringComparison.Ordinal));
        var first = random.Next(1, 51);
        var fields = Any("id title", "id description budget enterprise { id name }", "id keywords industryCode createdAt updatedAt visibility status", "id matches(first: 3) { totalCount nodes { score patent { id } } }");
        var text = Any("eq", "neq", "contains", "ncontains", "startsWith", "nstartsWith", "endsWith");
        var where = Any(
            $"{{ title: {{ {text}: \"{word}\" }} }}", $"{{ description: {{ {text}: \"{word}\" }} }}", $"{{ keywords: {{ {Any("some", "none", "all")}: {{ eq: \"{word}\" }} }} }}",
            $"{{ visibility: {{ {Any("eq", "neq")}: {Any("PUBLIC", "ANONYMOUS", "CONFIDENTIAL")} }} }}", $"{{ budget: {{ {Any("eq", "gt", "lt", "ngte")}: {Any(987654, 500000, 1)} }} }}",
            $"{{ enterprise: {{ name: {{ {text}: \"苏州\" }} }} }}", $"{{ or: [{{ industryCode: {{ eq: \"C3985\" }} }}, {{ title: {{ contains: \"{word}\" }} }}] }}", "{}",
            "{ enterprise: { needs: { some: { visibility: { eq: CONFIDENTIAL } } } } }", "{ enterprise: { needs: { all: { visibility: { eq: PUBLIC } } } } }", $"{{ createdAt: {{ {Any("gt", "lte")}: \"2026-11-23T02:00:00Z\" }} }}");
        var order = Any("", ", order: [{ budget: DESC }]", ", order: [{ createdAt: DESC }]", ", order: [{ title: ASC }, { deadline: DESC }]");
        var query = Any<Func<string>>(
            () => $"{{ need(id: \"{id}\") {{ {fields} }} }}",
            () => $"{{ node(id: \"{id}\") {{ id ... on Need {{ {fields} }} ... on Enterprise {{ needs(first: {first}) {{ totalCount nodes {{ id }} }} }} }} }}",
            () => $"{{ nodes(ids: [\"{id}\", \"{_secret}\"]) {{ id __typename }} }}",
            () => $"{{ match(needId: \"{id}\", patentId: \"{_with.PatentId}\") {{ score explanation {{ summary matchedTerms {{ term needText }} }} }} }}",
            () => $"{{ needs(first: {first}, where: {where}{order}) {{ totalCount edges {{ cursor node {{ {fields} }} }} pageInfo {{ hasNextPage endCursor }} }} }}",
            () => $"{{ needs(last: {first}, where: {where}{order}) {{ totalCount nodes {{ id }} pageInfo {{ hasPreviousPage startCursor }} }} }}",
            () => $"{{ enterprise(id: \"{Any(_with.FirmId, _with.NeighbourId)}\") {{ id name needs(first: {first}, where: {where}{order}) {{ totalCount nodes {{ id title }} }} }} }}",
            () => $"{{ patent(id: \"{Any(_with.PatentId, _with.OtherPatentId)}\") {{ matches(first: {first}, where: {{ score: {{ gt: {random.Next(0, 90)} }} }}) {{ totalCount edges {{ cursor node {{ rank score need {{ id }} explanation {{ summary }} }} }} pageInfo {{ hasNextPage }} }} }} }}",
            () => $"{{ patents(first: {first}) {{ totalCount nodes {{ matches(first: 5) {{ totalCount }} similar(first: 2) {{ score }} }} }} }}",
            () => $"{{ searchPatents(query: \"{word}\", first: {first}) {{ totalCount didYouMean facets {{ name values {{ value count }} }} nodes {{ score highlights {{ fragments }} }} }} }}",
            () => $"{{ tryNeed(title: \"{Title}\", description: \"{word}\", first: {first}) {{ score rank explanation {{ summary components {{ name points }} }} }} }}",
            () => $"{{ institutions(first: {first}) {{ nodes {{ name patents {{ totalCount nodes {{ matches {{ totalCount }} }} }} }} }} }}",
            () => $"mutation {{ updateNeed(input: {{ id: \"{id}\", title: \"x\", ifUnmodifiedSince: \"2020-01-01T00:00:00Z\" }}) {{ need {{ id }} errors {{ __typename ... on Error {{ message }} }} }} }}",
            () => $"mutation {{ inviteToNeed(input: {{ needId: \"{id}\", agency: \"agency\" }}) {{ errors {{ __typename ... on Error {{ message }} }} }} }}",
            () => $"mutation {{ closeNeed(input: {{ id: \"{_secret}\" }}) {{ errors {{ __typename ... on Error {{ message }} }} }} }}",
            () => $"{{ recommendations(needId: \"{_secret}\") {{ totalCount }} }}",
            () => $"{{ recommendations(first: {first}) {{ totalCount nodes {{ id match {{ score need {{ id }} }} }} }} }}",
            () => $"{{ auditTrail(entityId: \"{_secret}\") {{ totalCount nodes {{ action }} }} }}",
            () => "{ indexing { position lag } }",
            () => $"subscription {{ recommendationAdded(needId: \"{_secret}\") {{ cursor }} }}",
            () => "subscription { indexAdvanced { position } }",
            () => $"{{ need(id: \"{_secret}\" }}",
            () => $"{{ need(id: \"{_secret[..^2]}\") {{ id }} }}")();
        return (query, query.StartsWith("subscription", StringComparison.Ordinal));
    }
}
