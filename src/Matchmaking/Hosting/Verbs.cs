using System.CommandLine;
using Matchmaking.Observing;
using Matchmaking.Store;

namespace Matchmaking.Hosting;

/// <summary>What all verbs have in common: where the data lies and how it is configured.</summary>
internal static class Verbs
{
    public static readonly Option<string?> Data = new("--data") { Description = "The data directory; by default ./data, or Matchmaking:Data." };

    public static readonly Option<string[]> Set = new("--set")
    {
        Description = "A setting, as --set Matchmaking:Provider=PostgreSql; environment variables (Matchmaking__Provider, ConnectionStrings__Matchmaking) and appsettings.json count too.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    /// <summary>Opens the configured store for a verb that works beside a running service.</summary>
    public static async Task<StoreFactory> OpenStoreAsync(ParseResult parsed, CancellationToken cancellation) => (await OpenAsync(parsed, cancellation)).Stores;

    /// <summary>The same with how it is configured.</summary>
    public static async Task<(Installation Installation, IConfiguration Configuration, StoreFactory Stores)> OpenAsync(ParseResult parsed, CancellationToken cancellation)
    {
        SettingArguments.RequirePairs(parsed.GetValue(Set) ?? []);
        var configuration = new ConfigurationBuilder()
            .AddJsonFile("appsettings.json", optional: true)
            .AddEnvironmentVariables()
            .AddCommandLine([.. (parsed.GetValue(Set) ?? []).Select(setting => "--" + setting)])
            .Build();
        Telemetry.ForVerb(configuration);
        var installation = Installation.From(configuration, parsed.GetValue(Data));
        return (installation, configuration, await installation.OpenStoreAsync(TimeProvider.System, cancellation));
    }
}
