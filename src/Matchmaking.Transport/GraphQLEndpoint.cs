using GraphQL;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Matchmaking.Transport;

/// <summary>The door: GraphQL over HTTP on one path.</summary>
public static class GraphQLEndpoint
{
    /// <summary>Serves the schema that is registered, as the GraphQL-over-HTTP specification says.</summary>
    /// <remarks>POST takes a JSON object, GET takes queries only. Accept decides between
    /// <c>application/graphql-response+json</c>, whose status tells of request errors, and <c>application/json</c>, which answers
    /// 200 to whatever is well-formed.</remarks>
    /// <exception cref="InvalidOptionException">The persisted documents can't be read.</exception>
    public static IEndpointConventionBuilder MapGraphQL(this IEndpointRouteBuilder endpoints, string path, GraphQLOptions options)
    {
        var handler = new HttpHandler(options);
        return endpoints.Map(path, handler.HandleAsync);
    }
}
