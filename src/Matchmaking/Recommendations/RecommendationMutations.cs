using GraphQL;
using GraphQL.Types;
using Matchmaking.Access;
using Matchmaking.Api;
using Matchmaking.Store;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Recommendations;

/// <summary>What is said to a recommendation (答复推荐).</summary>
internal sealed class AnswerRecommendationInput
{
    /// <summary>The recommendation (推荐标识).</summary>
    [Id]
    public required string RecommendationId { get; set; }

    /// <summary>SEEN, INTERESTED or DECLINED; SEEN doesn't undo an answer (结论).</summary>
    public RecommendationState Verdict { get; set; }

    /// <summary>Why it is declined; needed for DECLINED, and only there (不考虑的原因).</summary>
    public DeclineReason? Reason { get; set; }

    /// <summary>What else there is to say, at most 2,000 characters; not with SEEN (备注).</summary>
    public string? Comment { get; set; }

    /// <summary>The recommendation's updatedAt as the caller read it; a stale one is refused (并发控制).</summary>
    public DateTime? IfUnmodifiedSince { get; set; }
}

/// <summary>How recommendations are answered.</summary>
internal static class RecommendationMutations
{
    private const int MaxComment = 2000;

    public static void AddTo(ObjectGraphType mutation, Mutations mutations, RecommendationType recommendation, RefusalTypes refusals) =>
        mutations.Add<AnswerRecommendationInput, Recommendation>(mutation, "answerRecommendation",
            "Says that a recommendation was seen, is wanted or isn't; one may change one's mind, and the same again changes nothing (答复推荐).",
            "recommendation", recommendation, AnswerAsync, refusals.InvalidInput, refusals.NotFound, refusals.Conflict, refusals.WrongState);

    private static async Task<Recommendation> AnswerAsync(IResolveFieldContext context, AnswerRecommendationInput input)
    {
        await using var store = context.OpenStore();
        var key = Ids.Decode(input.RecommendationId, "Recommendation", "recommendationId");
        var recommendation = await store.Recommendations.AsTracking().SingleOrDefaultAsync(r => r.Id == key && r.Position != null, context.CancellationToken)
            ?? throw new RefusedException(new NotFoundError($"recommendationId: there is no recommendation '{Errors.Shorten(input.RecommendationId)}'.", "recommendationId"));
        var viewer = context.Get<Viewer>();
        if (!viewer.SeesAll && !await store.Needs.AnyAsync(n => n.Id == recommendation.NeedId && n.EnterpriseId == viewer.EnterpriseId, context.CancellationToken))
            throw MemberRights.Denied(viewer, "recommendationId: only the enterprise that has the need may answer.");
        Writing.RequireUnmodified(recommendation.UpdatedAt, input.IfUnmodifiedSince);
        var checks = new Checks();
        var comment = checks.Take("comment", input.Comment, MaxComment);
        checks.Require(input.Verdict != RecommendationState.Pushed, "verdict", "PUSHED", "SEEN, INTERESTED or DECLINED is expected");
        if (input.Verdict == RecommendationState.Declined)
            checks.Require(input.Reason is not null, "reason", null, "to decline needs a reason, for instance NOT_RELEVANT");
        else
            checks.Require(input.Reason is null, "reason", input.Reason, "only DECLINED has a reason");
        checks.Require(comment is null || input.Verdict != RecommendationState.Seen, "comment", input.Comment, "it goes with INTERESTED or DECLINED");
        if (recommendation.TakenBackAt is { } at)
            checks.Add(new WrongStateError($"recommendationId: it was taken back at {at:yyyy-MM-dd'T'HH:mm:ss.fff'Z'}, for the need or the patent has changed or ended.", "TAKEN_BACK"));
        checks.Done();
        Answer(recommendation, input.Verdict, input.Reason, comment, store.Now);
        if (input.Verdict != RecommendationState.Seen)
        {
            // What an answer about price, mode or readiness speaks of; null where the patent is gone.
            recommendation.Offer = await store.Patents.SingleOrDefaultAsync(p => p.Id == recommendation.PatentId, context.CancellationToken) is { } patent ? Offer.Of(patent) : null;
        }
        if (input.Reason == DeclineReason.AlreadySolved)
            await TakeBackAsync(store, recommendation, context.CancellationToken);
        await Writing.CommitAsync(context, store, recommendation, () => recommendation.UpdatedAt = Writing.After(store.Now, recommendation.UpdatedAt));
        return recommendation;
    }

    /// <summary>A need that is met hears no more, and not of what it hasn't looked at.</summary>
    private static async Task TakeBackAsync(StoreContext store, Recommendation answered, CancellationToken cancellation)
    {
        foreach (var other in await store.Recommendations.AsTracking()
            .Where(r => r.NeedId == answered.NeedId && r.Id != answered.Id && r.State == RecommendationState.Pushed && r.TakenBackAt == null).ToListAsync(cancellation))
            (other.TakenBackAt, other.UpdatedAt) = (store.Now, Writing.After(store.Now, other.UpdatedAt));
    }

    private static void Answer(Recommendation recommendation, RecommendationState verdict, DeclineReason? reason, string? comment, DateTime now)
    {
        if (verdict == RecommendationState.Seen)
        {
            if (recommendation.State == RecommendationState.Pushed)
                recommendation.State = RecommendationState.Seen;
            return;
        }
        if (recommendation.Feedback is { } given && (given.Verdict, given.Reason, given.Comment) == (verdict, reason, comment))
            return;
        recommendation.State = verdict;
        recommendation.Feedback = new Feedback { Verdict = verdict, Reason = reason, Comment = comment, GivenAt = now };
    }
}
