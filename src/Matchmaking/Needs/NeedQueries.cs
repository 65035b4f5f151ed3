using GraphQL;
using GraphQL.Types;
using Matchmaking.Api;
using Matchmaking.Organizations;

namespace Matchmaking.Needs;

/// <summary>How needs are found without full text.</summary>
internal static class NeedQueries
{
    public static void AddTo(ObjectGraphType query, Connections connections, EnterpriseType enterprise)
    {
        query.Field<NeedType>("need").Description("A need by its id; null where there is none (技术需求).")
            .Argument<NonNullGraphType<IdGraphType>>("id", "The need's id (标识).")
            .Resolve(c => c.Get<Batches>().ById<Need>().Load(Ids.Decode(c.GetArgument<string>("id"), "Need", "id")));
        connections.Field(query, "needs", "All needs (技术需求列表).", NeedType.Filterable);
        connections.Children(enterprise, "needs", "The needs it has (技术需求).", NeedType.Filterable, EnterpriseType.Filterable, e => e.Id, n => n.EnterpriseId);
    }
}
