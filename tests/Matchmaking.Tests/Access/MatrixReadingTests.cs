using System.Text.Json.Nodes;
using Matchmaking.Tests.Transport.Streams;
using Xunit;

namespace Matchmaking.Tests.Access;

/// <summary>Each caller of the matrix reads, counts, sorts by and hears what it may, and no more.</summary>
public sealed class MatrixReadingTests(Callers callers) : Matrix(callers)
{
    [Theory, MemberData(nameof(EachCaller))]
    public async Task Needs_are_seen_as_far_as_their_visibility_and_the_caller_allow(string caller)
    {
        var selection = await SelectionAsync("Need");
        var way = $"query($id: ID!, $patent: ID!) {{ need(id: $id) {{ {selection} }} node(id: $id) {{ id }} nodes(ids: [$id]) {{ id }} match(needId: $id, patentId: $patent) {{ score rank need {{ id budget enterprise {{ id }} }} patent {{ id }} explanation {{ summary matchedTerms {{ term weight needText patentText }} components {{ name points detail }} gates {{ name verdict reason }} }} }} }}";
        foreach (var (name, id) in Callers.Needs)
        {
            var (seen, all) = (await DataAsync(caller, way, new { id, patent = Callers.PatentId }), await DataAsync(Callers.Administrator, way, new { id, patent = Callers.PatentId }));
            var right = Right(caller, name);
            if (right == '-')
            {
                Assert.True(seen["need"] is null && seen["node"] is null && seen["nodes"]![0] is null && seen["match"] is null, $"{caller} sees {name}: {seen.ToJsonString()}");
                continue;
            }
            foreach (var (field, value) in all["need"]!.AsObject())
            {
                var expected = Expected["Need." + field] switch
                {
                    "firm" => right is 'f' or 'a' ? value : null,
                    "budget" => right is 'b' or 'a' ? value : null,
                    // Those invited see that they are; others don't learn who is.
                    "invitations" => caller is "firm" or "administrator" ? value : new JsonArray(),
                    _ => value,
                };
                if (field == "invitations" && caller.StartsWith("invited", StringComparison.Ordinal))
                    Assert.Single(seen["need"]![field]!.AsArray());
                else
                    Assert.True(JsonNode.DeepEquals(expected, seen["need"]![field]), $"{caller}, {name}, {field}: {seen["need"]![field]?.ToJsonString()} instead of {expected?.ToJsonString()}");
            }
            Assert.Equal(id, (string?)seen["node"]!["id"]);
            // The match is the same for all who see the need, but for what stands in the need itself.
            Assert.Equal(right is 'b' or 'a', seen["match"]!["need"]!["budget"] is not null);
            Assert.Equal(right is 'f' or 'a', seen["match"]!["need"]!["enterprise"] is not null);
            foreach (var both in (JsonObject[])[seen, all])
                both["match"]!.AsObject().Remove("need");
            Assert.True(JsonNode.DeepEquals(all["match"], seen["match"]), $"{caller}, {name}: {seen["match"]!.ToJsonString()}");
        }
    }

