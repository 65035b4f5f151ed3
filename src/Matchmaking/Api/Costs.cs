using GraphQL;
using GraphQL.Types;

namespace Matchmaking.Api;

/// <summary>What resolving a field once weighs, said where the field is made.</summary>
internal static class Costs
{
    /// <summary>A field that asks the store or the index.</summary>
    public const int Asking = 10;

    /// <summary>A field that ranks the whole index.</summary>
    public const int Ranking = 20;

    private const string Key = "cost";

    /// <summary>Says what the field weighs; else a scalar weighs 0, an object 1, and a field of the query or a mutation <see cref="Asking"/>.</summary>
    public static T Weighs<T>(this T field, int weight) where T : IFieldMetadataWriter => field.WithMetadata(Key, weight);

    /// <summary>Whether it was said what the field weighs.</summary>
    public static bool IsWeighed(this FieldType field) => field.Metadata.ContainsKey(Key);

    /// <summary>What resolving the field once weighs.</summary>
    public static int Weight(this FieldType field) =>
        field.Metadata.TryGetValue(Key, out var said) && said is int weight ? weight : field.ResolvedType!.GetNamedType() is ScalarGraphType ? 0 : 1;
}
