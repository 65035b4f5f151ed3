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

internal sealed class QueriesOnlyError(ROM source, GraphQLOperationDefinition operation)
    : ValidationError(source, "HC0012", $"A {operation.Operation.ToString().ToLowerInvariant()} by GET isn't allowed: use POST.", operation);

/// <summary>Refuses what nests too deeply, fragments counted where they are spread, before anything is executed.</summary>
internal sealed class DepthRule(int max) : ValidationRuleBase
{
    public override ValueTask<INodeVisitor?> GetPreNodeVisitorAsync(ValidationContext context)
    {
        var depth = Depth(context, context.Operation.SelectionSet, 1, []);
        if (depth > max)
            context.ReportError(new DepthError(context.Document.Source, context.Operation, max));
        return default;
    }

    private int Depth(ValidationContext context, GraphQLSelectionSet? selections, int depth, Stack<GraphQLFragmentDefinition> open)
    {
        // Deep enough to refuse: looking further down costs and tells nothing.
        if (selections is null || depth > max)
            return depth - (selections is null ? 1 : 0);
        var deepest = depth;
        foreach (var selection in selections.Selections)
        {
            var below = selection switch
            {
                // Introspection has its own fixed shape, deeper than ours.
                GraphQLField { Name.StringValue: "__schema" or "__type" } => depth,
                GraphQLField field => Depth(context, field.SelectionSet, depth + 1, open),
                GraphQLInlineFragment inline => Depth(context, inline.SelectionSet, depth, open),
                GraphQLFragmentSpread spread => Spread(context, spread, depth, open),
                _ => depth,
            };
            deepest = Math.Max(deepest, below);
        }
        return deepest;
    }

    private int Spread(ValidationContext context, GraphQLFragmentSpread spread, int depth, Stack<GraphQLFragmentDefinition> open)
    {
        // A circle is another rule's error.
        if (context.Document.FindFragmentDefinition(spread.FragmentName.Name) is not { } fragment || open.Contains(fragment))
            return depth;
        open.Push(fragment);
        var below = Depth(context, fragment.SelectionSet, depth, open);
        open.Pop();
        return below;
    }
}

internal sealed class DepthError : ValidationError
{
    public DepthError(ROM source, GraphQLOperationDefinition operation, int max)
        : base(source, "DEPTH_EXCEEDED", $"The operation nests deeper than {max} levels.", operation)
    {
        Code = "DEPTH_EXCEEDED";
        Extensions = new Dictionary<string, object?> { ["code"] = Code, ["maxDepth"] = max };
    }
}