    [Theory, MemberData(nameof(EachCaller))]
    public async Task Lists_counts_and_conditions_know_no_other_needs(string caller)
    {
        var visible = Callers.Needs.Where(n => Right(caller, n.Key) != '-').Select(n => n.Value).Order(StringComparer.Ordinal).ToList();
        var known = Callers.Needs.Where(n => Right(caller, n.Key) is 'f' or 'a').Select(n => n.Value).Order(StringComparer.Ordinal).ToList();
        var budgets = Callers.Needs.Where(n => Right(caller, n.Key) is 'b' or 'a').Select(n => n.Value).Order(StringComparer.Ordinal).ToList();
        foreach (var (where, expected) in new (string, List<string>)[]
            {
                ("{}", visible),
                ("{ title: { neq: \"\" } }", visible),
                ("{ enterprise: { name: { startsWith: \"苏州\" } } }", known),
                ("{ enterprise: { name: { neq: \"没有\" } } }", known),
                ("{ enterprise: { needs: { some: { status: { eq: OPEN } } } } }", known),
                ("{ budget: { gt: 1 } }", budgets),
                ("{ budget: { neq: null } }", budgets),
                ("{ budget: { ngt: 1 } }", [.. visible.Except(budgets)]),
                ("{ enterprise: { revenue: { gt: 1 } } }", KnowFigures.Contains(caller) ? known : []),
            })
        {
            var page = (await DataAsync(caller, $"{{ needs(first: 50, where: {where}) {{ totalCount nodes {{ id }} }} }}"))["needs"]!;
            Assert.Equal(expected, page["nodes"]!.AsArray().Select(n => (string)n!["id"]!).Order(StringComparer.Ordinal));
            Assert.Equal(expected.Count, (int)page["totalCount"]!);
        }
        // A hidden budget sorts as the unknown it is shown as.
        var sorted = (await DataAsync(caller, "{ needs(first: 50, order: [{ budget: DESC }]) { edges { cursor node { id budget } } } }"))["needs"]!["edges"]!.AsArray();
        Assert.Equal(budgets.Count, sorted.TakeWhile(e => e!["node"]!["budget"] is not null).Count());
        foreach (var edge in sorted)
        {
            var rest = (await DataAsync(caller, $"{{ needs(first: 50, after: \"{edge!["cursor"]}\", order: [{{ budget: DESC }}]) {{ nodes {{ id }} }} }}"))["needs"]!["nodes"]!.AsArray();
            Assert.Equal(sorted.SkipWhile(e => !JsonNode.DeepEquals(e!["cursor"], edge["cursor"])).Skip(1).Select(e => (string)e!["node"]!["id"]!), rest.Select(n => (string)n!["id"]!));
        }
    }

    [Theory, MemberData(nameof(EachCaller))]
    public async Task A_patent_is_matched_with_the_needs_that_the_caller_sees(string caller)
    {
        var open = Callers.Needs.Where(n => n.Key.EndsWith("OPEN", StringComparison.Ordinal) && Right(caller, n.Key) != '-').Select(n => n.Value).Order(StringComparer.Ordinal).ToList();
        var matches = (await DataAsync(caller, "query($id: ID!) { patent(id: $id) { matches(first: 50) { totalCount nodes { rank need { id enterprise { id } } } } } }", new { id = Callers.PatentId }))["patent"]!["matches"]!;
        Assert.Equal(open, matches["nodes"]!.AsArray().Select(n => (string)n!["need"]!["id"]!).Order(StringComparer.Ordinal));
        Assert.Equal(open.Count, (int)matches["totalCount"]!);
        Assert.Equal(Enumerable.Range(1, open.Count), matches["nodes"]!.AsArray().Select(n => (int)n!["rank"]!));
        foreach (var match in matches["nodes"]!.AsArray())
            Assert.Equal(Right(caller, Callers.Needs.Single(n => n.Value == (string)match!["need"]!["id"]!).Key) is 'f' or 'a', match!["need"]!["enterprise"] is not null);
    }

