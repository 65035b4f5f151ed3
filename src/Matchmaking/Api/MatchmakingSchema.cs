using GraphQL.Types;
using Matchmaking.Access;
using Matchmaking.Access.Auditing;
using Matchmaking.Deliveries;
using Matchmaking.Indexing;
using Matchmaking.Matches;
using Matchmaking.Needs;
using Matchmaking.Organizations;
using Matchmaking.Patents;
using Matchmaking.Recommendations;

namespace Matchmaking.Api;

/// <summary>The schema: what can be asked and done, a line a slice.</summary>
internal sealed class MatchmakingSchema : Schema
{
    public MatchmakingSchema(IServiceProvider services) : base(services)
    {
        RegisterTypeMapping(typeof(DateOnly), typeof(LocalDateType));
        RegisterTypeMapping(typeof(DateTime), typeof(InstantType));
        RegisterTypeMapping(typeof(long), typeof(LongType));
        RegisterTypeMapping(typeof(decimal), typeof(DecimalType));
        RegisterTypeMapping(typeof(OpenLicenseInput), typeof(InputType<OpenLicenseInput>));
        foreach (var type in typeof(MatchmakingSchema).Assembly.GetTypes().Where(t => !t.IsAbstract && !t.ContainsGenericParameters))
        {
            if (ValueOf(type) is { } value)
                RegisterTypeMapping(value, type);
        }
        var connections = services.GetRequiredService<Connections>();
        var query = new ObjectGraphType { Name = "Query", Description = "What can be asked (查询)." };
        Nodes.AddTo(query);
        PatentQueries.AddTo(query, connections, services.GetRequiredService<InstitutionType>());
        PatentSearch.AddTo(query, connections, services.GetRequiredService<FilterTypes>());
        OrganizationQueries.AddTo(query, connections);
        NeedQueries.AddTo(query, connections, services.GetRequiredService<EnterpriseType>());
        MatchQueries.AddTo(query, connections, services.GetRequiredService<NeedType>(), services.GetRequiredService<PatentType>(), services.GetRequiredService<MatchFilterInputType>());
        RegisterType(typeof(PatentSearchHitType));
        RegisterType(typeof(AuditEntryType));
        RecommendationQueries.AddTo(query, connections, services.GetRequiredService<FilterTypes>());
        DeliveryQueries.AddTo(query, connections, services.GetRequiredService<FilterTypes>());
        ViewerQueries.AddTo(query);
        IndexingQueries.AddTo(query);
        AuditQueries.AddTo(query, connections, services.GetRequiredService<FilterTypes>());
        MatchingQueries.AddTo(query);
        Weigh(query);
        Query = query;

        var mutation = new ObjectGraphType { Name = "Mutation", Description = "What can be done (变更)." };
        var mutations = services.GetRequiredService<Mutations>();
        var refusals = services.GetRequiredService<RefusalTypes>();
        NeedMutations.AddTo(mutation, mutations, services.GetRequiredService<NeedType>(), refusals);
        PatentMutations.AddTo(mutation, mutations, services.GetRequiredService<PatentType>(), refusals);
        RecommendationMutations.AddTo(mutation, mutations, services.GetRequiredService<RecommendationType>(), refusals);
        WebhookMutations.AddTo(mutation, mutations, services.GetRequiredService<WebhookType>(), services.GetRequiredService<WebhookRegistrationType>(), services.GetRequiredService<DeliveryType>(), refusals);
        DigestMutations.AddTo(mutation, mutations, services.GetRequiredService<DigestType>(), refusals);
        FeedMutations.AddTo(mutation, mutations, services.GetRequiredService<NeedFeedType>(), services.GetRequiredService<NeedFeedRegistrationType>(), refusals);
        Weigh(mutation);
        Mutation = mutation;

        var subscription = new ObjectGraphType { Name = "Subscription", Description = "What can be followed (订阅)." };
        IndexingQueries.AddToFollow(subscription);
        RecommendationQueries.AddToFollow(subscription);
        Weigh(subscription);
        Subscription = subscription;
    }

    /// <summary>Puts the rights before the resolvers, once all types are there.</summary>
    protected override void Validate()
    {
        base.Validate();
        MemberRights.Apply(this);
    }

    /// <remarks>What tools ask of arguments they also ask of those of directives; GraphQL.NET knows it of the former only.</remarks>
    protected override SchemaTypes CreateSchemaTypes()
    {
        var types = base.CreateSchemaTypes();
        ((IObjectGraphType)types["__Directive"]!).Fields.Find("args")!.Arguments = new QueryArguments(new QueryArgument(types["Boolean"]!) { Name = "includeDeprecated", DefaultValue = false });
        return types;
    }

    // A field of a root asks the store or the index, whether or not it says so.
    private static void Weigh(ObjectGraphType root)
    {
        foreach (var field in root.Fields.Where(field => !field.IsWeighed()))
            field.Weighs(Costs.Asking);
    }

    private static Type? ValueOf(Type type)
    {
        for (var parent = type.BaseType; parent is not null; parent = parent.BaseType)
        {
            if (parent.IsGenericType && parent.GetGenericTypeDefinition() == typeof(AutoRegisteringObjectGraphType<>))
                return parent.GetGenericArguments()[0];
        }
        return null;
    }
}
