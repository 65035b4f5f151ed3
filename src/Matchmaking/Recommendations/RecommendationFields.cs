using GraphQL.Types;
using Matchmaking.Access;
using Matchmaking.Api;
using Matchmaking.Matches;
using Matchmaking.Store;

namespace Matchmaking.Recommendations;

/// <summary>A recommendation on the wire.</summary>
internal sealed class RecommendationType : EntityType<Recommendation>
{
    /// <summary>What the inbox may be filtered by.</summary>
    public static readonly Filterable<Recommendation> Filterable = new Filterable<Recommendation>("Recommendation")
        .Add(r => r.State).Add(r => r.Reason).Add(r => r.Score).Add(r => r.CreatedAt).Add(r => r.UpdatedAt);

    public RecommendationType() : base(
        r => r.Id, r => r.NeedId, r => r.PatentId, r => r.NeedVersion, r => r.PatentVersion, r => r.Family, r => r.Filing, r => r.BehindId, r => r.Offer, r => r.Position, r => r.TakenBackAt, r => r.IsUnseen)
    {
        Description = "A match that was told to both sides: this patent could serve that need (推荐).";
        Field<NonNullGraphType<StringGraphType>>("cursor").Description("Its place in the inbox; send it as after to go on behind it, be it in the list or live (游标).")
            .Resolve(c => Inbox.Cursor(c.Source));
        Field<NonNullGraphType<IntGraphType>>("siblings").Description("How many further patents of its family it stands for, which aren't recommended beside it (同族件数).").Weighs(Costs.Asking)
            .Resolve(c =>
            {
                var (stores, viewer) = (c.Get<StoreFactory>(), c.Get<Viewer>());
                return c.Get<Batches>().Get<Guid, int>("siblings", async (keys, cancellation) =>
                {
                    await using var store = stores.Open(viewer);
                    return await Families.CountAsync(store, keys, cancellation);
                }).Load(c.Source.Id);
            });
        Field<NonNullGraphType<Matches.MatchType>>("match").Description("The match as it stands today (匹配).")
            .Resolve(c => new Then<Match, Match>(c.Get<Matcher>().Pair(c.Source.NeedId, c.Source.PatentId, c), match => match ?? throw Errors.Gone("match: the need or the patent was removed.")));
    }
}

internal sealed class AdjustmentType : ValueType<Adjustment>
{
    public AdjustmentType()
    {
        Name = "Adjustment";
        Description = "What a need's former answers change about what is recommended to it next; the score isn't changed (反馈调整).";
    }
}

internal sealed class AdjustmentComponentType : ValueType<AdjustmentComponent>
{
    public AdjustmentComponentType()
    {
        Name = "AdjustmentComponent";
        Description = "What one kind of answer contributes (调整构成).";
    }
}

internal sealed class FeedbackType : ValueType<Feedback>
{
    public FeedbackType()
    {
        Name = "Feedback";
        Description = "What was answered to a recommendation (反馈).";
    }
}