    [Theory, MemberData(nameof(EachCaller))]
    public async Task Firms_are_seen_by_who_knows_of_them_and_figures_by_their_own(string caller)
    {
        var selection = await SelectionAsync("Enterprise");
        var way = $"query($id: ID!) {{ enterprise(id: $id) {{ {selection} }} node(id: $id) {{ id }} }}";
        var (seen, all) = (await DataAsync(caller, way, new { id = Callers.FirmId }), await DataAsync(Callers.Administrator, way, new { id = Callers.FirmId }));
        var needs = (await DataAsync(caller, "query($id: ID!) { enterprise(id: $id) { needs(first: 50) { totalCount nodes { id } } } }", new { id = Callers.FirmId }))["enterprise"]!["needs"]!;
        var known = Callers.Needs.Where(n => Right(caller, n.Key) is 'f' or 'a').Select(n => n.Value).Order(StringComparer.Ordinal).ToList();
        Assert.Equal(known, needs["nodes"]!.AsArray().Select(n => (string)n!["id"]!).Order(StringComparer.Ordinal));
        Assert.Equal(known.Count, (int)needs["totalCount"]!);
        foreach (var (field, value) in all["enterprise"]!.AsObject().Where(f => f.Key != "needs"))
        {
            var expected = Expected["Enterprise." + field] == "figures" && !KnowFigures.Contains(caller) ? null : value;
            Assert.True(JsonNode.DeepEquals(expected, seen["enterprise"]![field]), $"{caller}, {field}: {seen["enterprise"]![field]?.ToJsonString()}");
        }
        // No public need names the neighbour.
        var neighbour = await DataAsync(caller, way, new { id = Callers.NeighbourId });
        Assert.Equal(caller is "neighbour" or "authority" or "nation" or "administrator", neighbour["enterprise"] is not null);
        Assert.Equal(neighbour["enterprise"] is null, neighbour["node"] is null);
    }

    [Theory, MemberData(nameof(EachCaller))]
    public async Task Patents_are_for_everybody_but_names_and_prices_for_who_is_known(string caller)
    {
        var selection = await SelectionAsync("Patent");
        var way = $"query($id: ID!) {{ patent(id: $id) {{ {selection} }} }}";
        var (seen, all) = (await DataAsync(caller, way, new { id = Callers.PatentId }), await DataAsync(Callers.Administrator, way, new { id = Callers.PatentId }));
        foreach (var (field, value) in all["patent"]!.AsObject())
        {
            var expected = Expected["Patent." + field] == "signed-in" && !SignedIn.Contains(caller) ? (field == "inventors" ? new JsonArray() : null) : value;
            Assert.True(JsonNode.DeepEquals(expected, seen["patent"]![field]), $"{caller}, {field}: {seen["patent"]![field]?.ToJsonString()}");
        }
        foreach (var where in (string[])["{ inventors: { some: { eq: \"张三\" } } }", "{ askingPrice: { gt: 1 } }", "{ or: [{ title: { eq: \"x\" } }, { askingPrice: { eq: null } }] }"])
        {
            var answer = await Callers.AskAsync(caller, $"{{ patents(where: {where}) {{ totalCount }} }}");
            Assert.Equal(SignedIn.Contains(caller) ? null : "AUTH_NOT_AUTHENTICATED", Code(answer));
        }
        Assert.Equal(SignedIn.Contains(caller) ? null : "AUTH_NOT_AUTHENTICATED", Code(await Callers.AskAsync(caller, "{ patents(order: [{ askingPrice: ASC }]) { totalCount } }")));
        Assert.Equal(SignedIn.Contains(caller) ? null : "AUTH_NOT_AUTHENTICATED", Code(await Callers.AskAsync(caller, "{ institutions(where: { patents: { some: { askingPrice: { gt: 1 } } } }) { totalCount } }")));
    }

