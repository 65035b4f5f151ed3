using GraphQL;
using GraphQL.Types;
using GraphQL.Utilities;

namespace Matchmaking.Api;

/// <summary>The schema as text, in an order that doesn't depend on where the code adds what.</summary>
internal static class SchemaText
{
    public static string Of(IServiceProvider services)
    {
        var schema = services.GetRequiredService<ISchema>();
        schema.Initialize();
        return schema.Print(new PrintOptions
        {
            StringComparison = StringComparison.Ordinal,
            IncludeDescriptions = true,
            IncludeDeprecationReasons = true,
        }).ReplaceLineEndings("\n").TrimEnd() + "\n";
    }
}
