using System.Linq.Expressions;
using Matchmaking.Access.Auditing;
using Matchmaking.Deliveries;
using Matchmaking.Needs;
using Matchmaking.Organizations;
using Matchmaking.Recommendations;
using Matchmaking.Store;
using Row = System.Linq.Expressions.LambdaExpression;

namespace Matchmaking.Access;

/// <summary>All rights on one page: which rows there are for a viewer, which values of them, and who may use which member of the schema.</summary>
/// <remarks>The rows' rules are part of each statement that reads them (<see cref="RowRights"/>), whoever writes it; the values' rules stand in
/// the place of the column wherever it is read, compared or sorted by (<see cref="Guards"/>); the members' rules stand before the resolvers
/// (<see cref="MemberRights"/>). A member of the schema that isn't named here doesn't start.</remarks>
internal static class Rights
{
    // ---------------------------------------------------------------- rows: to others they don't exist

    /// <summary>A need: its firm's, those invited, and what is given out to everybody while it looks; drafts and confidential ones are nobody else's.</summary>
    public static readonly Expression<Func<StoreContext, Need, bool>> NeedRows = (store, need) =>
        store.Viewer.SeesAll
        || need.EnterpriseId == store.Viewer.EnterpriseId
        || (need.Visibility != NeedVisibility.Confidential && need.Status != NeedStatus.Draft && (need.Status == NeedStatus.Open || store.Viewer.SeesEnded))
        || store.NeedInvitations.Any(i => i.NeedId == need.Id);

    /// <summary>An invitation: who is invited, and whose need it is.</summary>
    public static readonly Expression<Func<StoreContext, NeedInvitation, bool>> InvitationRows = (store, i) =>
        store.Viewer.SeesAll || i.InstitutionId == store.Viewer.InstitutionId || i.Agency == store.Viewer.Agency || i.EnterpriseId == store.Viewer.EnterpriseId;

    /// <summary>An enterprise: itself, the authority of its province, and whoever sees a need that names it.</summary>
    public static readonly Expression<Func<StoreContext, Enterprise, bool>> EnterpriseRows = (store, enterprise) =>
        store.Viewer.SeesAll || store.Viewer.SeesAllFirms
        || enterprise.Id == store.Viewer.EnterpriseId
        || enterprise.Province == store.Viewer.Province
        || store.Needs.Any(need => need.EnterpriseId == enterprise.Id && (need.Visibility == NeedVisibility.Public
            || store.NeedInvitations.Any(i => i.NeedId == need.Id)));

    /// <summary>A recommendation: for the firm whose need it is, for the holder of the patent who may see the need, and for those the need invites.</summary>
    public static readonly Expression<Func<StoreContext, Recommendation, bool>> RecommendationRows = (store, told) =>
        store.Viewer.SeesAll
        || store.Needs.Any(need => need.Id == told.NeedId && (need.EnterpriseId == store.Viewer.EnterpriseId
            || store.Patents.Any(patent => patent.Id == told.PatentId && patent.HolderId == store.Viewer.InstitutionId)
            || store.NeedInvitations.Any(i => i.NeedId == need.Id)));

    /// <summary>The same of a recommendation that has just come in, for whoever follows; null where only the store knows.</summary>
    public static bool? MayHear(Viewer viewer, Guid? enterprise, Guid? holder, bool isGivenOut, bool invitesAny) =>
        viewer.SeesAll || (enterprise is { } firm && firm != Guid.Empty && firm == viewer.EnterpriseId) ? true
        : invitesAny && (viewer.InstitutionId != default || viewer.Agency.Length > 0) ? null
        : isGivenOut && holder is { } institution && institution != Guid.Empty && institution == viewer.InstitutionId;

    /// <summary>What is told outside, and what became of it: whose it is.</summary>
    public static readonly Expression<Func<StoreContext, Webhook, bool>> WebhookRows = (store, webhook) =>
        store.Viewer.SeesAll || webhook.EnterpriseId == store.Viewer.EnterpriseId || webhook.InstitutionId == store.Viewer.InstitutionId;

    /// <inheritdoc cref="WebhookRows"/>
    public static readonly Expression<Func<StoreContext, Delivery, bool>> DeliveryRows = (store, delivery) => store.Webhooks.Any(webhook => webhook.Id == delivery.WebhookId);

