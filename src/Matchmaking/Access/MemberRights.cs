using GraphQL;
using GraphQL.Resolvers;
using GraphQL.Types;
using Matchmaking.Access.Auditing;
using Matchmaking.Api;
using Matchmaking.Matches;
using Matchmaking.Needs;

namespace Matchmaking.Access;

/// <summary>Who may use a member of the schema, whatever row it is of.</summary>
internal sealed class Allowed
{
    /// <summary>Anybody, signed in or not.</summary>
    public static readonly Allowed Everybody = new(_ => true);

    /// <summary>Whoever is signed in; to others the value is unknown.</summary>
    public static readonly Allowed SignedIn = new(viewer => viewer.IsSignedIn) { IsUnknownToOthers = true };

    /// <summary>Whoever has an inbox.</summary>
    public static readonly Allowed InboxOwners = new(Role.Enterprise, Role.Institution, Role.Agency);

    /// <summary>Enterprises.</summary>
    public static readonly Allowed Enterprises = new(Role.Enterprise);

    /// <summary>Institutions.</summary>
    public static readonly Allowed Institutions = new(Role.Institution);

    /// <summary>Enterprises and institutions, which have something told outside.</summary>
    public static readonly Allowed Owners = new(Role.Enterprise, Role.Institution);

    /// <summary>Those who look after the service.</summary>
    public static readonly Allowed Supervisors = new(Role.Authority);

    private readonly Func<Viewer, bool> _includes;

    // An administrator may do all that anybody may.
    private Allowed(params Role[] roles) : this(viewer => viewer.SeesAll || roles.Any(viewer.Is))
    {
    }

    private Allowed(Func<Viewer, bool> includes) => _includes = includes;

    /// <summary>Whether others get nothing instead of an error: the member stands where everybody reads.</summary>
    public bool IsUnknownToOthers { get; private init; }

    public bool Includes(Viewer viewer) => _includes(viewer);
}

/// <summary>Members of the schema with who may use them, a line a group: <c>"Type: field field"</c>.</summary>
internal sealed class MemberTable : Dictionary<string, Allowed>
{
    public void Add(Allowed allowed, string members)
    {
        var (type, fields) = members.Split(": ") is [var name, var list] ? (name, list) : throw new ArgumentException(members);
        foreach (var field in fields.Split(' '))
            Add($"{type}.{field}", allowed);
    }
}

/// <summary>Puts the rules of members before their resolvers.</summary>
internal static class MemberRights
{
    /// <summary>What isn't a thing's member but made of its name and rules: pages, edges and payloads hold what their parts allow.</summary>
    public static bool IsPlain(IGraphType type) => type.Name.StartsWith("__", StringComparison.Ordinal) || type.Name == "PageInfo"
        || type.Name.EndsWith("Connection", StringComparison.Ordinal) || type.Name.EndsWith("Edge", StringComparison.Ordinal)
        || type.Name.EndsWith("Payload", StringComparison.Ordinal) || type.Name.EndsWith("Error", StringComparison.Ordinal);

    /// <exception cref="InvalidOperationException">A member has no rule, or a rule has no member.</exception>
    public static void Apply(ISchema schema)
    {
        var unused = Rights.Members.Keys.ToHashSet();
        var missing = new List<string>();
        foreach (var type in schema.AllTypes.OfType<IObjectGraphType>().Where(type => !IsPlain(type)))
        {
            foreach (var field in type.Fields)
            {
                var name = $"{type.Name}.{field.Name}";
                unused.Remove(name);
                if (Rights.Members.TryGetValue(name, out var allowed))
                    Guard(type, field, allowed);
                else
                    missing.Add(name);
            }
        }
        if (missing.Count + unused.Count > 0)
            throw new InvalidOperationException($"Access/Rights.cs says not who may use {string.Join(", ", missing)}; it names what isn't there: {string.Join(", ", unused)}.");
    }

    /// <summary>Refuses a condition or an order on what the caller may not read.</summary>
    /// <exception cref="ExecutionError">AUTH_NOT_AUTHENTICATED or AUTH_NOT_AUTHORIZED, with the path of the condition.</exception>
    public static void RequireReadable(Viewer viewer, string type, string field, string path)
    {
        if (Rights.Members.TryGetValue($"{type}.{field}", out var allowed) && !allowed.Includes(viewer))
            throw Denied(viewer, $"{path}: who may not read it may not filter or sort by it either.");
    }

    /// <summary>A refusal that says whether signing in would help.</summary>
    public static ExecutionError Denied(Viewer viewer, string message) => viewer.IsSignedIn
        ? new ExecutionError(message) { Code = "AUTH_NOT_AUTHORIZED" }
        : new ExecutionError(message + " Sign in with a token.") { Code = "AUTH_NOT_AUTHENTICATED" };

    private static void Guard(IObjectGraphType type, FieldType field, Allowed allowed)
    {
        if (allowed != Allowed.Everybody && field.StreamResolver is { } stream)
            field.StreamResolver = Transport.Subscriptions.EventFields.Guarded(stream, context => Follow(context, allowed));
        else if (allowed != Allowed.Everybody)
            field.Resolver = new Guarded(field.Resolver ?? NameFieldResolver.Instance, allowed, Nothing(field));
        if (type.Name is "Need" or "Match")
            field.Resolver = new Looking(field.Resolver ?? NameFieldResolver.Instance);
    }

    private static object? Nothing(FieldType field) => field.ResolvedType is NonNullGraphType { ResolvedType: ListGraphType } ? Array.Empty<object>() : null;

    private static void Require(IResolveFieldContext context, Allowed allowed)
    {
        var viewer = context.Get<Viewer>();
        if (!allowed.Includes(viewer))
            throw Denied(viewer, $"{context.ParentType.Name}.{context.FieldDefinition.Name} isn't for this caller.");
    }

    private static IDisposable Follow(IResolveFieldContext context, Allowed allowed)
    {
        Require(context, allowed);
        return context.Get<Limits>().Follow(context.Get<Viewer>()) ?? throw new TooMuch("This caller follows as much as it may: end a subscription first.", 5);
    }

    private sealed class Guarded(IFieldResolver resolver, Allowed allowed, object? nothing) : IFieldResolver
    {
        public ValueTask<object?> ResolveAsync(IResolveFieldContext context)
        {
            if (allowed.IsUnknownToOthers && !allowed.Includes(context.Get<Viewer>()))
                return new(nothing);
            Require(context, allowed);
            return resolver.ResolveAsync(context);
        }
    }

    /// <summary>Notes who looks at what is confidential.</summary>
    private sealed class Looking(IFieldResolver resolver) : IFieldResolver
    {
        public ValueTask<object?> ResolveAsync(IResolveFieldContext context)
        {
            if ((context.Source as Need ?? (context.Source as Match)?.Need) is { Visibility: NeedVisibility.Confidential } need)
                context.Get<Looks>().Note(need);
            return resolver.ResolveAsync(context);
        }
    }
}
