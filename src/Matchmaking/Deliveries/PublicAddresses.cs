using System.Net;
using System.Net.Sockets;

namespace Matchmaking.Deliveries;

/// <summary>Which IP addresses belong to the public network.</summary>
/// <remarks>By IANA's registries of special-purpose addresses (IPv4 and IPv6, RFC 6890 and its updates), as of 2025: what isn't globally reachable isn't public.
/// Where an IPv6 address carries one of IPv4, that one must be public too.</remarks>
internal static class PublicAddresses
{
    private static readonly IPNetwork[] Closed4 = [.. ((string[])
    [
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24",
        "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
    ]).Select(IPNetwork.Parse)];

    private static readonly IPNetwork Global6 = IPNetwork.Parse("2000::/3");

    // Of 2001::/23 some are reachable, none of them by a web server.
    private static readonly IPNetwork[] Closed6 = [.. ((string[])["2001::/23", "2001:db8::/32", "2620:4f:8000::/48", "3fff::/20"]).Select(IPNetwork.Parse)];

    private static readonly IPNetwork SixToFour = IPNetwork.Parse("2002::/16");

    public static bool Holds(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        if (address.AddressFamily == AddressFamily.InterNetwork)
            return !Array.Exists(Closed4, network => network.Contains(address));
        if (address.AddressFamily != AddressFamily.InterNetworkV6 || address.ScopeId != 0 || !Global6.Contains(address) || Array.Exists(Closed6, network => network.Contains(address)))
            return false;
        return !SixToFour.Contains(address) || Holds(new IPAddress(address.GetAddressBytes().AsSpan(2, 4)));
    }
}
