using Matchmaking.Organizations;
using Matchmaking.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Matchmaking.Patents;

internal sealed class PatentTable : IEntityTypeConfiguration<Patent>
{
    public void Configure(EntityTypeBuilder<Patent> patent)
    {
        patent.ToTable("patents");
        patent.HasIndex(p => p.ApplicationNumber).IsUnique();
        patent.HasIndex(p => p.PublicationNumber);
        patent.HasIndex(p => p.HolderId);
        patent.HasIndex(p => p.FiledOn);
        patent.HasIndex(p => p.SourceId);
        patent.HasIndex(p => p.IdempotencyKey).IsUnique();
        patent.Property(p => p.UpdatedAt).IsConcurrencyToken();
        patent.HasOne(p => p.Holder).WithMany().HasForeignKey(p => p.HolderId).OnDelete(DeleteBehavior.Restrict);
        patent.Property(p => p.AskingPrice).HasConversion<Fen>();
        patent.Enums(p => p.TransferModes);
        patent.ComplexProperty(p => p.OpenLicense, license =>
        {
            license.Property(l => l.FixedFee).HasConversion<Fen>();
            license.Property(l => l.RoyaltyRate).HasConversion<Fen>();
        });
        patent.HasMany(p => p.Publications).WithOne().HasForeignKey(p => p.PatentId).OnDelete(DeleteBehavior.Cascade);
        patent.HasMany(p => p.LegalEvents).WithOne().HasForeignKey(e => e.PatentId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class PublicationTable : IEntityTypeConfiguration<Publication>
{
    public void Configure(EntityTypeBuilder<Publication> publication)
    {
        publication.ToTable("publications");
        publication.HasKey(p => p.Number);
    }
}

internal sealed class LegalEventTable : IEntityTypeConfiguration<LegalEvent>
{
    public void Configure(EntityTypeBuilder<LegalEvent> legalEvent) => legalEvent.ToTable("legal_events");
}

internal sealed class PatentAliasTable : IEntityTypeConfiguration<PatentAlias>
{
    public void Configure(EntityTypeBuilder<PatentAlias> alias)
    {
        alias.ToTable("patent_aliases");
        alias.HasOne<Patent>().WithMany().HasForeignKey(a => a.PatentId).OnDelete(DeleteBehavior.Cascade);
    }
}
