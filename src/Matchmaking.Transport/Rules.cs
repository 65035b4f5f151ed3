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

/// <summary>Refuses operations that the protocol can't carry, before anything is executed.</summary>
internal sealed class AllowedOperationsRule(AllowedOperations allowed) : ValidationRuleBase
{
    public override ValueTask<INodeVisitor?> GetPreNodeVisitorAsync(ValidationContext context)
    {
        var isAllowed = context.Operation.Operation switch
        {
            OperationType.Query => true,
            OperationType.Mutation => allowed is AllowedOperations.QueriesAndMutations or AllowedOperations.All,
            _ => allowed is AllowedOperations.QueriesAndSubscriptions or AllowedOperations.All,
        };
        if (!isAllowed)
            context.ReportError(new OperationRefusal(context.Document.Source, context.Operation));
        return default;
    }
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
