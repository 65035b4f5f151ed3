using GraphQL;
using GraphQL.Types;
using GraphQLParser.AST;

namespace Matchmaking.Api;

/// <summary>What the nodes of a document stand for in the schema.</summary>
internal static class Selections
{
    /// <summary>The fragment that is spread; null where the document has none of that name.</summary>
    public static GraphQLFragmentDefinition? Fragment(this GraphQLDocument document, GraphQLFragmentSpread spread)
    {
        foreach (var definition in document.Definitions)
        {
            if (definition is GraphQLFragmentDefinition fragment && fragment.FragmentName.Name.Value == spread.FragmentName.Name.Value)
                return fragment;
        }
        return null;
    }

    /// <summary>Whether any of these fields is selected below, fragments included.</summary>
    public static bool AsksFor(this IResolveFieldContext context, params string[] names) =>
        context.SubFields is { } below && below.Values.Any(f => names.Contains(f.Field.Name.StringValue));

    /// <summary>The type that an operation starts from; null where the schema has none.</summary>
    public static IObjectGraphType? Root(this ISchema schema, GraphQLOperationDefinition operation) => operation.Operation switch
    {
        OperationType.Mutation => schema.Mutation,
        OperationType.Subscription => schema.Subscription,
        _ => schema.Query,
    };

    /// <summary>The field that is selected of a type; null where it has none of that name.</summary>
    public static FieldType? Field(this ISchema schema, GraphQLField field, IGraphType type) => field.Name.StringValue switch
    {
        "__schema" => schema.SchemaMetaFieldType,
        "__type" => schema.TypeMetaFieldType,
        _ => (type as IComplexGraphType)?.GetField(field.Name.Value),
    };

    /// <summary>The type that a fragment narrows to; the surrounding one where it names none.</summary>
    public static IGraphType Condition(this ISchema schema, GraphQLTypeCondition? condition, IGraphType type) =>
        condition is null ? type : schema.AllTypes[condition.Type.Name.Value] ?? type;
}
