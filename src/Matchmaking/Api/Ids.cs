using System.Buffers.Text;
using System.Text;
using GraphQL;

namespace Matchmaking.Api;

/// <summary>Opaque ids: base64 of <c>Type:key</c>, as HotChocolate and Relay have them.</summary>
internal static class Ids
{
    public static string Encode(string type, Guid key) => Convert.ToBase64String(Encoding.UTF8.GetBytes($"{type}:{key:N}"));

    /// <summary>The key of an id that must be of the given type.</summary>
    /// <exception cref="ExecutionError">BAD_ID, naming the argument and the value.</exception>
    public static Guid Decode(string id, string type, string argument)
    {
        var (actual, key) = Decode(id, argument);
        return actual == type ? key : throw Errors.BadId($"{argument}: the id '{Errors.Shorten(id)}' is one of a {actual}, not of a {type}.");
    }

    /// <exception cref="ExecutionError">BAD_ID, naming the argument and the value.</exception>
    public static (string Type, Guid Key) Decode(string id, string argument)
    {
        // Stack space for what a client sends must be bounded; no id of ours is longer.
        if (id.Length is > 0 and <= 128 && id.Length % 4 == 0)
        {
            Span<byte> bytes = stackalloc byte[Base64.GetMaxDecodedFromUtf8Length(128)];
            if (Convert.TryFromBase64String(id, bytes, out var length))
            {
                var text = Encoding.UTF8.GetString(bytes[..length]);
                var colon = text.IndexOf(':', StringComparison.Ordinal);
                if (colon > 0 && Guid.TryParseExact(text.AsSpan(colon + 1), "N", out var key))
                    return (text[..colon], key);
            }
        }
        throw Errors.BadId($"{argument}: '{Errors.Shorten(id)}' is no id of this service.");
    }
}
