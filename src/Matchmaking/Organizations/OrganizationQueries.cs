using GraphQL;
using GraphQL.Types;
using Matchmaking.Api;

namespace Matchmaking.Organizations;

/// <summary>How institutions and enterprises are found.</summary>
internal static class OrganizationQueries
{
    public static void AddTo(ObjectGraphType query, Connections connections)
    {
        connections.Field(query, "institutions", "All institutions (高校、科研机构列表).", InstitutionType.Filterable);
        query.Field<InstitutionType>("institution").Description("An institution by its id; null where there is none (高校、科研机构).")
            .Argument<NonNullGraphType<IdGraphType>>("id", "The institution's id (标识).")
            .Resolve(c => c.Get<Batches>().ById<Institution>().Load(Ids.Decode(c.GetArgument<string>("id"), "Institution", "id")));
        query.Field<EnterpriseType>("enterprise").Description("An enterprise by its id; null where there is none (中小企业).")
            .Argument<NonNullGraphType<IdGraphType>>("id", "The enterprise's id (标识).")
            .Resolve(c => c.Get<Batches>().ById<Enterprise>().Load(Ids.Decode(c.GetArgument<string>("id"), "Enterprise", "id")));
    }
}
