using GraphQL;
using GraphQL.Types;
using Matchmaking.Needs;
using Matchmaking.Organizations;
using Matchmaking.Patents;
using Matchmaking.Recommendations;
using Matchmaking.Store;

namespace Matchmaking.Api;

/// <summary>Fetches anything that has an id.</summary>
internal static class Nodes
{
    public const int MaxIds = 100;

    private delegate Task<object?> Find(StoreFactory stores, Batches batches, Guid key, CancellationToken cancellation);

    private static readonly Dictionary<string, Find> Kinds = new()
    {
        ["Patent"] = async (stores, batches, key, cancellation) => await PatentQueries.FindAsync(stores, batches.ById<Patent>(), key, cancellation),
        ["Need"] = async (_, batches, key, cancellation) => await batches.ById<Need>().GetAsync(key, cancellation),
        ["Institution"] = async (_, batches, key, cancellation) => await batches.ById<Institution>().GetAsync(key, cancellation),
        ["Recommendation"] = async (_, batches, key, cancellation) => await RecommendationQueries.FindAsync(batches, key, cancellation),
        ["Enterprise"] = async (_, batches, key, cancellation) => await batches.ById<Enterprise>().GetAsync(key, cancellation),
    };

    public static void AddTo(ObjectGraphType query)
    {
        query.Field<NodeType>("node").Description("Anything by its id; null where there is none (节点).")
            .Argument<NonNullGraphType<IdGraphType>>("id", "The id (标识).")
            .ResolveAsync(async c => await FindAsync(c, Decode(c.GetArgument<string>("id"), "id")));
        query.Field<NonNullGraphType<ListGraphType<NodeType>>>("nodes").Description($"Things by their ids, at most {MaxIds}, in the same order; null where there is none (节点列表).")
            .Argument<NonNullGraphType<ListGraphType<NonNullGraphType<IdGraphType>>>>("ids", "The ids (标识列表).")
            .ResolveAsync(async c =>
            {
                var ids = c.GetArgument<List<string>>("ids");
                if (ids.Count > MaxIds)
                    throw Errors.TooManyIds(ids.Count, MaxIds);
                var keys = ids.Select(id => Decode(id, "ids")).ToList();
                var batches = c.Get<Batches>();
                foreach (var (type, key) in keys)
                    Announce(batches, type, key);
                var found = new List<object?>(keys.Count);
                foreach (var each in keys)
                    found.Add(await FindAsync(c, each));
                return found;
            });
    }

    private static (string Type, Guid Key) Decode(string id, string argument)
    {
        var decoded = Ids.Decode(id, argument);
        return Kinds.ContainsKey(decoded.Type) ? decoded : throw Errors.BadId($"{argument}: there is no node of type '{Errors.Shorten(decoded.Type)}'.");
    }

    private static Task<object?> FindAsync(IResolveFieldContext context, (string Type, Guid Key) id) =>
        Kinds[id.Type](context.Get<StoreFactory>(), context.Get<Batches>(), id.Key, context.CancellationToken);

    /// <summary>Puts the key into its batch, so that the first one awaited fetches them all.</summary>
    private static void Announce(Batches batches, string type, Guid key) => _ = type switch
    {
        "Patent" => (object)batches.ById<Patent>().Load(key),
        "Need" => batches.ById<Need>().Load(key),
        "Recommendation" => batches.ById<Recommendation>().Load(key),
        "Institution" => batches.ById<Institution>().Load(key),
        _ => batches.ById<Enterprise>().Load(key),
    };
}
