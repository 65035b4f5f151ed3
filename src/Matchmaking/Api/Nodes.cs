using GraphQL;
using GraphQL.DataLoader;
using GraphQL.Types;
using Matchmaking.Needs;
using Matchmaking.Organizations;
using Matchmaking.Patents;
using Matchmaking.Recommendations;

namespace Matchmaking.Api;

/// <summary>Fetches anything that has an id.</summary>
internal static class Nodes
{
    public const int MaxIds = 100;

    /// <summary>The batch that finds the entities of each kind.</summary>
    private static readonly Dictionary<string, Func<Batches, Guid, IDataLoaderResult>> Kinds = new()
    {
        ["Patent"] = (batches, key) => PatentQueries.ById(batches).Load(key),
        ["Need"] = (batches, key) => batches.ById<Need>().Load(key),
        ["Institution"] = (batches, key) => batches.ById<Institution>().Load(key),
        ["Recommendation"] = RecommendationQueries.Load,
        ["Enterprise"] = (batches, key) => batches.ById<Enterprise>().Load(key),
    };

    public static void AddTo(ObjectGraphType query)
    {
        query.Field<NodeType>("node").Description("Anything by its id; null where there is none (节点).")
            .Argument<NonNullGraphType<IdGraphType>>("id", "The id (标识).")
            .Resolve(c => Load(c.Get<Batches>(), Decode(c.GetArgument<string>("id"), "id")));
        query.Field<NonNullGraphType<ListGraphType<NodeType>>>("nodes").Description($"Things by their ids, at most {MaxIds}, in the same order; null where there is none (节点列表).")
            .Argument<NonNullGraphType<ListGraphType<NonNullGraphType<IdGraphType>>>>("ids", "The ids (标识列表).")
            .Resolve(c =>
            {
                var ids = c.GetArgument<List<string>>("ids");
                if (ids.Count > MaxIds)
                    throw Errors.TooManyIds(ids.Count, MaxIds);
                var batches = c.Get<Batches>();
                // All are announced before the first is awaited.
                return ids.ConvertAll(id => Load(batches, Decode(id, "ids")));
            });
    }

    private static (string Type, Guid Key) Decode(string id, string argument)
    {
        var decoded = Ids.Decode(id, argument);
        return Kinds.ContainsKey(decoded.Type) ? decoded : throw Errors.BadId($"{argument}: there is no node of type '{Errors.Shorten(decoded.Type)}'.");
    }

    private static IDataLoaderResult Load(Batches batches, (string Type, Guid Key) id) => Kinds[id.Type](batches, id.Key);
}
