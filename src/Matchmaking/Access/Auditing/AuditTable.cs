using Matchmaking.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Matchmaking.Access.Auditing;

internal sealed class AuditTable : IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<AuditEntry> entry)
    {
        entry.ToTable("audit_trail");
        entry.Property(e => e.Id).ValueGeneratedNever();
        entry.HasIndex(e => new { e.EntityId, e.Id });
        entry.Enums(e => e.Roles);
    }
}
