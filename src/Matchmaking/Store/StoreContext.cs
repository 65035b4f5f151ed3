using System.Linq.Expressions;
using System.Text;
using Matchmaking.Access;
using Matchmaking.Access.Auditing;
using Matchmaking.Deliveries;
using Matchmaking.Importing;
using Matchmaking.Needs;
using Matchmaking.Organizations;
using Matchmaking.Patents;
using Matchmaking.Recommendations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Matchmaking.Store;

/// <summary>The truth: every patent, need and organisation, and the feed of their changes.</summary>
/// <remarks>Write with <see cref="CommitAsync"/>, once in a transaction: it alone puts the changes on the feed.</remarks>
public abstract class StoreContext(DbContextOptions options, TimeProvider clock, KeySource keys) : DbContext(options)
{
    public DbSet<Institution> Institutions => Set<Institution>();
    public DbSet<Enterprise> Enterprises => Set<Enterprise>();
    public DbSet<Patent> Patents => Set<Patent>();
    public DbSet<Publication> Publications => Set<Publication>();
    public DbSet<LegalEvent> LegalEvents => Set<LegalEvent>();
    public DbSet<PatentAlias> PatentAliases => Set<PatentAlias>();
    public DbSet<Need> Needs => Set<Need>();
    public DbSet<NeedInvitation> NeedInvitations => Set<NeedInvitation>();
    public DbSet<AuditEntry> AuditTrail => Set<AuditEntry>();
    public DbSet<Revocation> Revocations => Set<Revocation>();
    public DbSet<ErasedPerson> ErasedPersons => Set<ErasedPerson>();
    public DbSet<Recommendation> Recommendations => Set<Recommendation>();
    public DbSet<MatchingState> MatchingStates => Set<MatchingState>();
    public DbSet<MatchedVersion> MatchedVersions => Set<MatchedVersion>();
    public DbSet<Webhook> Webhooks => Set<Webhook>();
    public DbSet<Delivery> Deliveries => Set<Delivery>();
    public DbSet<Digest> Digests => Set<Digest>();
    public DbSet<NeedFeed> NeedFeeds => Set<NeedFeed>();
    public DbSet<MatchingNode> MatchingNodes => Set<MatchingNode>();
    public DbSet<Change> Changes => Set<Change>();
    public DbSet<FeedHead> FeedHeads => Set<FeedHead>();
    public DbSet<ImportRun> ImportRuns => Set<ImportRun>();
    public DbSet<ReferenceCode> ReferenceCodes => Set<ReferenceCode>();

    /// <summary>The importer, as <see cref="Worker"/>.</summary>
    public const string Import = "import";

    /// <summary>For whom the store is asked: rows that this viewer may not see don't exist, and what is written is in this name.</summary>
    public required Viewer Viewer { get; set; }

    /// <summary>What works in the background with it; null for a request. Lets an operator, or a test that counts, tell their statements apart.</summary>
    public string? Worker { get; init; }

    /// <summary>Where it waits between two units of work; null where it ends with the first.</summary>
    internal IdleStores? Idle { get; init; }

    /// <summary>The present instant to the millisecond, which is what the store keeps.</summary>
    public DateTime Now
    {
        get
        {
            var now = clock.GetUtcNow().UtcDateTime;
            return new DateTime(now.Ticks - now.Ticks % TimeSpan.TicksPerMillisecond, DateTimeKind.Utc);
        }
    }

    /// <summary>Ends the unit of work.</summary>
    public sealed override async ValueTask DisposeAsync()
    {
        if (Idle is null || !await Idle.KeepAsync(this))
            await base.DisposeAsync();
    }

    /// <summary>A key for a new thing.</summary>
    public Guid NewKey() => keys.Next();

    /// <summary>Writes what is tracked and its entries of the change feed in one transaction.</summary>
    /// <returns>The feed position of the last change, or null where nothing changed.</returns>
    /// <remarks>Positions are given under the lock of the head row, the last lock the transaction takes, so that they follow
    /// the order of commits and two writers can't wait for each other.</remarks>
    public async Task<long?> CommitAsync(CancellationToken cancellation = default)
    {
        if (!ChangeTracker.HasChanges())
            return null;
        return await WriteAsync(Changed(), await AuditWriter.OfAsync(this, cancellation), cancellation);
    }

    /// <summary>Writes entries of the audit trail that go with no change: who looked at what.</summary>
    internal Task RecordAsync(List<AuditEntry> entries, CancellationToken cancellation) => WriteAsync([], entries, cancellation);

