using System.Net;
using Matchmaking.Deliveries;
using Matchmaking.Transport;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Matchmaking.Observing;

/// <summary>Collects spans and figures and hands them out: by OTLP to whom the configuration names, and as Prometheus text at /metrics.</summary>
internal static class Telemetry
{
    private const string Path = "/metrics";

    /// <summary>Ours, and those of what we stand on.</summary>
    private static readonly string[] Meters =
    [
        Measures.Name, GraphQLTelemetry.Name, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.EntityFrameworkCore", "Npgsql", "System.Runtime",
    ];

    /// <summary>Adds what is to be collected; nothing is where nobody wants it.</summary>
    public static void AddTelemetry(this IServiceCollection services, Observation observation)
    {
        services.AddSingleton<FeedGauges>();
        var telemetry = services.AddOpenTelemetry().ConfigureResource(Describe);
        if (observation.ExportsTraces)
            telemetry.WithTracing(Trace);
        if (observation.ExportsMetrics || observation.Metrics != MetricsAccess.Off)
            telemetry.WithMetrics(metrics => Measure(metrics, observation));
    }

    /// <summary>Collects from here on: the host itself would begin only when the demo is loaded and the index has caught up.</summary>
    public static void StartTelemetry(this WebApplication app)
    {
        app.Services.GetService<TracerProvider>();
        app.Services.GetService<MeterProvider>();
        app.Services.GetRequiredService<FeedGauges>();
    }

    /// <summary>Sends the figures of a verb that ends by itself, such as an import, where OTLP is configured.</summary>
    public static void ForVerb(IConfiguration configuration)
    {
        if (!Observation.From(configuration).ExportsMetrics)
            return;
        var provider = Sdk.CreateMeterProviderBuilder().ConfigureResource(Describe).AddMeter(Measures.Name).AddOtlpExporter().Build();
        // Disposed, it sends what it has.
        AppDomain.CurrentDomain.ProcessExit += (_, _) => provider.Dispose();
    }

    /// <summary>Serves the Prometheus text to those who may read it.</summary>
    public static void MapMetrics(this WebApplication app, Observation observation)
    {
        if (observation.Metrics == MetricsAccess.Off)
            return;
        app.Use(async (context, next) =>
        {
            if (observation.Metrics == MetricsAccess.Loopback && context.Request.Path == Path && !IsNear(context))
            {
                context.Response.StatusCode = StatusCodes.Status403Forbidden;
                await context.Response.WriteAsync("/metrics is read from this machine only, unless Matchmaking:Metrics says Everyone.\n");
                return;
            }
            await next(context);
        });
        app.MapPrometheusScrapingEndpoint(Path).DisableHttpMetrics();
    }

    // A proxy on this machine asks in the name of somebody who may be elsewhere.
    private static bool IsNear(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address)
        && !context.Request.Headers.ContainsKey("X-Forwarded-For") && !context.Request.Headers.ContainsKey("Forwarded");

    private static void Describe(ResourceBuilder resource) => resource
        .AddService("matchmaking", serviceVersion: typeof(Telemetry).Assembly.GetName().Version?.ToString(3))
        // Again and last, so that OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES have the last word.
        .AddEnvironmentVariableDetector();

    private static void Trace(TracerProviderBuilder tracing) => tracing
        .AddSource(Measures.Name, GraphQLTelemetry.Name)
        .AddAspNetCoreInstrumentation(http =>
        {
            http.RecordException = false;
            // The addresses of feeds and of links in mails are secrets.
            http.Filter = context => context.Request.Path != Path && !SecretLinks.Hold(context.Request.Path) && !context.Request.Path.StartsWithSegments("/health");
        })
        .AddOtlpExporter();

    private static void Measure(MeterProviderBuilder metrics, Observation observation)
    {
        metrics.AddMeter(Meters);
        if (observation.Metrics != MetricsAccess.Off)
            metrics.AddPrometheusExporter(prometheus => prometheus.ScrapeResponseCacheDurationMilliseconds = 0);
        if (observation.ExportsMetrics)
            metrics.AddOtlpExporter();
    }
}
