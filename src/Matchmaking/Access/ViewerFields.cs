using GraphQL;
using GraphQL.Types;
using Matchmaking.Api;
using Matchmaking.Organizations;

namespace Matchmaking.Access;

internal sealed class ViewerType : ObjectGraphType<Viewer>
{
    public ViewerType()
    {
        Name = "Viewer";
        Description = "Who asks, and what for (当前用户).";
        Field<NonNullGraphType<StringGraphType>>("name").Description("What the caller is called (名称).").Resolve(c => c.Source.Name);
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<EnumerationGraphType<Role>>>>>("roles").Description("What the caller may be (角色).").Resolve(c => c.Source.Roles);
        Field<StringGraphType>("province").Description("The province of an authority, 全国 for the whole nation; null for others (辖区).").Resolve(c => c.Source.Province is { Length: > 0 } province ? province : null);
        Field<InstitutionType>("institution").Description("The institution the caller speaks for; null where for none (所属机构).").Weighs(Costs.Asking)
            .Resolve(c => c.Source.InstitutionId == default ? null : c.Get<Batches>().ById<Institution>().Load(c.Source.InstitutionId));
        Field<EnterpriseType>("enterprise").Description("The enterprise the caller speaks for; null where for none (所属企业).").Weighs(Costs.Asking)
            .Resolve(c => c.Source.EnterpriseId == default ? null : c.Get<Batches>().ById<Enterprise>().Load(c.Source.EnterpriseId));
        Field<InstantType>("until").Description("When the caller's token ends; null without one (令牌到期时间).").Resolve(c => c.Source.Until?.UtcDateTime);
    }
}

internal static class ViewerQueries
{
    public static void AddTo(ObjectGraphType query) => query.Field<ViewerType>("me")
        .Description("Who the caller is to the service; without a token, anybody (当前用户).")
        .Resolve(c => c.Get<Viewer>());
}
