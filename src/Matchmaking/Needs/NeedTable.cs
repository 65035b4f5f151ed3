using Matchmaking.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Matchmaking.Needs;

internal sealed class NeedTable : IEntityTypeConfiguration<Need>
{
    public void Configure(EntityTypeBuilder<Need> need)
    {
        need.ToTable("needs");
        need.HasIndex(n => n.SourceId).IsUnique();
        need.HasIndex(n => n.IdempotencyKey).IsUnique();
        need.HasIndex(n => n.EnterpriseId);
        need.Property(n => n.UpdatedAt).IsConcurrencyToken();
        need.HasOne(n => n.Enterprise).WithMany().HasForeignKey(n => n.EnterpriseId).OnDelete(DeleteBehavior.Restrict);
        need.Property(n => n.Budget).HasConversion<Fen>();
        need.Enums(n => n.AcceptedModes);
    }
}
