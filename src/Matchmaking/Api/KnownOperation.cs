using System.Runtime.CompilerServices;
using GraphQL;
using GraphQL.Execution;
using GraphQL.Types;
using GraphQL.Validation;
using GraphQLParser.AST;

namespace Matchmaking.Api;

/// <summary>An operation of a document that is known to be valid: which of its nodes take values, found out once.</summary>
/// <remarks>GraphQL.NET's own validator walks such an operation twice for each request, though only the values of variables are new: once to
/// see where variables stand, once to find arguments. Here its coercion is called for the nodes that have some.</remarks>
internal sealed class KnownOperation
{
    private static readonly ConditionalWeakTable<GraphQLOperationDefinition, KnownOperation> All = [];

    private readonly List<(GraphQLField Field, QueryArguments Arguments)> _fields = [];
    private readonly List<ASTNode> _directed = [];
    private readonly HashSet<GraphQLFragmentDefinition> _fragments = [];

    /// <summary>What declares the variables: the operation, or its head alone where it doesn't matter in which places they stand.</summary>
    private readonly GraphQLOperationDefinition _declares;

    private KnownOperation(in ValidationOptions options)
    {
        var operation = options.Operation;
        if (options.Schema.Root(operation) is { } root)
            Collect(options, operation, operation.SelectionSet, root);
        _declares = MayBeNullWhereNothingElseMay(options) ? operation : new GraphQLOperationDefinition(new GraphQLSelectionSet([])) { Operation = operation.Operation, Variables = operation.Variables };
    }

    /// <summary>The values of an operation's variables, arguments and directives, or what is wrong with them.</summary>
    public static async Task<IValidationResult> ReadAsync(ValidationOptions options)
    {
        var known = All.GetValue(options.Operation, _ => new KnownOperation(options));
        var context = Context(options, known._declares);
        var (variables, wrong) = await context.GetVariablesValuesAsync();
        if (wrong is not null)
            return new ValidationResult(wrong) { Variables = variables };
        List<ValidationError> errors = [];
        var arguments = new Dictionary<GraphQLField, IDictionary<string, ArgumentValue>>(known._fields.Count);
        foreach (var (field, definitions) in known._fields)
            Try(() => ExecutionHelper.GetArguments(definitions, field.Arguments, variables, options.Document, field, null), field, arguments);
        var directives = new Dictionary<ASTNode, IDictionary<string, DirectiveInfo>>(known._directed.Count);
        foreach (var node in known._directed)
            Try(() => ExecutionHelper.GetDirectives((IHasDirectivesNode)node, variables, options.Schema, options.Document), node, directives);
        return new ValidationResult(errors) { Variables = variables, ArgumentValues = arguments, DirectiveValues = directives };

        void Try<TNode, TValue>(Func<IDictionary<string, TValue>?> read, TNode node, Dictionary<TNode, IDictionary<string, TValue>> values) where TNode : ASTNode
        {
            try
            {
                if (read() is { } value)
                    values.Add(node, value);
            }
            catch (ValidationError error)
            {
                errors.Add(error);
            }
        }
    }

    private static ValidationContext Context(in ValidationOptions options, GraphQLOperationDefinition operation) => new()
    {
        Schema = options.Schema,
        Document = options.Document,
        Operation = operation,
        Variables = options.Variables,
        UserContext = options.UserContext,
        RequestServices = options.RequestServices,
        CancellationToken = options.CancellationToken,
    };

    /// <summary>Whether a variable whose type allows null, because it has a default, stands where null isn't allowed.</summary>
    private static bool MayBeNullWhereNothingElseMay(in ValidationOptions options)
    {
        if (options.Operation.Variables is not { Count: > 0 } variables)
            return false;
        var nullable = variables.Items.Where(v => v.Type is not GraphQLNonNullType).Select(v => v.Variable.Name.StringValue).ToHashSet(StringComparer.Ordinal);
        return nullable.Count > 0 && Context(options, options.Operation).GetRecursiveVariables(options.Operation) is { } usages
            && usages.Any(u => u.Type is NonNullGraphType && nullable.Contains(u.Node.Name.StringValue));
    }

    private void Collect(in ValidationOptions options, IHasDirectivesNode parent, GraphQLSelectionSet selections, IGraphType type)
    {
        Note(parent);
        foreach (var selection in selections.Selections)
        {
            switch (selection)
            {
                case GraphQLField field when options.Schema.Field(field, type) is { } definition:
                    if (field.Arguments is { Count: > 0 } && definition.Arguments is { Count: > 0 } arguments)
                        _fields.Add((field, arguments));
                    if (field.SelectionSet is { } below)
                        Collect(options, field, below, definition.ResolvedType!.GetNamedType());
                    else
                        Note(field);
                    break;
                case GraphQLInlineFragment inline:
                    Collect(options, inline, inline.SelectionSet, options.Schema.Condition(inline.TypeCondition, type));
                    break;
                case GraphQLFragmentSpread spread:
                    Note(spread);
                    if (options.Document.Fragment(spread) is { } fragment && _fragments.Add(fragment))
                        Collect(options, fragment, fragment.SelectionSet, options.Schema.Condition(fragment.TypeCondition, type));
                    break;
            }
        }
    }

    private void Note(IHasDirectivesNode node)
    {
        if (node.Directives is { Count: > 0 })
            _directed.Add((ASTNode)node);
    }
}
