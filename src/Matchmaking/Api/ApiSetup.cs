using System.Reflection;
using GraphQL;
using GraphQL.MicrosoftDI;
using GraphQL.Types;
using GraphQL.Validation;
using Matchmaking.Access;
using Matchmaking.Access.Auditing;
using Matchmaking.Matches;
using Matchmaking.Transport;
using Matchmaking.Transport.Subscriptions;

namespace Matchmaking.Api;

internal static class ApiSetup
{
    public static IServiceCollection AddApi(this IServiceCollection services)
    {
        GlobalSwitches.EnableReadDescriptionFromXmlDocumentation = true;
        // One instance of each graph type, so that a type named by its class and one named in another's constructor are the same.
        foreach (var type in Assembly.GetExecutingAssembly().GetTypes())
        {
            if (type is { IsAbstract: false, ContainsGenericParameters: false } && type.IsAssignableTo(typeof(IGraphType)))
                services.AddSingleton(type);
        }
        services.AddSingleton<FilterTypes>();
        services.AddSingleton<Connections>();
        services.AddHttpContextAccessor();
        services.AddScoped(provider => AccessSetup.Of(provider.GetRequiredService<IHttpContextAccessor>().HttpContext));
        services.AddScoped<Looks>();
        services.AddScoped<Batches>();
        services.AddSingleton<Mutations>();
        services.AddSingleton<RefusalTypes>();
        services.AddScoped<Matcher>();
        services.AddScoped<Explainer>();
        services.AddSingleton<IDocumentValidator, CostedValidator>();
        return services.AddGraphQL(graphql => graphql
            .AddAnswers()
            .AddPulledSubscriptions()
            // One code an error, as HotChocolate has it; the chain of inner codes is nobody's business.
            .AddErrorInfoProvider(errors => errors.ExposeCodes = false)
            .ConfigureExecution(CostReport.ReportAsync)
            .AddSelfActivatingSchema<MatchmakingSchema>());
    }
}
