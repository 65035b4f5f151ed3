using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Matchmaking.Access;

/// <summary>A token that counts no more, though it hasn't ended.</summary>
public sealed class Revocation
{
    /// <summary>The token's id.</summary>
    public string TokenId { get; init; } = "";

    /// <summary>When it was revoked.</summary>
    public DateTime At { get; init; }
}

internal sealed class RevocationTable : IEntityTypeConfiguration<Revocation>
{
    public void Configure(EntityTypeBuilder<Revocation> revocation)
    {
        revocation.ToTable("revoked_tokens");
        revocation.HasKey(r => r.TokenId);
    }
}
