using Matchmaking.Api;

namespace Matchmaking.Organizations;

/// <summary>An institution on the wire.</summary>
internal sealed class InstitutionType : EntityType<Institution>
{
    /// <summary>What a list of institutions may be filtered and sorted by.</summary>
    public static readonly Filterable<Institution> Filterable = new Filterable<Institution>("Institution")
        .Add(i => i.Code).Add(i => i.Name).Add(i => i.Kind).Add(i => i.Province).Add(i => i.City).Add(i => i.CreatedAt).Add(i => i.UpdatedAt);

    protected override bool IsFetchedByColumns => true;

    public InstitutionType() : base(i => i.Id) => Description = "A university, research institute or hospital that holds patents (高校、科研机构).";
}
