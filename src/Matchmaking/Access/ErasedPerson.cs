using System.Security.Cryptography;
using System.Text;
using Matchmaking.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Matchmaking.Access;

/// <summary>Somebody who was erased, so that the next import doesn't bring the name back; the name itself isn't kept.</summary>
public sealed class ErasedPerson
{
    /// <summary>The key, and the salt of the digest.</summary>
    public Guid Id { get; init; }

    /// <summary>The holder whose patents named the person; null for all.</summary>
    public Guid? InstitutionId { get; init; }

    /// <summary>SHA-256 of the key and the name, in hexadecimal.</summary>
    public string Digest { get; init; } = "";

    public static ErasedPerson Of(Guid id, Guid? institution, string name) => new() { Id = id, InstitutionId = institution, Digest = DigestOf(id, name) };

    /// <summary>The names that may be stored of a patent of this holder.</summary>
    public static List<string> Without(IReadOnlyList<ErasedPerson> erased, Guid? holder, List<string> names) =>
        erased.Count == 0 ? names : names.FindAll(name => !erased.Any(e => (e.InstitutionId is null || e.InstitutionId == holder) && e.Digest == DigestOf(e.Id, name)));

    private static string DigestOf(Guid id, string name) => Convert.ToHexStringLower(SHA256.HashData([.. id.ToByteArray(), .. Encoding.UTF8.GetBytes(name)]));
}

internal sealed class ErasedPersonTable : IEntityTypeConfiguration<ErasedPerson>
{
    public void Configure(EntityTypeBuilder<ErasedPerson> person) => person.ToTable("erased_persons");
}
