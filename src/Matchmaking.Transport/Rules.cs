using GraphQL;
using GraphQL.Validation;
using GraphQLParser;
using GraphQLParser.AST;

namespace Matchmaking.Transport;

/// <summary>GET is safe: it never mutates and never subscribes.</summary>
internal sealed class QueriesOnlyRule : ValidationRuleBase
{
    public override ValueTask<INodeVisitor?> GetPreNodeVisitorAsync(ValidationContext context)
    {
        if (context.Operation.Operation != OperationType.Query)
            context.ReportError(new QueriesOnlyError(context.Document.Source, context.Operation));
        return default;
    }
}

internal sealed class QueriesOnlyError : ValidationError
{
    public QueriesOnlyError(ROM source, GraphQLOperationDefinition operation)
        : base(source, "HC0012", $"A {operation.Operation.ToString().ToLowerInvariant()} by GET isn't allowed: use POST.", operation) =>
        Code = "HC0012";
}
