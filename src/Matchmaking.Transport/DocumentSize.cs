using GraphQL;
using GraphQL.Validation;
using GraphQLParser;
using GraphQLParser.AST;

namespace Matchmaking.Transport;

/// <summary>How deep a document nests and how many fields it selects, fragments counted wherever they are spread.</summary>
/// <remarks>Looks at each fragment once, so that fragments that spread fragments can't make it work longer than the document is.
/// It stands before validation, whose rules compare fields with fields.</remarks>
internal sealed class DocumentSize
{
    private readonly Dictionary<ROM, GraphQLFragmentDefinition> _fragments = [];
    private readonly Dictionary<GraphQLFragmentDefinition, (int Depth, long Fields)?> _measured = [];

    private DocumentSize(GraphQLDocument document)
    {
        foreach (var fragment in document.Definitions.OfType<GraphQLFragmentDefinition>())
            _fragments.TryAdd(fragment.FragmentName.Name.Value, fragment);
        foreach (var definition in document.Definitions)
        {
            var (depth, fields) = definition switch
            {
                GraphQLOperationDefinition operation => Of(operation.SelectionSet),
                GraphQLFragmentDefinition fragment => (0, Of(fragment).Fields),
                _ => default,
            };
            Depth = Math.Max(Depth, depth);
            Fields = Math.Max(Fields, fields);
        }
    }

    /// <summary>The deepest operation's levels of fields.</summary>
    public int Depth { get; }

    /// <summary>The fields of the largest operation or fragment.</summary>
    public long Fields { get; }

    /// <summary>The errors of a document that is larger than the bounds allow; none where it isn't.</summary>
    public static ExecutionErrors Check(GraphQLDocument document, GraphQLOptions options)
    {
        var size = new DocumentSize(document);
        var errors = new ExecutionErrors();
        if (size.Depth > options.MaxDepth)
            errors = TooDeep(options);
        if (size.Fields > options.MaxFields)
            errors.Add(Error("HC0047", $"The document selects {size.Fields} fields, at most {options.MaxFields} are allowed.", ("fieldCost", size.Fields), ("maxFieldCost", options.MaxFields)));
        return errors;
    }

    public static ExecutionErrors TooDeep(GraphQLOptions options) =>
        [Error("DEPTH_EXCEEDED", $"The operation nests deeper than {options.MaxDepth} levels.", ("maxDepth", options.MaxDepth))];

    private (int Depth, long Fields) Of(GraphQLSelectionSet? selections)
    {
        var (deepest, total) = (0, 0L);
        foreach (var selection in selections?.Selections ?? [])
        {
            var (depth, fields) = selection switch
            {
                // Introspection has its own fixed shape, deeper than ours.
                GraphQLField { Name.StringValue: "__schema" or "__type" } field => (1, 1 + Of(field.SelectionSet).Fields),
                GraphQLField field => Below(field),
                GraphQLInlineFragment inline => Of(inline.SelectionSet),
                GraphQLFragmentSpread spread when _fragments.TryGetValue(spread.FragmentName.Name.Value, out var fragment) => Of(fragment),
                // What isn't defined is another rule's error.
                _ => default,
            };
            deepest = Math.Max(deepest, depth);
            total = Math.Min(total + fields, int.MaxValue);
        }
        return (deepest, total);
    }

    private (int Depth, long Fields) Below(GraphQLField field)
    {
        var (depth, fields) = Of(field.SelectionSet);
        return (depth + 1, fields + 1);
    }

    private (int Depth, long Fields) Of(GraphQLFragmentDefinition fragment)
    {
        if (_measured.TryGetValue(fragment, out var known))
            // Null while it is being measured: a circle, which is another rule's error.
            return known ?? default;
        _measured[fragment] = null;
        var size = Of(fragment.SelectionSet);
        _measured[fragment] = size;
        return size;
    }

    private static ExecutionError Error(string code, string message, params (string Key, object Value)[] data)
    {
        var extensions = new Dictionary<string, object?> { ["code"] = code };
        foreach (var (key, value) in data)
            extensions[key] = value;
        return new ExecutionError(message) { Code = code, Extensions = extensions };
    }
}
