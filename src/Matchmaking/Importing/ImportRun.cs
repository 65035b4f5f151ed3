using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Matchmaking.Importing;

/// <summary>How far the import of one file has come; written in each batch's own transaction, so that a killed import resumes.</summary>
public sealed class ImportRun
{
    public Guid Id { get; init; }

    /// <summary>What is imported: patents, needs, institutions or enterprises.</summary>
    public required string Kind { get; init; }

    public required string FileName { get; init; }

    /// <summary>SHA-256 of the file and of its mapping: only the very same file resumes.</summary>
    public required string Digest { get; init; }

    public long Read { get; set; }

    public long Added { get; set; }

    public long Updated { get; set; }

    public long Unchanged { get; set; }

    public long Rejected { get; set; }

    /// <summary>The length in bytes of the rejects file when the last batch was committed; what stands behind it is cut off on resuming.</summary>
    public long RejectsLength { get; set; }

    public DateTime StartedAt { get; init; }

    /// <summary>Null while unfinished.</summary>
    public DateTime? FinishedAt { get; set; }
}

internal sealed class ImportRunTable : IEntityTypeConfiguration<ImportRun>
{
    public void Configure(EntityTypeBuilder<ImportRun> run)
    {
        run.ToTable("import_runs");
        run.HasIndex(r => new { r.Kind, r.Digest });
    }
}
