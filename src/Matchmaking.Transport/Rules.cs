using GraphQL;
using GraphQL.Validation;
using GraphQLParser;
using GraphQLParser.AST;
using Microsoft.AspNetCore.Http;

namespace Matchmaking.Transport;

/// <summary>Which kinds of operation a protocol can carry.</summary>
internal enum AllowedOperations
{
    /// <summary>GET is safe: it never mutates and never subscribes.</summary>
    Queries,

    /// <summary>What one answer is the answer to.</summary>
    QueriesAndMutations,

    /// <summary>GET as a browser's EventSource sends it: safe, and answered by a stream.</summary>
    QueriesAndSubscriptions,

    /// <summary>Subscriptions too.</summary>
    All,
}

/// <summary>An operation that the protocol can't carry.</summary>
internal sealed class OperationRefusal : ValidationError, IStatusError
{
    public OperationRefusal(ROM source, GraphQLOperationDefinition operation)
        : base(source, "HC0012", operation.Operation == OperationType.Mutation
            ? "A mutation by GET isn't allowed: use POST."
            : "A subscription can't be answered by one JSON document: use the WebSocket protocol graphql-transport-ws, or Accept: text/event-stream.", operation)
    {
        Code = "HC0012";
        Status = operation.Operation == OperationType.Mutation ? StatusCodes.Status405MethodNotAllowed : StatusCodes.Status400BadRequest;
    }

    /// <summary>The refusal of the operation that is asked for; null where it is allowed, or where it can't be told which one that is.</summary>
    public static OperationRefusal? Of(GraphQLDocument document, string? operationName, AllowedOperations allowed)
    {
        GraphQLOperationDefinition? asked = null;
        foreach (var definition in document.Definitions)
        {
            if (definition is not GraphQLOperationDefinition operation || (!string.IsNullOrEmpty(operationName) && operation.Name?.Value != operationName))
                continue;
            if (asked is not null)
                return null;
            asked = operation;
        }
        var isAllowed = asked?.Operation switch
        {
            OperationType.Mutation => allowed is AllowedOperations.QueriesAndMutations or AllowedOperations.All,
            OperationType.Subscription => allowed is AllowedOperations.QueriesAndSubscriptions or AllowedOperations.All,
            _ => true,
        };
        return isAllowed ? null : new OperationRefusal(document.Source, asked!);
    }

    public int Status { get; }
}

/// <summary>Keeps the schema from those who may not ask for it; <c>__typename</c> is no secret.</summary>
internal sealed class NoIntrospectionRule : ValidationRuleBase
{
    private static readonly MatchingNodeVisitor<GraphQLField> Visitor = new((field, context) =>
    {
        if (field.Name.Value == "__schema" || field.Name.Value == "__type")
            context.ReportError(new ValidationError(context.Document.Source, null, $"{field.Name.StringValue}: introspection is switched off here.", field) { Code = "HC0046" });
    });

    public override ValueTask<INodeVisitor?> GetPreNodeVisitorAsync(ValidationContext context) => new(Visitor);
}
