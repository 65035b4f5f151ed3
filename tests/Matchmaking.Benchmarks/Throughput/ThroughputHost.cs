using GraphQL;
using GraphQL.SystemTextJson;
using GraphQL.Transport;
using GraphQL.Types;
using Matchmaking.Transport;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Matchmaking.Benchmarks.Throughput;

/// <summary>Twenty small objects without a database: behind our transport, or behind GraphQL.NET as it comes.</summary>
internal static class ThroughputHost
{
    public static async Task<int> RunAsync(string kind)
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddGraphQL(graphql => graphql
            .AddSchema(new ThingSchema())
            .AddAnswers());
        await using var app = builder.Build();
        if (kind == "bare")
            app.MapPost("/graphql", BareAsync);
        else
            app.MapGraphQL("/graphql", new GraphQLOptions());
        await app.StartAsync();
        Console.WriteLine($"listens on {app.Urls.First()}");
        await app.WaitForShutdownAsync();
        return 0;
    }

    private static async Task BareAsync(HttpContext context, IDocumentExecuter executer, ISchema schema, IGraphQLSerializer serializer)
    {
        var request = await serializer.ReadAsync<GraphQLRequest>(context.Request.Body, context.RequestAborted);
        var result = await executer.ExecuteAsync(new ExecutionOptions
        {
            Schema = schema,
            Query = request!.Query,
            OperationName = request.OperationName,
            Variables = request.Variables,
            RequestServices = context.RequestServices,
            CancellationToken = context.RequestAborted,
        });
        context.Response.ContentType = "application/json; charset=utf-8";
        await serializer.WriteAsync(context.Response.Body, result, context.RequestAborted);
    }

    private sealed record Thing(string Id, string Name, double Value, bool Active);

    private sealed class ThingSchema : Schema
    {
        private static readonly Thing[] Things = [.. Enumerable.Range(0, 20).Select(i => new Thing($"thing-{i}", $"名称 {i}", i * 1.5, i % 2 == 0))];

        public ThingSchema()
        {
            var thing = new ObjectGraphType<Thing> { Name = "Thing" };
            thing.Field<NonNullGraphType<IdGraphType>>("id").Resolve(c => c.Source.Id);
            thing.Field<NonNullGraphType<StringGraphType>>("name").Resolve(c => c.Source.Name);
            thing.Field<NonNullGraphType<FloatGraphType>>("value").Resolve(c => c.Source.Value);
            thing.Field<NonNullGraphType<BooleanGraphType>>("active").Resolve(c => c.Source.Active);
            var query = new ObjectGraphType { Name = "Query" };
            query.AddField(new FieldType
            {
                Name = "things",
                ResolvedType = new NonNullGraphType(new ListGraphType(new NonNullGraphType(thing))),
                Resolver = new GraphQL.Resolvers.FuncFieldResolver<object>(_ => Things),
            });
            Query = query;
        }
    }
}
