using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.Logging.Console;

namespace Matchmaking.Observing;

/// <summary>How the service logs: to the console, as text or, with <c>Logging:Console:FormatterName=json</c>, one JSON object a line.</summary>
internal static class Logs
{
    /// <summary>What holds where nothing else is configured.</summary>
    private static readonly Dictionary<string, string?> Defaults = new()
    {
        // The request's id and the trace's, by which an error that a client reports is found.
        ["Logging:Console:FormatterOptions:IncludeScopes"] = "true",
        ["Logging:Console:FormatterOptions:UseUtcTimestamp"] = "true",
        ["Logging:Console:FormatterOptions:TimestampFormat"] = "yyyy-MM-dd'T'HH:mm:ss.fff'Z' ",
    };

    public static void Configure(WebApplicationBuilder builder)
    {
        ((IConfigurationBuilder)builder.Configuration).Sources.Insert(0, new MemoryConfigurationSource { InitialData = Defaults });
        builder.Logging.ClearProviders();
        // AddConsole would register the bare provider again: its parts are there, the provider is wrapped.
        builder.Logging.AddConsole();
        foreach (var provider in builder.Services.Where(s => s.ServiceType == typeof(ILoggerProvider)).ToList())
            builder.Services.Remove(provider);
        builder.Services.AddSingleton<ConsoleLoggerProvider>();
        builder.Services.AddSingleton<ILoggerProvider, DiscreetLogs>();
    }
}
