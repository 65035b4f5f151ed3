using Matchmaking.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Matchmaking.Organizations;

internal sealed class InstitutionTable : IEntityTypeConfiguration<Institution>
{
    public void Configure(EntityTypeBuilder<Institution> institution)
    {
        institution.ToTable("institutions");
        institution.HasIndex(i => i.Code).IsUnique();
        institution.HasIndex(i => i.Name).IsUnique();
    }
}

internal sealed class EnterpriseTable : IEntityTypeConfiguration<Enterprise>
{
    public void Configure(EntityTypeBuilder<Enterprise> enterprise)
    {
        enterprise.ToTable("enterprises");
        enterprise.HasIndex(e => e.CreditCode).IsUnique();
        enterprise.HasIndex(e => e.Name);
        enterprise.Property(e => e.Revenue).HasConversion<Fen>();
        enterprise.Property(e => e.TotalAssets).HasConversion<Fen>();
        enterprise.Enums(e => e.Qualifications);
    }
}
