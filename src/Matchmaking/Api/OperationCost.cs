using GraphQL;
using GraphQL.Execution;
using GraphQL.Types;
using GraphQL.Validation;
using GraphQLParser.AST;

namespace Matchmaking.Api;

/// <summary>What an operation costs at most: the work of its resolvers, and the objects it makes.</summary>
/// <remarks>Counted in one walk, with the arguments as they were coerced: a page size or a condition costs the same inline and in a
/// variable, every alias counts, fragments count wherever they are spread, and what @skip or @include leaves out is free.</remarks>
internal sealed class OperationCost
{
    /// <summary>How many items a list without a page size is taken to have.</summary>
    public const int AssumedItems = 5;

    /// <summary>Lists of lists that the usual introspection nests; what nests deeper multiplies with the schema.</summary>
    private const int IntrospectionLists = 3;
    private const int IntrospectionItems = 100;

    private readonly ISchema _schema;
    private readonly GraphQLDocument _document;
    private readonly IValidationResult _values;

    private OperationCost(in ValidationOptions options, IValidationResult values) => (_schema, _document, _values) = (options.Schema, options.Document, values);

    /// <summary>The weights of all fields, times how often each is resolved.</summary>
    public double FieldCost { get; private set; }

    /// <summary>The objects that come into being.</summary>
    public double TypeCost { get; private set; } = 1;

    /// <summary>Counts a valid operation whose variables are known.</summary>
    public static OperationCost Of(in ValidationOptions options, IValidationResult values)
    {
        var cost = new OperationCost(options, values);
        if (options.Schema.Root(options.Operation) is { } root)
            cost.Add(options.Operation.SelectionSet, root, 1, Paging.DefaultSize, 0);
        return cost;
    }

    /// <param name="times">How many objects the selection is made on.</param>
    /// <param name="page">The size of the page whose connection this is.</param>
    private void Add(GraphQLSelectionSet selections, IGraphType type, double times, int page, int introspected)
    {
        foreach (var selection in selections.Selections)
        {
            if (IsLeftOut(selection))
                continue;
            switch (selection)
            {
                case GraphQLField field when _schema.Field(field, type) is { } definition:
                    Add(field, definition, type, times, page, introspected);
                    break;
                case GraphQLInlineFragment inline:
                    Add(inline.SelectionSet, _schema.Condition(inline.TypeCondition, type), times, page, introspected);
                    break;
                case GraphQLFragmentSpread spread when _document.Fragment(spread) is { } fragment:
                    Add(fragment.SelectionSet, _schema.Condition(fragment.TypeCondition, type), times, page, introspected);
                    break;
            }
        }
    }

    private void Add(GraphQLField field, FieldType definition, IGraphType parent, double times, int page, int introspected)
    {
        IDictionary<string, ArgumentValue>? arguments = null;
        _values.ArgumentValues?.TryGetValue(field, out arguments);
        FieldCost += times * (definition.Weight() + Conditions(arguments));
        if (field.SelectionSet is null || definition.ResolvedType!.GetNamedType() is not { } type)
            return;
        var isList = IsList(definition.ResolvedType!);
        var isPaged = definition.Arguments?.Find("first") is not null;
        if (isPaged)
            // What is more is refused by the field itself, which says so better.
            page = Math.Clamp(Int(arguments, "last") ?? Int(arguments, "first") ?? Paging.DefaultSize, 0, Paging.MaxSize);
        var items = !isList ? 1
            : parent.Name.StartsWith("__", StringComparison.Ordinal) ? introspected++ < IntrospectionLists ? 1 : IntrospectionItems
            : isPaged || parent.Name.EndsWith("Connection", StringComparison.Ordinal) && definition.Name is "edges" or "nodes" && parent != _schema.Query ? page
            : arguments?.TryGetValue("ids", out var ids) == true && ids.Value is System.Collections.ICollection given ? Math.Min(given.Count, Nodes.MaxIds)
            : AssumedItems;
        TypeCost += times * items;
        Add(field.SelectionSet, type, times * items, page, introspected);
    }

    private bool IsLeftOut(ASTNode selection) =>
        _values.DirectiveValues is { } all && all.TryGetValue(selection, out var directives) && (If(directives, "skip") == true || If(directives, "include") == false);

    private static bool? If(IDictionary<string, DirectiveInfo> directives, string name) =>
        directives.TryGetValue(name, out var directive) && directive.Arguments.TryGetValue("if", out var value) ? value.Value as bool? : null;

    private static int? Int(IDictionary<string, ArgumentValue>? arguments, string name) =>
        arguments is not null && arguments.TryGetValue(name, out var value) ? value.Value as int? : null;

    /// <summary>The comparisons of a filter and the fields of an order: the database looks at each of them.</summary>
    private static int Conditions(IDictionary<string, ArgumentValue>? arguments) => arguments is null ? 0
        : (arguments.TryGetValue("where", out var where) ? ListSize.Conditions(where.Value) : 0)
            + (arguments.TryGetValue("order", out var order) ? ListSize.Conditions(order.Value) : 0);

    private static bool IsList(IGraphType type) => (type is NonNullGraphType required ? required.ResolvedType : type) is ListGraphType;
}
