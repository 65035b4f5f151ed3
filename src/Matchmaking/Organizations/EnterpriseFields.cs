using GraphQL.Types;
using Matchmaking.Api;

namespace Matchmaking.Organizations;

/// <summary>An enterprise on the wire.</summary>
internal sealed class EnterpriseType : EntityType<Enterprise>
{
    /// <summary>What a list of enterprises, or of their needs, may be filtered by.</summary>
    public static readonly Filterable<Enterprise> Filterable = new Filterable<Enterprise>("Enterprise")
        .Add(e => e.CreditCode).Add(e => e.Name).Add(e => e.Province).Add(e => e.City).Add(e => e.IndustryCode)
        .Add(e => e.Employees).Add(e => e.Revenue).Add(e => e.TotalAssets).Add(e => e.Qualifications).Add(e => e.CreatedAt).Add(e => e.UpdatedAt);

    public EnterpriseType() : base(e => e.Id, e => e.SourceId)
    {
        Description = "A small or medium enterprise that looks for technology (中小企业).";
        Field<EnumerationGraphType<EnterpriseSize>>("size").Description("Its size by staff, revenue and assets; null where a figure that decides is unknown (划型).")
            .Resolve(c => EnterpriseSizes.Of(c.Source));
    }
}
