using System.Collections;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Matchmaking.Deliveries;
using Matchmaking.Needs;
using Matchmaking.Organizations;
using Matchmaking.Patents;
using Matchmaking.Recommendations;
using Matchmaking.Store;
using Matchmaking.Transport;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Matchmaking.Access.Auditing;

/// <summary>Makes the entries of the trail from what a transaction is about to write.</summary>
internal static class AuditWriter
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = PlainJsonEncoder.Instance };

    /// <summary>What is of a person, or secret: the trail, which is never changed, says that it changed and not what it is.</summary>
    private static readonly HashSet<(Type, string)> Hidden =
    [
        (typeof(Patent), nameof(Patent.Inventors)), (typeof(Digest), nameof(Digest.Address)), (typeof(Digest), nameof(Digest.UnsubscribeToken)),
        (typeof(Webhook), nameof(Webhook.Url)), (typeof(Webhook), nameof(Webhook.Secret)), (typeof(Webhook), nameof(Webhook.FormerSecret)), (typeof(NeedFeed), nameof(NeedFeed.TokenHash)),
    ];

    /// <summary>The changes of what people answer for; what the service derives of them, or counts, isn't among them.</summary>
    public static async Task<List<AuditEntry>> OfAsync(StoreContext store, CancellationToken cancellation)
    {
        var changes = new List<(AuditAction Action, string Kind, Guid Key, object Entity, string? Before, string? After)>();
        foreach (var entry in store.ChangeTracker.Entries())
        {
            if (entry.State is EntityState.Unchanged or EntityState.Detached || Key(entry.Entity) is not var (kind, key) || (entry.Entity is Recommendation or Registration && store.Worker is not null))
                continue;
            // What an import adds is what the row is; a copy would double a national stock.
            var isCopied = !(entry.State == EntityState.Added && store.Worker == StoreContext.Import);
            var (before, after) = isCopied ? Values(entry) : (null, null);
            if (entry.State == EntityState.Modified && before is null)
                continue;
            changes.Add((entry.State switch { EntityState.Added => AuditAction.Created, EntityState.Deleted => AuditAction.Removed, _ => AuditAction.Changed }, kind, key, entry.Entity, before, after));
        }
        var concerned = await ConcernedAsync(store, [.. changes.Select(c => c.Entity)], cancellation);
        return changes.ConvertAll(c => Make(store, c.Action, c.Kind, c.Key, concerned(c.Entity), c.Before, c.After));
    }

    /// <summary>Whom an entity concerns: the province of the firm, and whether it is confidential.</summary>
    private static async Task<Func<object, (string? Province, bool IsConfidential)>> ConcernedAsync(StoreContext store, List<object> entities, CancellationToken cancellation)
    {
        var byNeed = new Dictionary<Guid, (Guid? EnterpriseId, bool IsConfidential)>();
        foreach (var need in entities.OfType<Need>())
            byNeed[need.Id] = (need.EnterpriseId, IsOrWasConfidential(store, need));
        var others = entities.Select(NeedOf).OfType<Guid>().Where(id => !byNeed.ContainsKey(id)).Distinct().ToList();
        if (others.Count > 0)
        {
            foreach (var need in await store.Needs.Where(n => EF.Parameter(others).Contains(n.Id)).Select(n => new { n.Id, n.EnterpriseId, n.Visibility }).ToListAsync(cancellation))
                byNeed[need.Id] = (need.EnterpriseId, need.Visibility == NeedVisibility.Confidential);
        }
        var firms = byNeed.Values.Select(n => n.EnterpriseId).OfType<Guid>().Distinct().ToList();
        var provinces = firms.Count == 0 ? [] : await store.Enterprises.Where(e => EF.Parameter(firms).Contains(e.Id)).Select(e => new { e.Id, e.Province }).ToDictionaryAsync(e => e.Id, e => e.Province, cancellation);
        return entity => entity is Enterprise enterprise ? (enterprise.Province, false)
            : ((entity as Need)?.Id ?? NeedOf(entity)) is { } need ? Of(need)
            : (null, false);

        (string?, bool) Of(Guid need) => byNeed.TryGetValue(need, out var of) ? (of.EnterpriseId is { } firm ? provinces.GetValueOrDefault(firm) : null, of.IsConfidential) : (null, false);
    }

    private static Guid? NeedOf(object entity) => entity switch
    {
        NeedInvitation i => i.NeedId,
        Recommendation r => r.NeedId,
        NeedFeed f => f.NeedId,
        _ => null,
    };

    /// <summary>An entry that waits for its place.</summary>
    public static AuditEntry Make(StoreContext store, AuditAction action, string kind, Guid key, (string? Province, bool IsConfidential) concerned, string? before = null, string? after = null) => new()
    {
        At = store.Now,
        Actor = store.Viewer.Name,
        Roles = [.. store.Viewer.Roles],
        TokenId = Known(store.Viewer.TokenId),
        Address = Known(store.Viewer.Address),
        RequestId = Known(store.Viewer.RequestId),
        Action = action,
        Kind = kind,
        EntityId = key,
        Province = concerned.Province,
        IsConfidential = concerned.IsConfidential,
        Before = before,
        After = after,
    };

    private static bool IsOrWasConfidential(StoreContext store, Need need) =>
        need.Visibility == NeedVisibility.Confidential
        || (store.Entry(need) is { State: EntityState.Modified } entry && entry.OriginalValues.GetValue<NeedVisibility>(nameof(Need.Visibility)) == NeedVisibility.Confidential);

    private static (string Kind, Guid Key)? Key(object entity) => entity switch
    {
        Institution i => ("Institution", i.Id),
        Enterprise e => ("Enterprise", e.Id),
        Patent p => ("Patent", p.Id),
        Need n => ("Need", n.Id),
        NeedInvitation i => ("NeedInvitation", i.NeedId),
        Recommendation r => ("Recommendation", r.Id),
        Webhook w => ("Webhook", w.Id),
        Digest d => ("Digest", d.Id),
        NeedFeed f => ("NeedFeed", f.Id),
        Revocation => ("Token", Guid.Empty),
        _ => null,
    };

    private static (string? Before, string? After) Values(EntityEntry entry)
    {
        JsonObject before = [], after = [];
        foreach (var property in entry.Properties.Where(p => !p.Metadata.IsPrimaryKey() && !p.Metadata.IsShadowProperty()))
            Compare(entry, property.Metadata, property.OriginalValue, property.CurrentValue, property.IsModified, before, after);
        foreach (var complex in entry.ComplexProperties)
        {
            foreach (var property in complex.Properties)
                Compare(entry, property.Metadata, property.OriginalValue, property.CurrentValue, property.IsModified, before, after, complex.Metadata.Name + ".");
        }
        return (before.Count > 0 ? before.ToJsonString(Readable) : null, after.Count > 0 ? after.ToJsonString(Readable) : null);
    }

    private static void Compare(EntityEntry entry, IProperty property, object? old, object? now, bool isModified, JsonObject before, JsonObject after, string prefix = "")
    {
        var name = Api.Filterable<object>.Camel(prefix + property.Name);
        var isHidden = Hidden.Contains((entry.Entity.GetType(), property.Name));
        // The clock's own mark is no change that anybody made.
        if (property.Name is nameof(Need.UpdatedAt) or nameof(Need.CreatedAt))
            return;
        if (entry.State != EntityState.Added && (entry.State == EntityState.Deleted || (isModified && !Same(old, now))))
            before[name] = isHidden ? Shape(old) : Json(old);
        if (entry.State != EntityState.Deleted && (entry.State == EntityState.Added ? now is not (null or ICollection { Count: 0 }) : isModified && !Same(old, now)))
            after[name] = isHidden ? Shape(now) : Json(now);
    }

    private static bool Same(object? old, object? now) => old is IEnumerable and not string && now is IEnumerable and not string
        ? ((IEnumerable)old).Cast<object?>().SequenceEqual(((IEnumerable)now).Cast<object?>())
        : Equals(old, now);

    private static JsonNode? Shape(object? value) => value is ICollection list ? $"({list.Count})" : value is null ? null : "(1)";

    private static JsonNode? Json(object? value) => value switch
    {
        null => null,
        string text => text,
        bool yes => yes,
        int number => number,
        long number => number,
        decimal number => number,
        double number => number,
        Guid key => key.ToString("N"),
        DateTime at => at.ToString("O", CultureInfo.InvariantCulture),
        DateOnly day => day.ToString("O", CultureInfo.InvariantCulture),
        IEnumerable list => new JsonArray([.. list.Cast<object?>().Select(Json)]),
        var other => other.ToString(),
    };

    private static string? Known(string text) => text.Length == 0 ? null : text;
}
