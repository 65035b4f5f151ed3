using System.Text.Json.Nodes;
using Matchmaking.Tests.Transport.Streams;
using Xunit;

namespace Matchmaking.Tests.Access;

/// <summary>Every member of the schema for every kind of caller, over needs of every visibility and state.</summary>
public sealed class MatrixTests(Callers callers) : IClassFixture<Callers>
{
    /// <summary>What each caller gets of the firm's needs, by visibility and in it by state (open, closed, draft).</summary>
    /// <remarks>- nothing: it doesn't exist. t the text alone, f the firm too, b the budget too, a all of it.</remarks>
    private static readonly Dictionary<string, string> Seen = new()
    {
        //                        PUBLIC  ANONYMOUS CONFIDENTIAL
        ["anybody"] =             "f--" + "t--" +   "---",
        ["firm"] =                "aaa" + "aaa" +   "aaa",
        ["neighbour"] =           "f--" + "t--" +   "---",
        ["stranger"] =            "f--" + "t--" +   "---",
        ["holder"] =              "f--" + "t--" +   "---",
        ["invited institution"] = "aaa" + "aaa" +   "aaa",
        ["institution"] =         "f--" + "t--" +   "---",
        ["agency"] =              "aa-" + "bb-" +   "---",
        ["invited agency"] =      "aaa" + "aaa" +   "aaa",
        ["authority"] =           "aa-" + "aa-" +   "---",
        ["other authority"] =     "ff-" + "tt-" +   "---",
        ["nation"] =              "aa-" + "aa-" +   "---",
        ["administrator"] =       "aaa" + "aaa" +   "aaa",
    };

    /// <summary>Who is told what a firm's figures are; others see the firm where a public need names it.</summary>
    private static readonly string[] KnowFigures = ["firm", "authority", "nation", "administrator"];

    private static readonly string[] Inboxes = ["firm", "neighbour", "stranger", "holder", "invited institution", "institution", "agency", "invited agency", "administrator"];
    private static readonly string[] Firms = ["firm", "neighbour", "stranger", "administrator"];
    private static readonly string[] Institutions = ["holder", "invited institution", "institution", "administrator"];
    private static readonly string[] Supervisors = ["authority", "other authority", "nation", "administrator"];
    private static readonly string[] SignedIn = [.. Callers.All.Except(["anybody"])];

    /// <summary>What is expected of each member: how it is asked for, and for whom it is.</summary>
    private static readonly Dictionary<string, string> Expected = Table("""
        Query everybody: node nodes patent patentByNumber patents searchPatents institution institutions need needs enterprise match tryNeed me
        Query inboxes: recommendations
        Query supervisors: auditTrail indexing matching
        Query owners: webhooks digests
        Query firms: needFeeds
        Mutation firms: createNeed updateNeed closeNeed inviteToNeed withdrawInvitation answerRecommendation
        Mutation owners: createWebhook updateWebhook deleteWebhook rotateWebhookSecret pingWebhook replayDelivery discardDelivery createDigest updateDigest deleteDigest
        Mutation firms: createNeedFeed rotateNeedFeed deleteNeedFeed
        Mutation institutions: publishPatent updatePatent withdrawPatent
        Subscription inboxes: recommendationAdded
        Subscription institutions: needMatched
        Subscription supervisors: indexAdvanced
        Need row: id title description keywords status visibility industryCode ipcHints acceptedModes minReadiness provinces deadline createdAt updatedAt matches
        Need firm: enterprise
        Need budget: budget
        Need invitations: invitations
        Enterprise row: id creditCode name province city industryCode qualifications createdAt updatedAt
        Enterprise figures: employees revenue totalAssets size
        Enterprise needs: needs
        Patent everybody: id applicationNumber publicationNumber kind title abstract claims ipcCodes keywords holder coHolders filedOn publishedOn grantedOn expiresOn
        Patent everybody: legalStatus legalStatusOn readiness prospect transferModes openLicense createdAt updatedAt publications legalEvents similar
        Patent matches: matches
        Patent signed-in: inventors askingPrice
        Institution everybody: id code name kind province city createdAt updatedAt patents
        Publication everybody: number on
        LegalEvent everybody: on text
        OpenLicense everybody: feeBasis fixedFee royaltyRate declaredOn
        NeedInvitation invitations: institution agency createdAt
        Match row: patent need score rank explanation
        MatchExplanation row: components matchedTerms gates summary requirements
        Requirement row: text coverage found
        ScoreComponent row: name points detail
        MatchedTerm row: term weight needText patentText
        Gate row: name verdict reason
        Recommendation told: id cursor match score reason state feedback adjustment siblings createdAt updatedAt
        Adjustment told: components points
        AdjustmentComponent told: name points detail
        Webhook owned: id enterpriseId institutionId needId url description isPaused formerSecretUntil failures succeededAt nextAttemptAt cursor deliveries createdAt updatedAt
        WebhookRegistration owned: webhook secret
        Delivery owned: id recommendationId recommendation state isReplay attempts nextAttemptAt giveUpAt lastStatus lastFault lastTook createdAt updatedAt
        Digest owned: id enterpriseId institutionId address frequency unsubscribedAt dueAt sentAt failures createdAt updatedAt
        NeedFeed owned: id needId description createdAt updatedAt
        NeedFeedRegistration owned: feed url
        MatchingStatus supervisors: position head lag lagSeconds inbox waiting nodes
        MatchingNode supervisors: name turns changes recommendations busyMilliseconds indexPosition seenAt
        Feedback told: verdict reason comment givenAt
        PatentSearchHit everybody: patent score highlights
        Highlight everybody: field fragments
        Facet everybody: name values
        FacetValue everybody: value label count
        Viewer everybody: name roles province institution enterprise until
        IndexAdvance supervisors: position lag at cursor
        AuditEntry supervisors: id at actor roles tokenId address requestId action kind entityId province before after hash
        """);

