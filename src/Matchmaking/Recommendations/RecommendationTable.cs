using System.Text.Encodings.Web;
using System.Text.Json;
using Matchmaking.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Matchmaking.Recommendations;

/// <remarks>Without foreign keys: a patent that was merged away keeps its recommendations, and no import waits for them.</remarks>
internal sealed class RecommendationTable : IEntityTypeConfiguration<Recommendation>
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public void Configure(EntityTypeBuilder<Recommendation> recommendation)
    {
        recommendation.ToTable("recommendations");
        recommendation.HasIndex(r => r.Position).IsUnique();
        recommendation.HasIndex(r => new { r.NeedId, r.PatentId, r.NeedVersion, r.PatentVersion }).IsUnique().HasFilter("taken_back_at IS NULL");
        recommendation.HasIndex(r => r.PatentId);
        recommendation.HasIndex(r => r.NeedId).HasFilter("position IS NULL AND taken_back_at IS NULL");
        recommendation.Property(r => r.UpdatedAt).IsConcurrencyToken();
        recommendation.ComplexProperty(r => r.Feedback, feedback =>
        {
            // Named for the whole, since the recommendation has a reason of its own.
            feedback.Property(f => f.Verdict).HasColumnName("feedback_verdict");
            feedback.Property(f => f.Reason).HasColumnName("feedback_reason");
            feedback.Property(f => f.Comment).HasColumnName("feedback_comment");
            feedback.Property(f => f.GivenAt).HasColumnName("feedback_given_at");
        });
        recommendation.ComplexProperty(r => r.Offer, offer =>
        {
            offer.Property(o => o.AskingPrice).HasConversion<Fen>().HasColumnName("answered_price");
            offer.Property(o => o.Readiness).HasColumnName("answered_readiness");
            offer.Property(o => o.Modes).HasColumnName("answered_modes");
        });
        recommendation.Property(r => r.Adjustment).HasConversion(
            adjustment => JsonSerializer.Serialize(adjustment!.Components, Json),
            text => new Adjustment(JsonSerializer.Deserialize<List<AdjustmentComponent>>(text, Json)!));
        // What a need was told today, and what it has answered, is looked at whenever something may be told to it.
        recommendation.HasIndex(r => new { r.NeedId, r.CreatedAt });
        recommendation.HasIndex(r => r.BehindId);
        recommendation.Ignore(r => r.IsUnseen);
    }
}

internal sealed class MatchingStateTable : IEntityTypeConfiguration<MatchingState>
{
    public void Configure(EntityTypeBuilder<MatchingState> state)
    {
        state.ToTable("matching");
        state.Property(s => s.Id).ValueGeneratedNever();
        state.Property(s => s.Turn).IsConcurrencyToken();
        state.HasData(new MatchingState { Id = 1 });
    }
}

internal sealed class MatchedVersionTable : IEntityTypeConfiguration<MatchedVersion>
{
    public void Configure(EntityTypeBuilder<MatchedVersion> matched) => matched.ToTable("matched_versions");
}

internal sealed class MatchingNodeTable : IEntityTypeConfiguration<MatchingNode>
{
    public void Configure(EntityTypeBuilder<MatchingNode> node)
    {
        node.ToTable("matching_nodes");
        node.HasKey(n => n.Name);
    }
}
