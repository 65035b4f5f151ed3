using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Matchmaking.Deliveries;

internal sealed class WebhookTable : IEntityTypeConfiguration<Webhook>
{
    public void Configure(EntityTypeBuilder<Webhook> webhook)
    {
        webhook.ToTable("webhooks");
        webhook.HasIndex(w => w.EnterpriseId);
        webhook.HasIndex(w => w.InstitutionId);
        webhook.Property(w => w.UpdatedAt).IsConcurrencyToken();
        webhook.Ignore(w => w.Owner);
    }
}

internal sealed class DeliveryTable : IEntityTypeConfiguration<Delivery>
{
    public void Configure(EntityTypeBuilder<Delivery> delivery)
    {
        delivery.ToTable("deliveries");
        delivery.HasIndex(d => new { d.WebhookId, d.RecommendationId }).IsUnique();
        delivery.HasIndex(d => d.WebhookId).HasFilter("state = 'Pending'").HasDatabaseName("ix_deliveries_pending");
        delivery.HasIndex(d => d.UpdatedAt);
        delivery.HasOne<Webhook>().WithMany().HasForeignKey(d => d.WebhookId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class DigestTable : IEntityTypeConfiguration<Digest>
{
    public void Configure(EntityTypeBuilder<Digest> digest)
    {
        digest.ToTable("digests");
        // Of two keys one is null, and null is like no other: each index looks after its own kind of owner.
        digest.HasIndex(d => new { d.EnterpriseId, d.Address }).IsUnique();
        digest.HasIndex(d => new { d.InstitutionId, d.Address }).IsUnique();
        digest.HasIndex(d => d.UnsubscribeToken).IsUnique();
        digest.HasIndex(d => d.DueAt);
        digest.Property(d => d.UpdatedAt).IsConcurrencyToken();
        digest.Ignore(d => d.Owner);
    }
}

internal sealed class NeedFeedTable : IEntityTypeConfiguration<NeedFeed>
{
    public void Configure(EntityTypeBuilder<NeedFeed> feed)
    {
        feed.ToTable("need_feeds");
        feed.HasIndex(f => f.NeedId);
        feed.HasIndex(f => f.TokenHash).IsUnique();
        feed.Property(f => f.UpdatedAt).IsConcurrencyToken();
    }
}
