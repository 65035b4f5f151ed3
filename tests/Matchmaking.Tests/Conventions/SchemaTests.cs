using System.Text.RegularExpressions;
using GraphQL.Types;
using GraphQLParser;
using GraphQLParser.AST;
using Matchmaking.Api;
using Matchmaking.Tests.Running;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Matchmaking.Tests.Conventions;

public sealed partial class SchemaTests
{
    private static readonly ServiceProvider Services = new ServiceCollection().AddLogging().AddApi().BuildServiceProvider();
    private static readonly string Printed = SchemaText.Of(Services);
    private static readonly ISchema Schema = Services.GetRequiredService<ISchema>();

    /// <summary>What the agreed schema has and later issues bring; strike out here what is built.</summary>
    private static readonly string[] Later =
    [
    ];

    [Fact]
    public void Committed_text_is_the_schema() =>
        Assert.Equal(File.ReadAllText(Repository.At("schema", "matchmaking.graphql")).ReplaceLineEndings("\n"), Printed);

    [Fact]
    public void Every_member_has_a_description_that_ends_in_the_chinese_term()
    {
        var without = Members().Where(m => m.IsOperator ? string.IsNullOrEmpty(m.Description) : !Term().IsMatch(m.Description ?? "")).ToList();
        Assert.True(without.Count == 0, string.Join('\n', without.Select(m => $"{m.Name}: {m.Description}")));
    }

    [Fact]
    public void Every_mutation_takes_one_input_and_answers_its_errors() => Assert.All(Schema.Mutation!.Fields, mutation =>
    {
        Assert.Equal(["input"], mutation.Arguments!.Select(a => a.Name));
        var payload = Assert.IsAssignableFrom<IObjectGraphType>(((NonNullGraphType)mutation.ResolvedType!).ResolvedType);
        Assert.Equal(payload.Name, char.ToUpperInvariant(mutation.Name[0]) + mutation.Name[1..] + "Payload");
        var errors = Assert.IsType<ListGraphType>(payload.Fields.Single(f => f.Name == "errors").ResolvedType);
        Assert.All(Assert.IsType<UnionGraphType>(((NonNullGraphType)errors.ResolvedType!).ResolvedType).PossibleTypes, error => Assert.Contains(error.ResolvedInterfaces, i => i.Name == "Error"));
    });

    [Fact]
    public void What_was_agreed_is_there()
    {
        var ours = Signatures(Printed);
        var agreed = Signatures(File.ReadAllText(Repository.At("tests", "Matchmaking.Tests", "Conventions", "agreed.graphql")));
        Assert.Equal([], agreed.Keys.Where(name => !ours.ContainsKey(name) && !IsLater(name)));
        Assert.Equal([], agreed.Where(a => ours.TryGetValue(a.Key, out var type) && type != a.Value).Select(a => $"{a.Key}: {a.Value} was agreed, {ours[a.Key]} is there"));
        Assert.Equal([], Later.Where(ours.ContainsKey));
    }

    private static bool IsLater(string member) => Later.Any(later => member == later || member.StartsWith(later + ".", StringComparison.Ordinal) || member.StartsWith(later + "(", StringComparison.Ordinal) || member.StartsWith(later + " ", StringComparison.Ordinal));

    /// <summary>Each type, field, argument and enum value with its type.</summary>
    private static Dictionary<string, string> Signatures(string sdl)
    {
        var members = new Dictionary<string, string>();
        foreach (var definition in Parser.Parse(sdl).Definitions.OfType<GraphQLTypeDefinition>())
        {
            var type = definition.Name.StringValue;
            members[type] = definition.Kind.ToString();
            if (definition is IHasInterfacesNode { Interfaces: { } interfaces })
            {
                foreach (var each in interfaces)
                    members[$"{type} implements {each.Name.StringValue}"] = "";
            }
            foreach (var value in (definition as GraphQLEnumTypeDefinition)?.Values ?? Enumerable.Empty<GraphQLEnumValueDefinition>())
                members[$"{type}.{value.Name.StringValue}"] = "";
            foreach (var field in (definition as IHasFieldsDefinitionNode)?.Fields ?? Enumerable.Empty<GraphQLFieldDefinition>())
            {
                members[$"{type}.{field.Name.StringValue}"] = Shown(field.Type);
                foreach (var argument in field.Arguments ?? Enumerable.Empty<GraphQLInputValueDefinition>())
                    members[$"{type}.{field.Name.StringValue}({argument.Name.StringValue})"] = Shown(argument.Type);
            }
        }
        return members;
    }

    private static string Shown(GraphQLType type) => type switch
    {
        GraphQLNonNullType it => Shown(it.Type) + "!",
        GraphQLListType it => $"[{Shown(it.Type)}]",
        _ => ((GraphQLNamedType)type).Name.StringValue,
    };

    private static IEnumerable<(string Name, string? Description, bool IsOperator)> Members()
    {
        string[] builtIn = ["String", "Int", "Float", "Boolean", "ID", "Decimal"];
        foreach (var type in Schema.AllTypes.Where(t => !t.Name.StartsWith("__", StringComparison.Ordinal) && !builtIn.Contains(t.Name)))
        {
            // Members of filters and orders say what they do to a field whose own description has the term.
            var isOperator = type.Name.EndsWith("FilterInput", StringComparison.Ordinal) || type.Name.EndsWith("SortInput", StringComparison.Ordinal);
            yield return (type.Name, type.Description, false);
            foreach (var field in (type as IComplexGraphType)?.Fields ?? Enumerable.Empty<FieldType>())
            {
                yield return ($"{type.Name}.{field.Name}", field.Description, isOperator);
                foreach (var argument in field.Arguments ?? Enumerable.Empty<QueryArgument>())
                    yield return ($"{type.Name}.{field.Name}({argument.Name})", argument.Description, false);
            }
            foreach (var value in (type as EnumerationGraphType)?.Values ?? Enumerable.Empty<EnumValueDefinition>())
                yield return ($"{type.Name}.{value.Name}", value.Description, false);
        }
    }

    [GeneratedRegex(@"\([^()]*\p{IsCJKUnifiedIdeographs}[^()]*\)\.$")]
    private static partial Regex Term();
}
