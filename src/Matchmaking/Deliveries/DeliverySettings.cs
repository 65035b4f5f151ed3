using System.Globalization;
using Matchmaking.Store;

namespace Matchmaking.Deliveries;

/// <summary>What an operator says about what is told outside.</summary>
internal sealed record DeliverySettings
{
    private const string Prefix = "Matchmaking:Deliveries:";

    /// <summary>Every setting there is, for those who look whether one is misspelled.</summary>
    public static readonly string[] Keys =
    [
        Prefix + nameof(AllowHttp), Prefix + nameof(AllowPrivateAddresses), Prefix + nameof(Timeout), Prefix + nameof(PublicUrl),
        Prefix + "Smtp:Host", Prefix + "Smtp:Port", Prefix + "Smtp:Security", Prefix + "Smtp:User", Prefix + "Smtp:Password", Prefix + "Smtp:From",
    ];

    /// <summary>Whether webhooks may be posted to without TLS.</summary>
    public bool AllowHttp { get; init; }

    /// <summary>Whether webhooks may lead into private, loopback, link-local and other networks that aren't the public one.</summary>
    public bool AllowPrivateAddresses { get; init; }

    /// <summary>How long a receiver has for its answer.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Under which address the world reaches this service: what links in mails and of feeds begin with; null where nobody said.</summary>
    public Uri? PublicUrl { get; init; }

    /// <summary>The mail server; null where no mails are sent.</summary>
    public SmtpSettings? Smtp { get; init; }

    /// <exception cref="ConfigurationException">A value can't be used; the message names it.</exception>
    public static DeliverySettings From(IConfiguration configuration)
    {
        var smtp = SmtpSettings.Read(configuration, Prefix + "Smtp:");
        var settings = new DeliverySettings
        {
            AllowHttp = Truth(configuration, nameof(AllowHttp)),
            AllowPrivateAddresses = Truth(configuration, nameof(AllowPrivateAddresses)),
            Timeout = Seconds(configuration, nameof(Timeout), 10, 1, 60),
            PublicUrl = Address(configuration),
            Smtp = smtp,
        };
        return smtp is not null && settings.PublicUrl is null
            ? throw new ConfigurationException($"{Prefix}PublicUrl: with {Prefix}Smtp:Host it is needed, for the links in mails, for instance https://matchmaking.example.")
            : settings;
    }

    private static bool Truth(IConfiguration configuration, string name)
    {
        var truth = false;
        return configuration[Prefix + name] is not { } given || bool.TryParse(given, out truth) ? truth : throw new ConfigurationException($"{Prefix}{name}: '{given}' is neither true nor false.");
    }

    private static TimeSpan Seconds(IConfiguration configuration, string name, double seconds, double least, double most) =>
        configuration[Prefix + name] is not { } given || (double.TryParse(given, NumberStyles.Float, CultureInfo.InvariantCulture, out seconds) && seconds >= least && seconds <= most)
            ? TimeSpan.FromSeconds(seconds)
            : throw new ConfigurationException(string.Create(CultureInfo.InvariantCulture, $"{Prefix}{name}: '{given}' is no number of seconds from {least} to {most}."));

    private static Uri? Address(IConfiguration configuration) => configuration[Prefix + nameof(PublicUrl)] switch
    {
        null or "" => null,
        var given when Uri.TryCreate(given.TrimEnd('/') + "/", UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url is { UserInfo: "", Query: "", Fragment: "" } => url,
        var given => throw new ConfigurationException($"{Prefix}{nameof(PublicUrl)}: '{given}' is no http or https address."),
    };
}
