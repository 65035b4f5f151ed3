using Matchmaking.Api;
using Matchmaking.Organizations;

namespace Matchmaking.Needs;

/// <summary>A need on the wire.</summary>
internal sealed class NeedType : EntityType<Need>
{
    /// <summary>What a list of needs may be filtered and sorted by.</summary>
    public static readonly Filterable<Need> Filterable = new Filterable<Need>("Need")
        .Add(n => n.Title).Add(n => n.Description).Add(n => n.Keywords).Add(n => n.Status).Add(n => n.Visibility).Add(n => n.IndustryCode)
        .Add(n => n.IpcHints).Add(n => n.AcceptedModes).Add(n => n.Budget).Add(n => n.MinReadiness).Add(n => n.Provinces).Add(n => n.Deadline)
        .Add(n => n.CreatedAt).Add(n => n.UpdatedAt)
        .Add(n => n.Enterprise, EnterpriseType.Filterable);

    public NeedType() : base(n => n.Id, n => n.EnterpriseId, n => n.Enterprise, n => n.SourceId, n => n.IdempotencyKey)
    {
        Description = "What an enterprise looks for, in its own words (技术需求).";
        // A look at what is confidential is noted, be it at its id alone.
        Fields.Find("id")!.Reading<Need>(nameof(Need.Visibility));
        Field<EnterpriseType>("enterprise").Description("The enterprise that has it; null where the source didn't say or the caller may not know (需求企业).").Weighs(Costs.Asking)
            .Resolve(c => c.Source.EnterpriseId is { } enterprise ? c.Get<Batches>().ById<Enterprise>().Load(enterprise) : null);
    }
}