    private async Task<long?> WriteAsync(List<(ChangedKind Kind, Guid Id)> changed, List<AuditEntry> audited, CancellationToken cancellation)
    {
        var at = Now;
        await using var transaction = Database.CurrentTransaction is null ? await Database.BeginTransactionAsync(cancellation) : null;
        await base.SaveChangesAsync(acceptAllChangesOnSuccess: true, cancellation);
        long? position = null;
        if (changed.Count + audited.Count > 0)
        {
            var (changes, entries) = (changed.Count, audited.Count);
            await FeedHeads.Where(h => h.Id == 1).ExecuteUpdateAsync(h => h.SetProperty(x => x.Position, x => x.Position + changes).SetProperty(x => x.Audited, x => x.Audited + entries), cancellation);
            var head = await FeedHeads.Where(h => h.Id == 1).AsTracking().SingleAsync(cancellation);
            var next = head.Position - changes;
            foreach (var (kind, id) in changed)
                Changes.Add(new Change { Position = ++next, Kind = kind, EntityId = id, At = at });
            Chain(head, audited);
            await base.SaveChangesAsync(acceptAllChangesOnSuccess: true, cancellation);
            Entry(head).State = EntityState.Detached;
            position = changes > 0 ? head.Position : null;
        }
        if (transaction is not null)
            await transaction.CommitAsync(cancellation);
        return position;
    }

    // Under the lock of the head row, so that the chain has one end.
    private void Chain(FeedHead head, List<AuditEntry> audited)
    {
        var place = head.Audited - audited.Count;
        foreach (var entry in audited)
        {
            entry.Place(++place, head.AuditHash);
            head.AuditHash = entry.Hash;
            AuditTrail.Add(entry);
        }
    }

    public sealed override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default) =>
        Changed().Count == 0
            ? base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken)
            : throw new InvalidOperationException("Write with CommitAsync: what is saved past it is missing from the change feed.");

    private List<(ChangedKind Kind, Guid Id)> Changed()
    {
        var changed = new HashSet<(ChangedKind, Guid)>();
        foreach (var entry in ChangeTracker.Entries())
        {
            if (entry.State is EntityState.Unchanged or EntityState.Detached)
                continue;
            (ChangedKind, Guid)? thing = entry.Entity switch
            {
                Institution i => (ChangedKind.Institution, i.Id),
                Enterprise e => (ChangedKind.Enterprise, e.Id),
                Patent p => (ChangedKind.Patent, p.Id),
                Publication p => (ChangedKind.Patent, p.PatentId),
                LegalEvent e => (ChangedKind.Patent, e.PatentId),
                Need n => (ChangedKind.Need, n.Id),
                _ => null,
            };
            if (thing is { } it)
                changed.Add(it);
        }
        return [.. changed.Order()];
    }

    protected override void OnModelCreating(ModelBuilder model)
    {
        model.ApplyConfigurationsFromAssembly(typeof(StoreContext).Assembly);
        model.Entity<Change>(change =>
        {
            change.ToTable("changes");
            change.HasKey(c => c.Position);
            change.Property(c => c.Position).ValueGeneratedNever();
        });
        model.Entity<FeedHead>(head =>
        {
            head.ToTable("feed_head");
            head.Property(h => h.Id).ValueGeneratedNever();
            head.HasData(new FeedHead { Id = 1, Position = 0, AuditHash = AuditEntry.Start });
        });
        RowRights.Apply(model, this);
        foreach (var entity in model.Model.GetEntityTypes())
        {
            foreach (var property in entity.GetProperties().Concat(entity.GetComplexProperties().SelectMany(c => c.ComplexType.GetProperties())))
            {
                property.SetColumnName(Snake(property.GetColumnName()));
                if (property.ClrType == typeof(Guid))
                    property.ValueGenerated = Microsoft.EntityFrameworkCore.Metadata.ValueGenerated.Never;
            }
        }
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder conventions)
    {
        conventions.Properties<Enum>().HaveConversion<string>();
        conventions.Properties<DateTime>().HaveConversion<UtcKind>();
    }

    private static string Snake(string name)
    {
        var snake = new StringBuilder();
        for (var i = 0; i < name.Length; i++)
        {
            if (char.IsUpper(name[i]) && i > 0 && name[i - 1] != '_')
                snake.Append('_');
            snake.Append(char.ToLowerInvariant(name[i]));
        }
        return snake.ToString();
    }

    /// <summary>SQLite gives instants back without their kind; they are always UTC.</summary>
    private sealed class UtcKind() : ValueConverter<DateTime, DateTime>(at => at, at => DateTime.SpecifyKind(at, DateTimeKind.Utc));
}

internal static class TableBuilding
{
    /// <summary>Keeps a list of enum members by name, readable in the database.</summary>
    public static void Enums<TEntity, TEnum>(this EntityTypeBuilder<TEntity> entity, Expression<Func<TEntity, List<TEnum>>> list)
        where TEntity : class
        where TEnum : struct, Enum =>
        entity.PrimitiveCollection(list!).ElementType().HasConversion<string>();
}
