using Xunit;

namespace Matchmaking.Tests.Access;

/// <summary>The matrix leaves no member of the schema out, and nobody asks or changes what isn't theirs.</summary>
public sealed class MatrixTests(Callers callers) : Matrix(callers)
{
    [Fact]
    public async Task Every_member_of_the_schema_has_an_expectation()
    {
        var types = (await Callers.AskAsync(Callers.Administrator, "{ __schema { types { kind name fields { name } } } }"))["data"]!["__schema"]!["types"]!.AsArray();
        var members = types.Where(t => (string)t!["kind"]! == "OBJECT" && !IsPlain((string)t["name"]!)).SelectMany(t => t!["fields"]!.AsArray().Select(f => $"{t["name"]}.{f!["name"]}"));
        Assert.Equal(Expected.Keys.Order(StringComparer.Ordinal), members.Order(StringComparer.Ordinal));
    }

    [Theory, MemberData(nameof(EachCaller))]
    public async Task Roots_are_refused_to_whom_they_are_not_for(string caller)
    {
        foreach (var (member, whom) in Expected.Where(e => e.Key.StartsWith("Query.", StringComparison.Ordinal)))
        {
            // What is told outside is listed by its owner, who is the firm here; to other owners it doesn't exist.
            var others = member is "Query.webhooks" or "Query.digests" or "Query.needFeeds" && caller is not ("firm" or "administrator") ? "BAD_ID" : null;
            Assert.Equal((member, Refusal(caller, Whom(whom)) ?? others), (member, Code(await Callers.AskAsync(caller, Root(member["Query.".Length..])))));
        }
    }

    [Theory, MemberData(nameof(EachCaller))]
    public async Task Nobody_changes_what_is_another_s(string caller)
    {
        foreach (var (name, id) in Callers.Needs)
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
        Assert.Equal(own ?? "InvalidInputError", await RefusedAsync(caller, "createNeed", new { enterpriseId = Callers.FirmId, title = "", description = "" }));
        foreach (var (patent, holder) in ((string, string)[])[(Callers.PatentId, "holder"), (Callers.OtherPatentId, "institution")])
        {
            var expected = caller == holder || caller == "administrator" ? "ConflictError" : Institutions.Contains(caller) ? "AUTH_NOT_AUTHORIZED" : Refusal(caller, Institutions);
            Assert.Equal(expected, await RefusedAsync(caller, "updatePatent", new { id = patent, title = "x", ifUnmodifiedSince = "2020-01-01T00:00:00Z" }));
            Assert.Equal(expected, await RefusedAsync(caller, "withdrawPatent", new { id = patent, ifUnmodifiedSince = "2020-01-01T00:00:00Z" }));
        }
        var published = caller is "holder" or "administrator" ? "InvalidInputError" : Institutions.Contains(caller) ? "AUTH_NOT_AUTHORIZED" : Refusal(caller, Institutions);
        Assert.Equal(published, await RefusedAsync(caller, "publishPatent", new { holderId = Callers.HolderId, title = "x", applicationNumber = "CN201710117081.3" }));
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
                ("createWebhook", new { enterpriseId = Callers.FirmId, url = "nowhere" }, ["firm"], owners),
                ("createWebhook", new { institutionId = Callers.HolderId, url = "nowhere" }, ["holder"], owners),
                ("createDigest", new { enterpriseId = Callers.FirmId, address = "nowhere", frequency = "DAILY" }, ["firm"], owners),
                ("createDigest", new { institutionId = Callers.HolderId, address = "nowhere", frequency = "DAILY" }, ["holder"], owners),
            ])
        {
            // Without a mail server there are no digests for anybody.
            var expected = mutation == "createDigest" && whom.Contains(caller) ? "WrongStateError" : own.Contains(caller) || caller == "administrator" ? "InvalidInputError" : whom.Contains(caller) ? "NotFoundError" : Refusal(caller, whom);
            Assert.Equal((mutation, expected), (mutation, await RefusedAsync(caller, mutation, input)));
        }
    }
}
