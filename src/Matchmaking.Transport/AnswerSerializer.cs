using System.IO.Pipelines;
using System.Text.Json;
using GraphQL;
using GraphQL.DI;
using GraphQL.Execution;
using GraphQL.SystemTextJson;
using Microsoft.Extensions.DependencyInjection;

namespace Matchmaking.Transport;

/// <summary>Writes answers as JSON, over HTTP straight into the connection's pipe: no copy of an answer lies in memory.</summary>
public sealed class AnswerSerializer(IErrorInfoProvider errors) : GraphQLSerializer(json => json.Encoder = PlainJsonEncoder.Instance, errors)
{
    /// <summary>Writes an answer as the client takes it in.</summary>
    internal Task WriteAsync(PipeWriter pipe, ExecutionResult result, CancellationToken cancellation) => JsonSerializer.SerializeAsync(pipe, result, SerializerOptions, cancellation);
}

/// <summary>Registers what writes answers.</summary>
public static class AnswerSetup
{
    /// <summary>Answers are written as JSON, Chinese as it is.</summary>
    public static IGraphQLBuilder AddAnswers(this IGraphQLBuilder graphql)
    {
        graphql.Services.Register<AnswerSerializer>(GraphQL.DI.ServiceLifetime.Singleton);
        return graphql.AddSerializer(services => services.GetRequiredService<AnswerSerializer>());
    }
}
