using Matchmaking.Store;

namespace Matchmaking.Observing;

/// <summary>What an operator chose to see of the service.</summary>
/// <param name="Metrics">Who may read /metrics.</param>
/// <param name="ExportsTraces">Whether spans are sent by OTLP.</param>
/// <param name="ExportsMetrics">Whether figures are sent by OTLP.</param>
internal sealed record Observation(MetricsAccess Metrics, bool ExportsTraces, bool ExportsMetrics)
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>Reads <c>Matchmaking:Metrics</c> and OpenTelemetry's own <c>OTEL_…</c>.</summary>
    /// <exception cref="ConfigurationException">A value can't be used; the message names it.</exception>
    public static Observation From(IConfiguration configuration)
    {
        var access = MetricsAccess.Loopback;
        if (configuration["Matchmaking:Metrics"] is { } named && !(Enum.TryParse(named, ignoreCase: true, out access) && Enum.IsDefined(access)))
            throw new ConfigurationException($"Matchmaking:Metrics: '{named}' is none of {string.Join(", ", Enum.GetNames<MetricsAccess>())}.");
        var off = string.Equals(configuration["OTEL_SDK_DISABLED"], "true", StringComparison.OrdinalIgnoreCase);
        return new Observation(access, !off && Exports(configuration, "TRACES"), !off && Exports(configuration, "METRICS"));
    }

    private static bool Exports(IConfiguration configuration, string signal)
    {
        var own = $"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT";
        var exporter = configuration[$"OTEL_{signal}_EXPORTER"];
        if (exporter is not (null or "" or "otlp" or "none"))
            throw new ConfigurationException($"OTEL_{signal}_EXPORTER: '{exporter}' isn't served here: otlp or none.");
        foreach (var name in (ReadOnlySpan<string>)[Endpoint, own])
        {
            if (configuration[name] is { Length: > 0 } url && !(Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"))
                throw new ConfigurationException($"{name}: '{url}' is no http or https address.");
        }
        return exporter != "none" && (configuration[Endpoint] is { Length: > 0 } || configuration[own] is { Length: > 0 });
    }
}

/// <summary>Who may read /metrics.</summary>
internal enum MetricsAccess
{
    /// <summary>Whoever asks from this machine, and not through a proxy.</summary>
    Loopback,

    /// <summary>Whoever can reach the service.</summary>
    Everyone,

    /// <summary>Nobody; the page isn't there.</summary>
    Off,
}
