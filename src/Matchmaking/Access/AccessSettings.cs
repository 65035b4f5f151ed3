using System.Net;
using Matchmaking.Store;

namespace Matchmaking.Access;

/// <summary>How callers are known and bounded: the section <c>Matchmaking:Access</c>.</summary>
internal sealed record AccessSettings
{
    private const string Section = "Matchmaking:Access";

    /// <summary>The issuer of tokens by OpenID Connect; null where the service's own keys sign them.</summary>
    public Uri? Authority { get; private init; }

    /// <summary>Whom tokens must be meant for.</summary>
    public string Audience { get; private init; } = "matchmaking";

    /// <summary>Whether the issuer may be asked without TLS; for a trial on one machine.</summary>
    public bool AllowsPlainAuthority { get; private init; }

    /// <summary>The claims that say who the caller is.</summary>
    public ClaimNames Claims { get; private init; } = new();

    /// <summary>Whether who shows no token is an administrator; on this machine only.</summary>
    public bool TrustsThisMachine { get; private init; }

    /// <summary>The pages beside our own that may ask, as <c>https://example.org</c>; none by default.</summary>
    public IReadOnlyList<string> Origins { get; private init; } = [];

    /// <summary>The proxies whose X-Forwarded-For and X-Forwarded-Proto are believed.</summary>
    public IReadOnlyList<IPAddress> Proxies { get; private init; } = [];

    /// <summary>How much a caller may ask for.</summary>
    public LimitSettings Limits { get; private init; } = new();

    /// <summary>Reads the section.</summary>
    /// <exception cref="ConfigurationException">A value isn't known or can't be used; the message names it.</exception>
    public static AccessSettings From(IConfiguration configuration)
    {
        var section = configuration.GetSection(Section);
        foreach (var given in section.GetChildren())
        {
            if (given.Key is not ("Authority" or "Audience" or "AllowPlainAuthority" or "Claims" or "Anonymous" or "Origins" or "Proxies" or "Limits"))
                throw new ConfigurationException($"{given.Path} isn't known.");
        }
        var authority = section["Authority"];
        var plain = Flag(section, "AllowPlainAuthority");
        Uri? issuer = null;
        if (!string.IsNullOrEmpty(authority) && (!Uri.TryCreate(authority, UriKind.Absolute, out issuer) || (issuer.Scheme != "https" && !(plain && issuer.Scheme == "http"))))
            throw new ConfigurationException($"{Section}:Authority: '{authority}' is no https address of an issuer.");
        var trusts = section["Anonymous"] switch
        {
            null or "" or "Public" => false,
            "Administrator" => true,
            var other => throw new ConfigurationException($"{Section}:Anonymous: '{other}' is neither Public nor Administrator."),
        };
        return new AccessSettings
        {
            Authority = issuer,
            Audience = section["Audience"] is { Length: > 0 } audience ? audience : "matchmaking",
            AllowsPlainAuthority = plain,
            Claims = ClaimNames.From(section.GetSection("Claims")),
            TrustsThisMachine = trusts,
            Origins = [.. Words(section["Origins"]).Select(Origin)],
            Proxies = [.. Words(section["Proxies"]).Select(Proxy)],
            Limits = LimitSettings.From(section.GetSection("Limits"), trusts),
        };
    }

    private static string Origin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var origin) && origin.Scheme is "http" or "https" && origin.GetLeftPart(UriPartial.Authority) == text ? text
        : throw new ConfigurationException($"{Section}:Origins: '{text}' is no origin, as https://example.org.");

    private static IPAddress Proxy(string text) =>
        IPAddress.TryParse(text, out var address) ? address : throw new ConfigurationException($"{Section}:Proxies: '{text}' is no IP address.");

    private static bool Flag(IConfigurationSection section, string name) => section[name] switch
    {
        null or "" => false,
        var text when bool.TryParse(text, out var flag) => flag,
        var text => throw new ConfigurationException($"{section.Path}:{name}: '{text}' is neither true nor false."),
    };

    private static string[] Words(string? text) => (text ?? "").Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>The claims of a token that are read.</summary>
internal sealed record ClaimNames(string Name = "name", string Role = "role", string Institution = "institution", string Enterprise = "enterprise", string Province = "province")
{
    /// <exception cref="ConfigurationException">A setting isn't known.</exception>
    public static ClaimNames From(IConfigurationSection section)
    {
        foreach (var given in section.GetChildren())
        {
            if (given.Key is not (nameof(Name) or nameof(Role) or nameof(Institution) or nameof(Enterprise) or nameof(Province)))
                throw new ConfigurationException($"{given.Path} isn't known: Name, Role, Institution, Enterprise and Province are.");
        }
        string Of(string key, string standard) => section[key] is { Length: > 0 } name ? name : standard;
        return new(Of(nameof(Name), "name"), Of(nameof(Role), "role"), Of(nameof(Institution), "institution"), Of(nameof(Enterprise), "enterprise"), Of(nameof(Province), "province"));
    }
}

/// <summary>How much a caller may ask for; 0 is without a bound.</summary>
/// <param name="RequestsPerAddress">Requests a second from one address; ten times as many at once.</param>
/// <param name="RequestsPerCaller">Requests a second of one identity; ten times as many at once.</param>
/// <param name="CostPerCaller">Field cost a second of one identity, or of an address without one; ten times as much at once.</param>
/// <param name="SubscriptionsPerCaller">Subscriptions open at a time.</param>
/// <param name="FailedLogins">Refused tokens a minute from one address.</param>
internal sealed record LimitSettings(int RequestsPerAddress = 200, int RequestsPerCaller = 100, int CostPerCaller = 50_000, int SubscriptionsPerCaller = 200, int FailedLogins = 20)
{
    public static LimitSettings From(IConfigurationSection section, bool isUnbounded)
    {
        var standard = isUnbounded ? new LimitSettings(0, 0, 0, 0, 0) : new LimitSettings();
        foreach (var given in section.GetChildren())
        {
            if (typeof(LimitSettings).GetProperty(given.Key) is null)
                throw new ConfigurationException($"{given.Path} isn't known.");
        }
        int Of(string key, int otherwise) => section[key] switch
        {
            null or "" => otherwise,
            var text when int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) => number,
            var text => throw new ConfigurationException($"{section.Path}:{key}: '{text}' is no whole number from 0."),
        };
        return new(Of(nameof(RequestsPerAddress), standard.RequestsPerAddress), Of(nameof(RequestsPerCaller), standard.RequestsPerCaller),
            Of(nameof(CostPerCaller), standard.CostPerCaller), Of(nameof(SubscriptionsPerCaller), standard.SubscriptionsPerCaller), Of(nameof(FailedLogins), standard.FailedLogins));
    }
}
