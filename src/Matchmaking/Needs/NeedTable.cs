using Matchmaking.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Matchmaking.Needs;

internal sealed class NeedInvitationTable : IEntityTypeConfiguration<NeedInvitation>
{
    public void Configure(EntityTypeBuilder<NeedInvitation> invitation)
    {
        invitation.ToTable("need_invitations");
        invitation.HasIndex(i => new { i.NeedId, i.InstitutionId }).IsUnique().HasFilter("institution_id IS NOT NULL");
        invitation.HasIndex(i => new { i.NeedId, i.Agency }).IsUnique().HasFilter("agency IS NOT NULL");
        invitation.HasOne<Need>().WithMany().HasForeignKey(i => i.NeedId).OnDelete(DeleteBehavior.Cascade);
    }
}

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
