using System.Globalization;
using GraphQL;
using GraphQL.Types;

namespace Matchmaking.Api;

/// <summary>What a mutation answers: the thing, or why it was refused.</summary>
internal sealed record Payload<T>(T? Thing, IReadOnlyList<Refusal>? Errors) where T : class;

/// <summary>Makes mutations of one shape: one input, one payload with the thing and a union of errors.</summary>
internal sealed class Mutations
{
    /// <summary>Adds a mutation.</summary>
    /// <param name="run">Does it, and answers the thing, or throws <see cref="RefusedException"/> having changed nothing.</param>
    /// <param name="errors">The graph types of the refusals it may answer.</param>
    public void Add<TInput, TThing>(
        ObjectGraphType mutation, string name, string description, string thing, IGraphType thingType,
        Func<IResolveFieldContext, TInput, Task<TThing>> run, params IObjectGraphType[] errors) where TThing : class
    {
        var title = char.ToUpperInvariant(name[0]) + name[1..];
        var error = new UnionGraphType { Name = title + "Error", Description = $"Why {name} may be refused (拒绝原因)." };
        foreach (var each in errors)
            error.AddPossibleType(each);
        var payload = new ObjectGraphType<Payload<TThing>> { Name = title + "Payload", Description = $"What {name} answers (结果)." };
        payload.AddField(new FieldType
        {
            Name = thing,
            Description = $"The {thing} as it stands now; null where the mutation was refused (结果).",
            ResolvedType = thingType,
            Resolver = new GraphQL.Resolvers.FuncFieldResolver<Payload<TThing>, TThing>(c => c.Source.Thing),
        });
        payload.AddField(new FieldType
        {
            Name = "errors",
            Description = "Why it was refused; null where it was done (错误).",
            ResolvedType = new ListGraphType(new NonNullGraphType(error)),
            Resolver = new GraphQL.Resolvers.FuncFieldResolver<Payload<TThing>, IReadOnlyList<Refusal>>(c => c.Source.Errors),
        });
        mutation.AddField(new FieldType
        {
            Name = name,
            Description = description,
            ResolvedType = new NonNullGraphType(payload),
            Arguments = new QueryArguments(new QueryArgument<NonNullGraphType<InputType<TInput>>> { Name = "input", Description = "What to do it with (输入)." }),
            Resolver = new GraphQL.Resolvers.FuncFieldResolver<object?, Payload<TThing>>(async context =>
            {
                try
                {
                    return new Payload<TThing>(await run(context, context.GetArgument<TInput>("input")), null);
                }
                catch (RefusedException refused)
                {
                    return new Payload<TThing>(null, refused.Refusals);
                }
            }),
        });
    }
}

/// <summary>An input that knows which of its fields were given: an absent one leaves things as they are, a null one clears.</summary>
internal abstract class PartialInput
{
    private IReadOnlySet<string> _given = new HashSet<string>();

    internal void Given(IEnumerable<string> fields) => _given = fields.ToHashSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether the caller gave this field, be it null.</summary>
    public bool Has(string property) => _given.Contains(property);
}

/// <summary>An input object on the wire: the public properties with their docstrings.</summary>
internal sealed class InputType<T> : AutoRegisteringInputObjectGraphType<T>
{
    public InputType()
    {
        Name = typeof(T).Name;
        Description ??= $"What {char.ToLowerInvariant(Name[0])}{Name[1..^"Input".Length]} takes (输入).";
    }

    public override object ParseDictionary(IDictionary<string, object?> value)
    {
        var input = base.ParseDictionary(value);
        if (input is PartialInput partial)
            partial.Given(value.Keys);
        return input;
    }
}

/// <summary>Collects everything that is wrong with an input before anything is refused.</summary>
internal sealed class Checks
{
    private readonly List<Refusal> _refusals = [];

    public void Require(bool holds, string field, object? value, string message)
    {
        if (!holds)
            Fail(field, value, message);
    }

    public void Fail(string field, object? value, string message)
    {
        var text = value is DateOnly day ? day.ToString("O", CultureInfo.InvariantCulture) : Convert.ToString(value, CultureInfo.InvariantCulture);
        var shown = value is null ? null : Errors.Shorten(text ?? "");
        _refusals.Add(new InvalidInputError(shown is null ? $"{field}: {message}." : $"{field}: {message}: '{shown}'.", field, shown));
    }

    public void Add(Refusal refusal) => _refusals.Add(refusal);

    /// <exception cref="RefusedException">Something failed.</exception>
    public void Done()
    {
        if (_refusals.Count > 0)
            throw new RefusedException(_refusals);
    }
}
