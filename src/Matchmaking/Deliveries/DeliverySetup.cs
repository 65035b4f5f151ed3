namespace Matchmaking.Deliveries;

/// <summary>What the host needs to know of this room.</summary>
internal static class DeliverySetup
{
    /// <exception cref="Store.ConfigurationException">A setting can't be used.</exception>
    public static void AddDeliveries(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(DeliverySettings.From(configuration));
        services.AddSingleton<DeliverySignal>();
        services.AddSingleton(s => new WebhookSender(s.GetRequiredService<DeliverySettings>(), s.GetRequiredService<TimeProvider>()));
        services.AddSingleton<WebhookWork>();
        services.AddHostedService<WebhookDispatcher>();
        services.AddSingleton<DigestSignal>();
        services.AddSingleton<DigestMailer>();
        services.AddHostedService<DigestPostman>();
    }

    public static void MapDeliveries(this WebApplication app)
    {
        FeedEndpoint.Map(app);
        UnsubscribeEndpoint.Map(app);
    }
}
