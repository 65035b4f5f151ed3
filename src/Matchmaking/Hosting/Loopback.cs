using System.Net;
using Matchmaking.Store;

namespace Matchmaking.Hosting;

/// <summary>Keeps the service off the network as long as it knows no rights.</summary>
internal static class Loopback
{
    /// <exception cref="ConfigurationException">An address can be reached from elsewhere.</exception>
    public static void Require(string urls)
    {
        foreach (var url in urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var host = Uri.TryCreate(url, UriKind.Absolute, out var uri) ? uri.Host.Trim('[', ']') : null;
            if (host != "localhost" && !(IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address)))
                throw new ConfigurationException($"--urls: '{url}' can be reached from other machines. Until rights exist each caller is an administrator, so the service binds to 127.0.0.1, [::1] or localhost only.");
        }
    }
}
