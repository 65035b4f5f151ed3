using System.Net;
using Matchmaking.Store;

namespace Matchmaking.Hosting;

/// <summary>Keeps the service off the network where it trusts this machine: each caller without a token is an administrator then.</summary>
internal static class Loopback
{
    /// <summary>Looks at every place where ASP.NET Core takes an address from: urls, http_ports, https_ports and Kestrel:Endpoints.</summary>
    /// <exception cref="ConfigurationException">An address can be reached from elsewhere.</exception>
    public static void Require(IConfiguration configuration)
    {
        foreach (var ports in (ReadOnlySpan<string>)["http_ports", "https_ports"])
        {
            // With urls given, ASP.NET Core takes no notice of these.
            if (configuration[ports] is { Length: > 0 } value && string.IsNullOrEmpty(configuration["urls"]))
                throw new ConfigurationException($"{ports}: '{value}' would listen on every address of this machine. With Matchmaking:Access:Anonymous=Administrator each caller is an administrator: give --urls http://127.0.0.1:PORT instead.");
        }
        Require("urls", configuration["urls"] ?? "");
        foreach (var endpoint in configuration.GetSection("Kestrel:Endpoints").GetChildren())
            Require(endpoint.Path + ":Url", endpoint["Url"] ?? "");
    }

    private static void Require(string setting, string urls)
    {
        foreach (var url in urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var host = Uri.TryCreate(url, UriKind.Absolute, out var uri) ? uri.Host.Trim('[', ']') : null;
            if (host != "localhost" && !(IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address)))
                throw new ConfigurationException($"{setting}: '{url}' can be reached from other machines, or is no address. With Matchmaking:Access:Anonymous=Administrator each caller is an administrator, so the service binds to 127.0.0.1, [::1] or localhost only.");
        }
    }
}
