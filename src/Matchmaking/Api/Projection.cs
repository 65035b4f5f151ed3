using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.CompilerServices;
using GraphQL;
using GraphQL.Types;
using GraphQLParser.AST;
using Matchmaking.Access;
using Matchmaking.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Matchmaking.Api;

/// <summary>The columns that a selection reads, and those of a parent fetched in the same statement; the rest stays in the database.</summary>
/// <remarks>A field says what it reads (<see cref="Reads.Members"/> and the like); where one doesn't, the whole entity is fetched, so a field
/// that says nothing is slower but never wrong.</remarks>
internal sealed class Projection<T> where T : class
{
    private static readonly ConditionalWeakTable<GraphQLField, Projection<T>> Known = [];
    private static readonly PropertyInfo Id = typeof(T).GetProperty("Id")!;
    private static readonly bool HasGuards = Guards.Has(typeof(T));

    /// <summary>The entity as it is.</summary>
    public static readonly Projection<T> Whole = new([], [], isWhole: true);

    private readonly ConditionalWeakTable<IModel, Lookup<T>> _lookups = [];

    private readonly HashSet<PropertyInfo> _members;
    private readonly Dictionary<PropertyInfo, HashSet<PropertyInfo>> _parents;
    private readonly Expression<Func<T, T>>? _fetch;

    private Projection(HashSet<PropertyInfo> members, Dictionary<PropertyInfo, HashSet<PropertyInfo>> parents, bool isWhole)
    {
        _members = members;
        _parents = parents;
        if (isWhole)
            return;
        members.Add(Id);
        Key = string.Join(',', members.Select(m => m.Name).Concat(parents.Select(p => $"{p.Key.Name}({string.Join(',', p.Value.Select(m => m.Name).Order(StringComparer.Ordinal))})")).Order(StringComparer.Ordinal));
        _fetch = Fetch(members);
    }

    /// <summary>What tells it from another one; null where it's the whole entity.</summary>
    public string? Key { get; }

    /// <summary>What the selection below a field reads of an entity.</summary>
    public static Projection<T> Of(IResolveFieldContext context)
    {
        var field = context.FieldAst;
        // The document is kept and with it what was found about its fields.
        if (Known.TryGetValue(field, out var known))
            return known;
        var members = new HashSet<PropertyInfo>();
        var parents = new Dictionary<PropertyInfo, HashSet<PropertyInfo>>();
        var type = context.FieldDefinition.ResolvedType!.GetNamedType() as IComplexGraphType;
        var projection = type is not null && field.SelectionSet is { } below && Collect(context.Document, below, type, members, parents)
            ? new Projection<T>(members, parents, isWhole: false)
            : Whole;
        Known.AddOrUpdate(field, projection);
        return projection;
    }

    /// <summary>The rows with what is read of them, as far as it's for the store's viewer.</summary>
    /// <param name="also">What the caller itself reads, such as the columns of an order.</param>
    public IQueryable<T> Of(StoreContext store, IQueryable<T> rows, params IEnumerable<PropertyInfo> also)
    {
        if (_fetch is null)
            return IsGuarded(store) ? rows.Select(Rows.In(store, Guarded(store))) : rows;
        HashSet<PropertyInfo>? more = null;
        foreach (var property in also)
        {
            if (!_members.Contains(property))
                (more ??= [.. _members]).Add(property);
        }
        return rows.Select(more is null ? _fetch : Fetch(more));
    }

    /// <summary>The rows of these keys, as far as there are any, with what is read of them.</summary>
    public IAsyncEnumerable<T> Of(StoreContext store, IReadOnlyCollection<Guid> keys) => IsGuarded(store)
        ? Of(store, store.Set<T>().Where(Lookup<T>.Among(keys))).AsAsyncEnumerable()
        : _lookups.GetValue(store.Model, _ => new Lookup<T>(_fetch)).Find(store, keys);

    // Such entities are fetched whole: see EntityType.IsFetchedByColumns.
    private static bool IsGuarded(StoreContext store) => HasGuards && !store.Viewer.SeesAll;

    /// <summary>The whole entity without the values that aren't for the viewer.</summary>
    private static Expression<Func<T, T>> Guarded(StoreContext store)
    {
        var row = Expression.Parameter(typeof(T), "x");
        var columns = store.Model.FindEntityType(typeof(T))!.GetProperties().Select(p => p.PropertyInfo).OfType<PropertyInfo>();
        return Expression.Lambda<Func<T, T>>(Expression.MemberInit(Expression.New(typeof(T)), columns.Select(c => Expression.Bind(c, Guards.Read(store.Viewer, row, c)))), row);
    }

