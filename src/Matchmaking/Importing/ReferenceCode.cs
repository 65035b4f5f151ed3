using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Matchmaking.Importing;

/// <summary>One entry of a full official classification that an operator loaded (分类表条目).</summary>
public sealed class ReferenceCode
{
    /// <summary>The classification: ipc or industries.</summary>
    public required string System { get; init; }

    /// <summary>The code within it: H01M 4/36 or C3841.</summary>
    public required string Code { get; init; }

    /// <summary>The level as the table words it.</summary>
    public string? Level { get; set; }

    /// <summary>The title.</summary>
    public required string Title { get; set; }
}

internal sealed class ReferenceCodeTable : IEntityTypeConfiguration<ReferenceCode>
{
    public void Configure(EntityTypeBuilder<ReferenceCode> code)
    {
        code.ToTable("reference_codes");
        code.HasKey(c => new { c.System, c.Code });
    }
}