    [Fact]
    public async Task Every_member_of_the_schema_has_an_expectation()
    {
        var types = (await callers.AskAsync(Callers.Administrator, "{ __schema { types { kind name fields { name } } } }"))["data"]!["__schema"]!["types"]!.AsArray();
        var members = types.Where(t => (string)t!["kind"]! == "OBJECT" && !IsPlain((string)t["name"]!)).SelectMany(t => t!["fields"]!.AsArray().Select(f => $"{t["name"]}.{f!["name"]}"));
        Assert.Equal(Expected.Keys.Order(StringComparer.Ordinal), members.Order(StringComparer.Ordinal));
    }

    [Theory, MemberData(nameof(EachCaller))]
    public async Task Needs_are_seen_as_far_as_their_visibility_and_the_caller_allow(string caller)
    {
        var selection = await SelectionAsync("Need");
        var way = $"query($id: ID!, $patent: ID!) {{ need(id: $id) {{ {selection} }} node(id: $id) {{ id }} nodes(ids: [$id]) {{ id }} match(needId: $id, patentId: $patent) {{ score rank need {{ id budget enterprise {{ id }} }} patent {{ id }} explanation {{ summary matchedTerms {{ term weight needText patentText }} components {{ name points detail }} gates {{ name verdict reason }} }} }} }}";
        foreach (var (name, id) in callers.Needs)
        {
            var (seen, all) = (await DataAsync(caller, way, new { id, patent = callers.PatentId }), await DataAsync(Callers.Administrator, way, new { id, patent = callers.PatentId }));
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
        var visible = callers.Needs.Where(n => Right(caller, n.Key) != '-').Select(n => n.Value).Order(StringComparer.Ordinal).ToList();
        var known = callers.Needs.Where(n => Right(caller, n.Key) is 'f' or 'a').Select(n => n.Value).Order(StringComparer.Ordinal).ToList();
        var budgets = callers.Needs.Where(n => Right(caller, n.Key) is 'b' or 'a').Select(n => n.Value).Order(StringComparer.Ordinal).ToList();
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
        var open = callers.Needs.Where(n => n.Key.EndsWith("OPEN", StringComparison.Ordinal) && Right(caller, n.Key) != '-').Select(n => n.Value).Order(StringComparer.Ordinal).ToList();
        var matches = (await DataAsync(caller, "query($id: ID!) { patent(id: $id) { matches(first: 50) { totalCount nodes { rank need { id enterprise { id } } } } } }", new { id = callers.PatentId }))["patent"]!["matches"]!;
        Assert.Equal(open, matches["nodes"]!.AsArray().Select(n => (string)n!["need"]!["id"]!).Order(StringComparer.Ordinal));
        Assert.Equal(open.Count, (int)matches["totalCount"]!);
        Assert.Equal(Enumerable.Range(1, open.Count), matches["nodes"]!.AsArray().Select(n => (int)n!["rank"]!));
        foreach (var match in matches["nodes"]!.AsArray())
            Assert.Equal(Right(caller, callers.Needs.Single(n => n.Value == (string)match!["need"]!["id"]!).Key) is 'f' or 'a', match!["need"]!["enterprise"] is not null);
    }

    [Theory, MemberData(nameof(EachCaller))]
    public async Task Firms_are_seen_by_who_knows_of_them_and_figures_by_their_own(string caller)
    {
        var selection = await SelectionAsync("Enterprise");
        var way = $"query($id: ID!) {{ enterprise(id: $id) {{ {selection} }} node(id: $id) {{ id }} }}";
        var (seen, all) = (await DataAsync(caller, way, new { id = callers.FirmId }), await DataAsync(Callers.Administrator, way, new { id = callers.FirmId }));
        var needs = (await DataAsync(caller, "query($id: ID!) { enterprise(id: $id) { needs(first: 50) { totalCount nodes { id } } } }", new { id = callers.FirmId }))["enterprise"]!["needs"]!;
        var known = callers.Needs.Where(n => Right(caller, n.Key) is 'f' or 'a').Select(n => n.Value).Order(StringComparer.Ordinal).ToList();
        Assert.Equal(known, needs["nodes"]!.AsArray().Select(n => (string)n!["id"]!).Order(StringComparer.Ordinal));
        Assert.Equal(known.Count, (int)needs["totalCount"]!);
        foreach (var (field, value) in all["enterprise"]!.AsObject().Where(f => f.Key != "needs"))
        {
            var expected = Expected["Enterprise." + field] == "figures" && !KnowFigures.Contains(caller) ? null : value;
            Assert.True(JsonNode.DeepEquals(expected, seen["enterprise"]![field]), $"{caller}, {field}: {seen["enterprise"]![field]?.ToJsonString()}");
        }
        // No public need names the neighbour.
        var neighbour = await DataAsync(caller, way, new { id = callers.NeighbourId });
        Assert.Equal(caller is "neighbour" or "authority" or "nation" or "administrator", neighbour["enterprise"] is not null);
        Assert.Equal(neighbour["enterprise"] is null, neighbour["node"] is null);
    }

    [Theory, MemberData(nameof(EachCaller))]
    public async Task Patents_are_for_everybody_but_names_and_prices_for_who_is_known(string caller)
    {
        var selection = await SelectionAsync("Patent");
        var way = $"query($id: ID!) {{ patent(id: $id) {{ {selection} }} }}";
        var (seen, all) = (await DataAsync(caller, way, new { id = callers.PatentId }), await DataAsync(Callers.Administrator, way, new { id = callers.PatentId }));
        foreach (var (field, value) in all["patent"]!.AsObject())
        {
            var expected = Expected["Patent." + field] == "signed-in" && !SignedIn.Contains(caller) ? (field == "inventors" ? new JsonArray() : null) : value;
            Assert.True(JsonNode.DeepEquals(expected, seen["patent"]![field]), $"{caller}, {field}: {seen["patent"]![field]?.ToJsonString()}");
        }
        foreach (var where in (string[])["{ inventors: { some: { eq: \"张三\" } } }", "{ askingPrice: { gt: 1 } }", "{ or: [{ title: { eq: \"x\" } }, { askingPrice: { eq: null } }] }"])
        {
            var answer = await callers.AskAsync(caller, $"{{ patents(where: {where}) {{ totalCount }} }}");
            Assert.Equal(SignedIn.Contains(caller) ? null : "AUTH_NOT_AUTHENTICATED", Code(answer));
        }
        Assert.Equal(SignedIn.Contains(caller) ? null : "AUTH_NOT_AUTHENTICATED", Code(await callers.AskAsync(caller, "{ patents(order: [{ askingPrice: ASC }]) { totalCount } }")));
        Assert.Equal(SignedIn.Contains(caller) ? null : "AUTH_NOT_AUTHENTICATED", Code(await callers.AskAsync(caller, "{ institutions(where: { patents: { some: { askingPrice: { gt: 1 } } } }) { totalCount } }")));
    }

    [Theory, MemberData(nameof(EachCaller))]
    public async Task An_inbox_holds_what_its_owner_may_know(string caller)
    {
        var answer = await callers.AskAsync(caller, "{ recommendations(first: 50) { totalCount nodes { id match { need { id enterprise { id } } patent { id holder { id } } } } } }");
        Assert.Equal(Refusal(caller, Inboxes), Code(answer));
        if (!Inboxes.Contains(caller))
            return;
        var told = (await DataAsync(Callers.Administrator, "{ recommendations(first: 50) { nodes { id match { need { id } patent { id holder { id } } } } } }"))["recommendations"]!["nodes"]!.AsArray();
        Assert.True(told.Count >= 6, "Too little was told for a test.");
        var expected = told.Where(r => caller switch
        {
            "firm" or "administrator" or "invited institution" or "invited agency" => true,
            "holder" => (string)r!["match"]!["patent"]!["id"]! == callers.PatentId && Right(caller, Name(r)) != '-',
            "institution" => (string)r!["match"]!["patent"]!["id"]! == callers.OtherPatentId && Right(caller, Name(r)) != '-',
            _ => false,
        }).Select(r => (string)r!["id"]!).ToList();
        Assert.Equal(expected, answer["data"]!["recommendations"]!["nodes"]!.AsArray().Select(n => (string)n!["id"]!));
        Assert.Equal(expected.Count, (int)answer["data"]!["recommendations"]!["totalCount"]!);
        foreach (var each in told)
        {
            var node = (await DataAsync(caller, "query($id: ID!) { node(id: $id) { id } }", new { id = (string)each!["id"]! }))["node"];
            Assert.Equal(expected.Contains((string)each["id"]!), node is not null);
        }

        string Name(JsonNode? r) => callers.Needs.Single(n => n.Value == (string)r!["match"]!["need"]!["id"]!).Key;
    }

    [Theory, MemberData(nameof(EachCaller))]
    public async Task Who_follows_hears_what_its_inbox_holds_and_others_are_refused(string caller)
    {
        var beginning = Matchmaking.Recommendations.Inbox.CursorAt(0);
        var holder = (await DataAsync(Callers.Administrator, $"{{ node(id: \"{callers.HolderId}\") {{ id }} }}"))["node"]!["id"];
        foreach (var (field, arguments, whom) in ((string, string, string[])[])
            [
                ("recommendationAdded", $"(after: \"{beginning}\")", Inboxes),
                ("recommendationAdded", $"(needId: \"{callers.Needs["PUBLIC OPEN"]}\", after: \"{beginning}\")", Inboxes),
                ("needMatched", $"(institutionId: \"{holder}\", after: \"{beginning}\")", Institutions),
                ("indexAdvanced", "", Supervisors),
            ])
        {
            var selection = field == "indexAdvanced" ? "position" : "id match { need { id enterprise { id } } patent { id } }";
            using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = System.Net.Http.Json.JsonContent.Create(new { query = $"subscription {{ {field}{arguments} {{ {selection} }} }}" }) };
            request.Headers.Accept.ParseAdd("text/event-stream");
            using var limit = new CancellationTokenSource(TestPatience.Long);
            using var response = await callers.Client(caller).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
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
                .Where(r => field == "needMatched" ? (string)r!["match"]!["patent"]!["holder"]!["id"]! == callers.HolderId : !arguments.Contains("needId", StringComparison.Ordinal) || (string)r!["match"]!["need"]!["id"]! == callers.Needs["PUBLIC OPEN"]);
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

    [Theory, MemberData(nameof(EachCaller))]
    public async Task Roots_are_refused_to_whom_they_are_not_for(string caller)
    {
        foreach (var (member, whom) in Expected.Where(e => e.Key.StartsWith("Query.", StringComparison.Ordinal)))
        {
            // What is told outside is listed by its owner, who is the firm here; to other owners it doesn't exist.
            var others = member is "Query.webhooks" or "Query.digests" or "Query.needFeeds" && caller is not ("firm" or "administrator") ? "BAD_ID" : null;
            Assert.Equal((member, Refusal(caller, Whom(whom)) ?? others), (member, Code(await callers.AskAsync(caller, Root(member["Query.".Length..])))));
        }
    }

    [Theory, MemberData(nameof(EachCaller))]
    public async Task Nobody_changes_what_is_another_s(string caller)
    {
        foreach (var (name, id) in callers.Needs)
        {
            // A stale stamp, so that whoever may do it changes nothing all the same.
            foreach (var (mutation, input) in ((string, object)[])
                [
                    ("updateNeed", new { id, title = "x", ifUnmodifiedSince = "2020-01-01T00:00:00Z" }),
                    ("closeNeed", new { id, ifUnmodifiedSince = "2020-01-01T00:00:00Z" }),
                    ("inviteToNeed", new { needId = id }),
                    ("withdrawInvitation", new { needId = id }),
                ])
            {
                var expected = Firms.Contains(caller)
                    ? caller is "firm" or "administrator" ? mutation is "updateNeed" or "closeNeed" ? "ConflictError" : "InvalidInputError" : Right(caller, name) == '-' ? "NotFoundError" : "AUTH_NOT_AUTHORIZED"
                    : Refusal(caller, Firms);
                Assert.Equal((mutation, name, expected), (mutation, name, await RefusedAsync(caller, mutation, input)));
            }
        }
        var own = caller == "firm" ? null : Firms.Contains(caller) && caller != "administrator" ? "AUTH_NOT_AUTHORIZED" : Refusal(caller, Firms);
        Assert.Equal(own ?? "InvalidInputError", await RefusedAsync(caller, "createNeed", new { enterpriseId = callers.FirmId, title = "", description = "" }));
        foreach (var (patent, holder) in ((string, string)[])[(callers.PatentId, "holder"), (callers.OtherPatentId, "institution")])
        {
            var expected = caller == holder || caller == "administrator" ? "ConflictError" : Institutions.Contains(caller) ? "AUTH_NOT_AUTHORIZED" : Refusal(caller, Institutions);
            Assert.Equal(expected, await RefusedAsync(caller, "updatePatent", new { id = patent, title = "x", ifUnmodifiedSince = "2020-01-01T00:00:00Z" }));
            Assert.Equal(expected, await RefusedAsync(caller, "withdrawPatent", new { id = patent, ifUnmodifiedSince = "2020-01-01T00:00:00Z" }));
        }
        var published = caller is "holder" or "administrator" ? "InvalidInputError" : Institutions.Contains(caller) ? "AUTH_NOT_AUTHORIZED" : Refusal(caller, Institutions);
        Assert.Equal(published, await RefusedAsync(caller, "publishPatent", new { holderId = callers.HolderId, title = "x", applicationNumber = "CN201710117081.3" }));
        var told = (string)(await DataAsync(Callers.Administrator, "{ recommendations(first: 1) { nodes { id } } }"))["recommendations"]!["nodes"]![0]!["id"]!;
        var answered = caller is "firm" or "administrator" ? "InvalidInputError" : Firms.Contains(caller) ? "NotFoundError" : Refusal(caller, Firms);
        Assert.Equal(answered, await RefusedAsync(caller, "answerRecommendation", new { recommendationId = told, verdict = "DECLINED" }));
    }

    [Theory, MemberData(nameof(EachCaller))]
    public async Task Nobody_has_anything_told_outside_for_another(string caller)
    {
        var owners = Firms.Union(Institutions).ToArray();
        foreach (var (mutation, input, own, whom) in ((string, object, string[], string[])[])
            [
                ("createWebhook", new { enterpriseId = callers.FirmId, url = "nowhere" }, ["firm"], owners),
                ("createWebhook", new { institutionId = callers.HolderId, url = "nowhere" }, ["holder"], owners),
                ("createDigest", new { enterpriseId = callers.FirmId, address = "nowhere", frequency = "DAILY" }, ["firm"], owners),
                ("createDigest", new { institutionId = callers.HolderId, address = "nowhere", frequency = "DAILY" }, ["holder"], owners),
            ])
        {
            // Without a mail server there are no digests for anybody.
            var expected = mutation == "createDigest" && whom.Contains(caller) ? "WrongStateError" : own.Contains(caller) || caller == "administrator" ? "InvalidInputError" : whom.Contains(caller) ? "NotFoundError" : Refusal(caller, whom);
            Assert.Equal((mutation, expected), (mutation, await RefusedAsync(caller, mutation, input)));
        }
    }

    public static TheoryData<string> EachCaller => [.. Callers.All];

    private char Right(string caller, string need)
    {
        var (visibility, state) = need.Split(' ') is [var v, var s] ? (v, s) : throw new ArgumentException(need);
        return Seen[caller][Array.IndexOf(Callers.Visibilities, visibility) * 3 + Array.IndexOf(Callers.States, state)];
    }

    private static string? Refusal(string caller, string[] whom) => whom.Contains(caller) ? null : caller == "anybody" ? "AUTH_NOT_AUTHENTICATED" : "AUTH_NOT_AUTHORIZED";

    private static string[] Whom(string name) => name switch
    {
        "everybody" => Callers.All, "inboxes" => Inboxes, "supervisors" => Supervisors, "firms" => Firms, "institutions" => Institutions, "owners" => [.. Firms.Union(Institutions)],
        _ => throw new ArgumentException(name),
    };

    private string Root(string field) => field switch
    {
        "node" => $"{{ node(id: \"{callers.PatentId}\") {{ id }} }}",
        "nodes" => $"{{ nodes(ids: [\"{callers.PatentId}\"]) {{ id }} }}",
        "patent" => $"{{ patent(id: \"{callers.PatentId}\") {{ id }} }}",
        "patentByNumber" => "{ patentByNumber(number: \"CN201710117081.7\") { id } }",
        "searchPatents" => "{ searchPatents(query: \"石墨烯\") { totalCount facets { name values { value } } nodes { highlights { field fragments } } } }",
        "institution" => $"{{ institution(id: \"{callers.HolderId}\") {{ id }} }}",
        "need" => $"{{ need(id: \"{callers.Needs["PUBLIC OPEN"]}\") {{ id }} }}",
        "enterprise" => $"{{ enterprise(id: \"{callers.FirmId}\") {{ id }} }}",
        "match" => $"{{ match(needId: \"{callers.Needs["PUBLIC OPEN"]}\", patentId: \"{callers.PatentId}\") {{ score }} }}",
        "tryNeed" => "{ tryNeed(description: \"石墨烯\") { score } }",
        "me" => "{ me { name roles province until institution { id } enterprise { id } } }",
        "indexing" => "{ indexing { position } }",
        "matching" => "{ matching { position } }",
        "webhooks" or "digests" => $"{{ {field}(enterpriseId: \"{callers.FirmId}\") {{ totalCount }} }}",
        "needFeeds" => $"{{ needFeeds(needId: \"{callers.Needs["PUBLIC OPEN"]}\") {{ id }} }}",
        _ => $"{{ {field} {{ totalCount }} }}",
    };

    private async Task<string?> RefusedAsync(string caller, string mutation, object input)
    {
        var type = char.ToUpperInvariant(mutation[0]) + mutation[1..] + "Input";
        var answer = await callers.AskAsync(caller, $"mutation($i: {type}!) {{ {mutation}(input: $i) {{ errors {{ __typename }} }} }}", new { i = input });
        return Code(answer) ?? (string?)answer["data"]![mutation]!["errors"]?[0]!["__typename"];
    }

    private static string? Code(JsonObject answer) => (string?)answer["errors"]?[0]!["extensions"]!["code"];

    private async Task<JsonObject> DataAsync(string caller, string query, object? variables = null)
    {
        var answer = await callers.AskAsync(caller, query, variables);
        Assert.True(answer["errors"] is null, $"{caller}: {query}: {answer["errors"]?.ToJsonString()}");
        return answer["data"]!.AsObject();
    }

    /// <summary>All fields of a type: scalars as they are, objects by their name, without what needs an argument.</summary>
    private async Task<string> SelectionAsync(string type)
    {
        var fields = (await DataAsync(Callers.Administrator, $"{{ __type(name: \"{type}\") {{ fields {{ name type {{ kind ofType {{ kind ofType {{ kind ofType {{ kind }} }} }} }} }} }} }}"))["__type"]!["fields"]!.AsArray();
        return string.Join(' ', fields.Where(f => (string)f!["name"]! != "matches").Select(f => IsObject(f!["type"]!) ? $"{f["name"]} {{ __typename }}" : (string)f["name"]!));
    }

    private static bool IsObject(JsonNode type) => (string)type["kind"]! == "OBJECT" || (type["ofType"] is { } inner && IsObject(inner));

    private static bool IsPlain(string type) => type.StartsWith("__", StringComparison.Ordinal) || type == "PageInfo"
        || type.EndsWith("Connection", StringComparison.Ordinal) || type.EndsWith("Edge", StringComparison.Ordinal) || type.EndsWith("Payload", StringComparison.Ordinal) || type.EndsWith("Error", StringComparison.Ordinal);

    private static Dictionary<string, string> Table(string text) => text.Split('\n')
        .SelectMany(line => line.Split(": ") is [var head, var fields] && head.Split(' ') is [var type, var whom] ? fields.Split(' ').Select(field => ($"{type}.{field}", whom)) : throw new ArgumentException(line))
        .ToDictionary(pair => pair.Item1, pair => pair.whom);
}
