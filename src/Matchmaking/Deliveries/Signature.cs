using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Matchmaking.Deliveries;

/// <summary>What shows a receiver that a request is ours, fresh and whole.</summary>
/// <remarks><c>t=1764115200,v1=hex</c>: t is the second in which it was signed, v1 the HMAC-SHA256 of <c>t + "." + body</c> under the whole secret as it was
/// shown. Two v1 stand there while a former secret still holds: one that fits is enough.</remarks>
internal static class Signature
{
    public const string Header = "Matchmaking-Signature";

    public static string Of(ReadOnlySpan<byte> body, DateTimeOffset at, params ReadOnlySpan<string> secrets)
    {
        var time = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signed = new byte[time.Length + 1 + body.Length];
        Encoding.ASCII.GetBytes(time + ".", signed);
        body.CopyTo(signed.AsSpan(time.Length + 1));
        var signature = new StringBuilder("t=" + time);
        foreach (var secret in secrets)
            signature.Append(",v1=").Append(Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed)));
        return signature.ToString();
    }

    public static string NewSecret() => "whsec_" + Tokens.New();
}

/// <summary>What nobody guesses.</summary>
internal static class Tokens
{
    /// <summary>256 random bits, as they may stand in an address.</summary>
    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>What is stored of it, where it need not be shown again.</summary>
    public static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