    [Theory, MemberData(nameof(EachCaller))]
    public async Task An_inbox_holds_what_its_owner_may_know(string caller)
    {
        var answer = await Callers.AskAsync(caller, "{ recommendations(first: 50) { totalCount nodes { id match { need { id enterprise { id } } patent { id holder { id } } } } } }");
        Assert.Equal(Refusal(caller, Inboxes), Code(answer));
        if (!Inboxes.Contains(caller))
            return;
        var told = (await DataAsync(Callers.Administrator, "{ recommendations(first: 50) { nodes { id match { need { id } patent { id holder { id } } } } } }"))["recommendations"]!["nodes"]!.AsArray();
        Assert.True(told.Count >= 6, "Too little was told for a test.");
        var expected = told.Where(r => caller switch
        {
            "firm" or "administrator" or "invited institution" or "invited agency" => true,
            "holder" => (string)r!["match"]!["patent"]!["id"]! == Callers.PatentId && Right(caller, Name(r)) != '-',
            "institution" => (string)r!["match"]!["patent"]!["id"]! == Callers.OtherPatentId && Right(caller, Name(r)) != '-',
            _ => false,
        }).Select(r => (string)r!["id"]!).ToList();
        Assert.Equal(expected, answer["data"]!["recommendations"]!["nodes"]!.AsArray().Select(n => (string)n!["id"]!));
        Assert.Equal(expected.Count, (int)answer["data"]!["recommendations"]!["totalCount"]!);
        foreach (var each in told)
        {
            var node = (await DataAsync(caller, "query($id: ID!) { node(id: $id) { id } }", new { id = (string)each!["id"]! }))["node"];
            Assert.Equal(expected.Contains((string)each["id"]!), node is not null);
        }

        string Name(JsonNode? r) => Callers.Needs.Single(n => n.Value == (string)r!["match"]!["need"]!["id"]!).Key;
    }

    [Theory, MemberData(nameof(EachCaller))]
    public async Task Who_follows_hears_what_its_inbox_holds_and_others_are_refused(string caller)
    {
        var beginning = Matchmaking.Recommendations.Inbox.CursorAt(0);
        var holder = (await DataAsync(Callers.Administrator, $"{{ node(id: \"{Callers.HolderId}\") {{ id }} }}"))["node"]!["id"];
        foreach (var (field, arguments, whom) in ((string, string, string[])[])
            [
                ("recommendationAdded", $"(after: \"{beginning}\")", Inboxes),
                ("recommendationAdded", $"(needId: \"{Callers.Needs["PUBLIC OPEN"]}\", after: \"{beginning}\")", Inboxes),
                ("needMatched", $"(institutionId: \"{holder}\", after: \"{beginning}\")", Institutions),
                ("indexAdvanced", "", Supervisors),
            ])
        {
            var selection = field == "indexAdvanced" ? "position" : "id match { need { id enterprise { id } } patent { id } }";
            using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = System.Net.Http.Json.JsonContent.Create(new { query = $"subscription {{ {field}{arguments} {{ {selection} }} }}" }) };
            request.Headers.Accept.ParseAdd("text/event-stream");
            using var limit = new CancellationTokenSource(TestPatience.Long);
            using var response = await Callers.Client(caller).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(limit.Token));
            if (!whom.Contains(caller))
            {
                Assert.Equal((field, Refusal(caller, whom)), (field, Code(await EventAsync())));
                continue;
            }
            if (field == "indexAdvanced")
            {
                Assert.NotNull((await EventAsync())["data"]!["indexAdvanced"]!["position"]);
                continue;
            }
            var inbox = (await DataAsync(caller, "{ recommendations(first: 50) { nodes { id match { need { id enterprise { id } } patent { id holder { id } } } } } }"))["recommendations"]!["nodes"]!.AsArray()
                .Where(r => field == "needMatched" ? (string)r!["match"]!["patent"]!["holder"]!["id"]! == Callers.HolderId : !arguments.Contains("needId", StringComparison.Ordinal) || (string)r!["match"]!["need"]!["id"]! == Callers.Needs["PUBLIC OPEN"]);
            foreach (var told in inbox)
            {
                var heard = (await EventAsync())["data"]![field]!;
                Assert.Equal((string)told!["id"]!, (string)heard["id"]!);
                Assert.True(JsonNode.DeepEquals(told["match"]!["need"], heard["match"]!["need"]));
            }

            async Task<JsonObject> EventAsync()
            {
                while (true)
                {
                    var line = await lines.ReadLineAsync(limit.Token) ?? throw new InvalidOperationException($"{caller}: {field} ended without an event.");
                    if (line.StartsWith("data: {", StringComparison.Ordinal))
                        return JsonNode.Parse(line["data: ".Length..])!.AsObject();
                }
            }
        }
    }
}
