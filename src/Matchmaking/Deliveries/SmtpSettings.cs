using System.Globalization;
using MailKit.Security;
using Matchmaking.Store;
using MimeKit;

namespace Matchmaking.Deliveries;

/// <summary>How the mail server is reached, and in whose name.</summary>
internal sealed record SmtpSettings(string Host, int Port, SecureSocketOptions Security, string? User, string? Password, MailboxAddress From)
{
    /// <returns>Null where no host is given.</returns>
    /// <exception cref="ConfigurationException">A value can't be used; the message names it, and never the password.</exception>
    public static SmtpSettings? Read(IConfiguration configuration, string prefix)
    {
        if (configuration[prefix + "Host"] is not { Length: > 0 } host)
            return null;
        var port = 587;
        if (configuration[prefix + "Port"] is { } given && !(int.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port is > 0 and < 65536))
            throw new ConfigurationException($"{prefix}Port: '{given}' is no port.");
        // Without TLS only where that is said: a password would be read by all who carry it.
        var security = configuration[prefix + "Security"] switch
        {
            null or "StartTls" => SecureSocketOptions.StartTls,
            "Tls" => SecureSocketOptions.SslOnConnect,
            "None" => SecureSocketOptions.None,
            var other => throw new ConfigurationException($"{prefix}Security: '{other}' is none of StartTls, Tls, None."),
        };
        if (!MailboxAddress.TryParse(configuration[prefix + "From"] ?? "", out var from) || !from.Address.Contains('@', StringComparison.Ordinal))
            throw new ConfigurationException($"{prefix}From: '{configuration[prefix + "From"]}' is no sender, for instance 专利推荐 <noreply@matchmaking.example>.");
        var (user, password) = (configuration[prefix + "User"], configuration[prefix + "Password"]);
        if (user is null != password is null)
            throw new ConfigurationException($"{prefix}User and {prefix}Password go together.");
        return new SmtpSettings(host, port, security, user, password, from);
    }
}
