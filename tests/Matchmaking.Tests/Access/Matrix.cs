using System.Text.Json.Nodes;
using Xunit;

namespace Matchmaking.Tests.Access;

/// <summary>What is expected of every member of the schema for every kind of caller, over needs of every visibility and state.</summary>
[Collection(Name)]
public abstract class Matrix(Callers callers)
{
    public const string Name = "matrix of rights";

    protected Callers Callers => callers;

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
    protected static readonly string[] KnowFigures = ["firm", "authority", "nation", "administrator"];

    protected static readonly string[] Inboxes = ["firm", "neighbour", "stranger", "holder", "invited institution", "institution", "agency", "invited agency", "administrator"];
    protected static readonly string[] Firms = ["firm", "neighbour", "stranger", "administrator"];
    protected static readonly string[] Institutions = ["holder", "invited institution", "institution", "administrator"];
    protected static readonly string[] Supervisors = ["authority", "other authority", "nation", "administrator"];
    protected static readonly string[] SignedIn = [.. Callers.All.Except(["anybody"])];

    /// <summary>What is expected of each member: how it is asked for, and for whom it is.</summary>
    protected static readonly Dictionary<string, string> Expected = Table("""
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
        Need row: id title description keywords status visibility industryCode ipcHints acceptedModes minReadiness provinces deadline createdAt updatedAt matches technicalFields
        Need firm: enterprise
        Need budget: budget
        Need invitations: invitations
        Enterprise row: id creditCode name province city industryCode qualifications createdAt updatedAt
        Enterprise figures: employees revenue totalAssets size
        Enterprise needs: needs
        Patent everybody: id applicationNumber publicationNumber kind title abstract claims ipcCodes keywords holder coHolders filedOn publishedOn grantedOn expiresOn
        Patent everybody: legalStatus legalStatusOn readiness prospect transferModes openLicense createdAt updatedAt publications legalEvents similar technicalFields
        Patent matches: matches
        Patent signed-in: inventors askingPrice
        Institution everybody: id code name kind province city createdAt updatedAt patents
        Publication everybody: number on
        LegalEvent everybody: on text
        OpenLicense everybody: feeBasis fixedFee royaltyRate declaredOn
        NeedInvitation invitations: institution agency createdAt
        TechnicalField row: ipc title share origin
        Match row: patent need score rank explanation
        MatchExplanation row: components matchedTerms gates summary requirements
        Requirement row: text coverage found figures
        Figure row: needed found verdict
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

    public static TheoryData<string> EachCaller => [.. Callers.All];

    protected char Right(string caller, string need)
    {
        var (visibility, state) = need.Split(' ') is [var v, var s] ? (v, s) : throw new ArgumentException(need);
        return Seen[caller][Array.IndexOf(Callers.Visibilities, visibility) * 3 + Array.IndexOf(Callers.States, state)];
    }

    protected static string? Refusal(string caller, string[] whom) => whom.Contains(caller) ? null : caller == "anybody" ? "AUTH_NOT_AUTHENTICATED" : "AUTH_NOT_AUTHORIZED";

    protected static string[] Whom(string name) => name switch
    {
        "everybody" => Callers.All, "inboxes" => Inboxes, "supervisors" => Supervisors, "firms" => Firms, "institutions" => Institutions, "owners" => [.. Firms.Union(Institutions)],
        _ => throw new ArgumentException(name),
    };

    protected string Root(string field) => field switch
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

    protected async Task<string?> RefusedAsync(string caller, string mutation, object input)
    {
        var type = char.ToUpperInvariant(mutation[0]) + mutation[1..] + "Input";
        var answer = await callers.AskAsync(caller, $"mutation($i: {type}!) {{ {mutation}(input: $i) {{ errors {{ __typename }} }} }}", new { i = input });
        return Code(answer) ?? (string?)answer["data"]![mutation]!["errors"]?[0]!["__typename"];
    }

    protected static string? Code(JsonObject answer) => (string?)answer["errors"]?[0]!["extensions"]!["code"];

    protected async Task<JsonObject> DataAsync(string caller, string query, object? variables = null)
    {
        var answer = await callers.AskAsync(caller, query, variables);
        Assert.True(answer["errors"] is null, $"{caller}: {query}: {answer["errors"]?.ToJsonString()}");
        return answer["data"]!.AsObject();
    }

    /// <summary>All fields of a type: scalars as they are, objects by their name, without what needs an argument.</summary>
    protected async Task<string> SelectionAsync(string type)
    {
        var fields = (await DataAsync(Callers.Administrator, $"{{ __type(name: \"{type}\") {{ fields {{ name type {{ kind ofType {{ kind ofType {{ kind ofType {{ kind }} }} }} }} }} }} }}"))["__type"]!["fields"]!.AsArray();
        return string.Join(' ', fields.Where(f => (string)f!["name"]! != "matches").Select(f => IsObject(f!["type"]!) ? $"{f["name"]} {{ __typename }}" : (string)f["name"]!));
    }

    private static bool IsObject(JsonNode type) => (string)type["kind"]! == "OBJECT" || (type["ofType"] is { } inner && IsObject(inner));

    protected static bool IsPlain(string type) => type.StartsWith("__", StringComparison.Ordinal) || type == "PageInfo"
        || type.EndsWith("Connection", StringComparison.Ordinal) || type.EndsWith("Edge", StringComparison.Ordinal) || type.EndsWith("Payload", StringComparison.Ordinal) || type.EndsWith("Error", StringComparison.Ordinal);

    private static Dictionary<string, string> Table(string text) => text.Split('\n')
        .SelectMany(line => line.Split(": ") is [var head, var fields] && head.Split(' ') is [var type, var whom] ? fields.Split(' ').Select(field => ($"{type}.{field}", whom)) : throw new ArgumentException(line))
        .ToDictionary(pair => pair.Item1, pair => pair.whom);
}

/// <summary>One service for all tests of the matrix, which change nothing in it.</summary>
[CollectionDefinition(Matrix.Name)]
public sealed class MatrixOfRights : ICollectionFixture<Callers>;
