using System.Text;

namespace Matchmaking.Transport;

/// <summary>A URL's query, read strictly: what isn't UTF-8 is refused, where the framework guesses.</summary>
internal static class QueryString
{
    /// <summary>The parameters of these names; others are skipped.</summary>
    /// <exception cref="RequestRefusal">A parameter stands twice or is no percent-encoded UTF-8.</exception>
    public static Dictionary<string, string> Read(string? raw, params ReadOnlySpan<string> names)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var range in raw.AsSpan().TrimStart('?').Split('&'))
        {
            var pair = raw.AsSpan().TrimStart('?')[range];
            var equals = pair.IndexOf('=');
            var name = Decode(equals < 0 ? pair : pair[..equals], "a parameter's name");
            if (!names.Contains(name))
                continue;
            if (!found.TryAdd(name, equals < 0 ? "" : Decode(pair[(equals + 1)..], name)))
                throw RequestRefusal.Body($"{name}: it stands twice in the URL.");
        }
        return found;
    }

    private static string Decode(ReadOnlySpan<char> encoded, string name)
    {
        if (encoded.IndexOfAnyExceptInRange('!', '~') < 0 && encoded.IndexOfAny('%', '+') < 0)
            return encoded.ToString();
        var bytes = new byte[Encoding.UTF8.GetMaxByteCount(encoded.Length)];
        var length = 0;
        for (var i = 0; i < encoded.Length; i++)
        {
            switch (encoded[i])
            {
                case '%' when i + 2 < encoded.Length && Convert.FromHexString(encoded.Slice(i + 1, 2), bytes.AsSpan(length), out _, out _) == System.Buffers.OperationStatus.Done:
                    length++;
                    i += 2;
                    break;
                case '%':
                    throw RequestRefusal.Body($"{name}: in the URL stands a % without two hexadecimal digits.");
                case '+':
                    bytes[length++] = (byte)' ';
                    break;
                default:
                    length += Encoding.UTF8.GetBytes(encoded.Slice(i, 1), bytes.AsSpan(length));
                    break;
            }
        }
        if (!System.Text.Unicode.Utf8.IsValid(bytes.AsSpan(0, length)))
            throw RequestRefusal.Body($"{name}: in the URL it is no valid UTF-8.");
        return Encoding.UTF8.GetString(bytes, 0, length);
    }
}