    /// <inheritdoc cref="WebhookRows"/>
    public static readonly Expression<Func<StoreContext, Digest, bool>> DigestRows = (store, digest) =>
        store.Viewer.SeesAll || digest.EnterpriseId == store.Viewer.EnterpriseId || digest.InstitutionId == store.Viewer.InstitutionId;

    /// <inheritdoc cref="WebhookRows"/>
    public static readonly Expression<Func<StoreContext, NeedFeed, bool>> FeedRows = (store, feed) =>
        store.Viewer.SeesAll || store.Needs.Any(need => need.Id == feed.NeedId && need.EnterpriseId == store.Viewer.EnterpriseId);

    /// <summary>The audit trail: an authority reads what concerns the firms of its province, and nothing of what is confidential.</summary>
    public static readonly Expression<Func<StoreContext, AuditEntry, bool>> AuditRows = (store, entry) =>
        store.Viewer.SeesAll || (!entry.IsConfidential && (store.Viewer.SeesAllFirms || entry.Province == store.Viewer.Province));

    // ---------------------------------------------------------------- values: unknown to others, also where they filter and sort

    /// <summary>Who learns whose need it is: everybody of a public one, else the firm, its authority and those invited.</summary>
    public static readonly Expression<Func<StoreContext, Need, bool>> KnowsFirm = (store, need) =>
        store.Viewer.SeesAll || store.Viewer.SeesAllFirms
        || need.Visibility == NeedVisibility.Public
        || need.EnterpriseId == store.Viewer.EnterpriseId
        || store.Enterprises.Any(firm => firm.Id == need.EnterpriseId && firm.Province == store.Viewer.Province)
        || store.NeedInvitations.Any(i => i.NeedId == need.Id);

    /// <summary>Who learns what a firm could pay: itself, its authority, those invited, and agencies.</summary>
    public static readonly Expression<Func<StoreContext, Need, bool>> KnowsBudget = (store, need) =>
        store.Viewer.SeesAll || store.Viewer.SeesAllFirms || store.Viewer.SeesBudgets
        || need.EnterpriseId == store.Viewer.EnterpriseId
        || store.Enterprises.Any(firm => firm.Id == need.EnterpriseId && firm.Province == store.Viewer.Province)
        || store.NeedInvitations.Any(i => i.NeedId == need.Id);

    /// <summary>Who learns a firm's figures: itself and its authority.</summary>
    public static readonly Expression<Func<StoreContext, Enterprise, bool>> KnowsFigures = (store, enterprise) =>
        store.Viewer.SeesAll || store.Viewer.SeesAllFirms || enterprise.Id == store.Viewer.EnterpriseId || enterprise.Province == store.Viewer.Province;

    /// <summary>The columns that not everybody who sees the row may read.</summary>
    public static readonly IReadOnlyDictionary<(Type, string), Row> Values = new Dictionary<(Type, string), Row>
    {
        [(typeof(Need), nameof(Need.EnterpriseId))] = KnowsFirm,
        [(typeof(Need), nameof(Need.Enterprise))] = KnowsFirm,
        [(typeof(Need), nameof(Need.Budget))] = KnowsBudget,
        [(typeof(Enterprise), nameof(Enterprise.Employees))] = KnowsFigures,
        [(typeof(Enterprise), nameof(Enterprise.Revenue))] = KnowsFigures,
        [(typeof(Enterprise), nameof(Enterprise.TotalAssets))] = KnowsFigures,
    };

    // ---------------------------------------------------------------- members of the schema