    private Expression<Func<T, T>> Fetch(HashSet<PropertyInfo> members)
    {
        var row = Expression.Parameter(typeof(T), "x");
        var bindings = new List<MemberBinding>();
        foreach (var member in members)
            bindings.Add(Expression.Bind(member, Expression.Property(row, member)));
        foreach (var (parent, ofParent) in _parents)
        {
            var joined = Expression.Property(row, parent);
            var made = Expression.MemberInit(Expression.New(parent.PropertyType), ofParent.Select(m => Expression.Bind(m, Expression.Property(joined, m))));
            var key = Expression.Property(row, parent.Name + "Id");
            bindings.Add(Expression.Bind(parent, Expression.Condition(Expression.Equal(key, Expression.Constant(null, key.Type)), Expression.Constant(null, parent.PropertyType), made)));
        }
        return Expression.Lambda<Func<T, T>>(Expression.MemberInit(Expression.New(typeof(T)), bindings), row);
    }

    /// <summary>Adds what is read; false where it can't be told.</summary>
    private static bool Collect(GraphQLDocument document, GraphQLSelectionSet selections, IComplexGraphType type, HashSet<PropertyInfo> members, Dictionary<PropertyInfo, HashSet<PropertyInfo>>? parents)
    {
        foreach (var selection in selections.Selections)
        {
            var known = selection switch
            {
                GraphQLField field => field.Name.Value == "__typename" || Collect(document, field, type, members, parents),
                GraphQLInlineFragment inline => Collect(document, inline.SelectionSet, type, members, parents),
                GraphQLFragmentSpread spread => document.Fragment(spread) is { } fragment && Collect(document, fragment.SelectionSet, type, members, parents),
                _ => false,
            };
            if (!known)
                return false;
        }
        return true;
    }

    private static bool Collect(GraphQLDocument document, GraphQLField field, IComplexGraphType type, HashSet<PropertyInfo> members, Dictionary<PropertyInfo, HashSet<PropertyInfo>>? parents)
    {
        if (type.GetField(field.Name.Value) is not { } definition || Reads.Of(definition) is not { } reads)
            return false;
        members.UnionWith(reads.Members);
        if (!reads.Below && reads.Parent is null)
            return true;
        if (field.SelectionSet is not { } below || definition.ResolvedType!.GetNamedType() is not IComplexGraphType further)
            return false;
        if (reads.Below)
            return Collect(document, below, further, members, parents);
        if (parents is null)
            return false;
        if (!parents.TryGetValue(reads.Parent!, out var ofParent))
            parents[reads.Parent!] = ofParent = [reads.Parent!.PropertyType.GetProperty("Id")!];
        return Collect(document, below, further, ofParent, null);
    }
}

/// <summary>What the resolver of a field reads of its entity.</summary>
/// <param name="Members">These columns.</param>
/// <param name="Below">What the fields below it read: it passes the entity on.</param>
/// <param name="Parent">The entity that this column's key names, or what the fields below read of that.</param>
internal sealed record Reads(PropertyInfo[] Members, bool Below, PropertyInfo? Parent)
{
    private const string Key = "reads";

    public static Reads? Of(FieldType field) => field.GetMetadata<Reads?>(Key);

    public void Mark(FieldType field) => field.WithMetadata(Key, this);
}

internal static class Readings
{
    /// <summary>Its resolver reads these members and nothing else of the entity.</summary>
    public static FieldType Reading<T>(this FieldType field, params string[] members)
    {
        new Reads([.. members.Select(m => typeof(T).GetProperty(m)!)], false, null).Mark(field);
        return field;
    }

    /// <summary>Its resolver reads nothing of the entity.</summary>
    public static FieldType ReadingNothing(this FieldType field)
    {
        new Reads([], false, null).Mark(field);
        return field;
    }

    /// <summary>Its resolver passes the entity on, as it is or wrapped.</summary>
    public static FieldType PassingOn(this FieldType field)
    {
        new Reads([], true, null).Mark(field);
        return field;
    }

    /// <summary>Its resolver gives the parent entity where that was fetched along, and else finds it by its key.</summary>
    public static FieldType Joining<T>(this FieldType field, string parent)
    {
        new Reads([typeof(T).GetProperty(parent + "Id")!], false, typeof(T).GetProperty(parent)!).Mark(field);
        return field;
    }
}
