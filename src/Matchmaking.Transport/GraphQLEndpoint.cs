using GraphQL;
using Matchmaking.Transport.Subscriptions;
using Matchmaking.Transport.WebSockets;
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
    /// 200 to whatever is well-formed. On the same path, sockets speak <c>graphql-transport-ws</c>, and who accepts <c>text/event-stream</c>
    /// gets server-sent events in distinct connections.</remarks>
    /// <exception cref="InvalidOptionException">The persisted documents can't be read.</exception>
    public static IEndpointConventionBuilder MapGraphQL(this IEndpointRouteBuilder endpoints, string path, GraphQLOptions options)
    {
        var execution = new Execution(options);
        var open = new OpenConnections(options.Streams.MaxConnections);
        var http = new HttpHandler(options, execution, open);
        var sockets = new SocketHandler(options, execution, open);
        return endpoints.Map(path, endpoints.CreateApplicationBuilder().UseWebSockets()
            .Use(_ => context => context.WebSockets.IsWebSocketRequest ? sockets.HandleAsync(context) : http.HandleAsync(context)).Build());
    }
}