    /// <summary>Who may use which member; what a row holds of it is said above.</summary>
    public static readonly IReadOnlyDictionary<string, Allowed> Members = new MemberTable
    {
        { Allowed.Everybody, "Query: node nodes patent patentByNumber patents searchPatents institution institutions need needs enterprise match tryNeed me" },
        { Allowed.InboxOwners, "Query: recommendations" },
        { Allowed.Owners, "Query: webhooks digests" },
        { Allowed.Enterprises, "Query: needFeeds" },
        // The feed moves with what is confidential, too.
        { Allowed.Supervisors, "Query: auditTrail indexing matching" },
        { Allowed.Supervisors, "Subscription: indexAdvanced" },
        { Allowed.InboxOwners, "Subscription: recommendationAdded" },
        { Allowed.Institutions, "Subscription: needMatched" },
        { Allowed.Enterprises, "Mutation: createNeed updateNeed closeNeed inviteToNeed withdrawInvitation answerRecommendation" },
        { Allowed.Owners, "Mutation: createWebhook updateWebhook deleteWebhook rotateWebhookSecret pingWebhook replayDelivery discardDelivery createDigest updateDigest deleteDigest" },
        { Allowed.Enterprises, "Mutation: createNeedFeed rotateNeedFeed deleteNeedFeed" },
        { Allowed.Institutions, "Mutation: publishPatent updatePatent withdrawPatent" },

        { Allowed.Everybody, "Patent: id applicationNumber publicationNumber kind title abstract claims ipcCodes keywords holder coHolders filedOn publishedOn grantedOn expiresOn" },
        { Allowed.Everybody, "Patent: legalStatus legalStatusOn readiness prospect transferModes openLicense createdAt updatedAt publications legalEvents matches similar technicalFields" },
        // Names of persons, and what a holder asks for, are for those who are known themselves.
        { Allowed.SignedIn, "Patent: inventors askingPrice" },
        { Allowed.Everybody, "Publication: number on" },
        { Allowed.Everybody, "LegalEvent: on text" },
        { Allowed.Everybody, "OpenLicense: feeBasis fixedFee royaltyRate declaredOn" },
        { Allowed.Everybody, "Institution: id code name kind province city createdAt updatedAt patents" },
        { Allowed.Everybody, "Enterprise: id creditCode name province city industryCode employees revenue totalAssets size qualifications createdAt updatedAt needs" },
        { Allowed.Everybody, "Need: id title description keywords enterprise status visibility industryCode ipcHints acceptedModes budget minReadiness provinces deadline createdAt updatedAt matches invitations technicalFields" },
        { Allowed.InboxOwners, "NeedInvitation: institution agency createdAt" },
        { Allowed.Everybody, "TechnicalField: ipc title share origin" },
        { Allowed.Everybody, "Match: patent need score rank explanation" },
        { Allowed.Everybody, "MatchExplanation: components matchedTerms gates summary requirements" },
        { Allowed.Everybody, "Requirement: text coverage found figures" },
        { Allowed.Everybody, "Figure: needed found verdict" },
        { Allowed.Everybody, "ScoreComponent: name points detail" },
        { Allowed.Everybody, "MatchedTerm: term weight needText patentText" },
        { Allowed.Everybody, "Gate: name verdict reason" },
        { Allowed.InboxOwners, "Recommendation: id cursor match score reason state feedback adjustment siblings createdAt updatedAt" },
        { Allowed.InboxOwners, "Feedback: verdict reason comment givenAt" },
        { Allowed.InboxOwners, "Adjustment: components points" },
        { Allowed.InboxOwners, "AdjustmentComponent: name points detail" },
        { Allowed.Owners, "Webhook: id enterpriseId institutionId needId url description isPaused formerSecretUntil failures succeededAt nextAttemptAt cursor deliveries createdAt updatedAt" },
        { Allowed.Owners, "WebhookRegistration: webhook secret" },
        { Allowed.Owners, "Delivery: id recommendationId recommendation state isReplay attempts nextAttemptAt giveUpAt lastStatus lastFault lastTook createdAt updatedAt" },
        { Allowed.Owners, "Digest: id enterpriseId institutionId address frequency unsubscribedAt dueAt sentAt failures createdAt updatedAt" },
        { Allowed.Enterprises, "NeedFeed: id needId description createdAt updatedAt" },
        { Allowed.Enterprises, "NeedFeedRegistration: feed url" },
        { Allowed.Everybody, "PatentSearchHit: patent score highlights" },
        { Allowed.Everybody, "Highlight: field fragments" },
        { Allowed.Everybody, "Facet: name values" },
        { Allowed.Everybody, "FacetValue: value label count" },
        { Allowed.Everybody, "Viewer: name roles province institution enterprise until" },
        { Allowed.Supervisors, "IndexAdvance: position lag at cursor" },
        { Allowed.Supervisors, "MatchingStatus: position head lag lagSeconds inbox waiting nodes" },
        { Allowed.Supervisors, "MatchingNode: name turns changes recommendations busyMilliseconds indexPosition seenAt" },
        { Allowed.Supervisors, "AuditEntry: id at actor roles tokenId address requestId action kind entityId province before after hash" },
    };
}
