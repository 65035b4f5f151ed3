using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;

namespace Matchmaking.Transport;

/// <summary>Escapes in JSON what RFC 8259 says must be, and nothing else: Chinese leaves as UTF-8, characters beyond U+FFFF too.</summary>
/// <remarks>The framework's relaxed encoder still writes those as \uXXXX pairs. What HTML would need escaped is escaped where HTML is made.</remarks>
public sealed class PlainJsonEncoder : JavaScriptEncoder
{
    /// <summary>The one instance; it has no state.</summary>
    public static readonly PlainJsonEncoder Instance = new();

    private static readonly SearchValues<char> Suspects = SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(i => (char)i), '"', '\\', .. Enumerable.Range(0xD800, 0x800).Select(i => (char)i)]);

    private PlainJsonEncoder()
    {
    }

    /// <inheritdoc/>
    public override int MaxOutputCharactersPerInputCharacter => 6;

    /// <inheritdoc/>
    public override bool WillEncode(int unicodeScalar) => unicodeScalar is < 0x20 or '"' or '\\';

    /// <inheritdoc/>
    public override unsafe int FindFirstCharacterToEncode(char* text, int textLength)
    {
        var span = new ReadOnlySpan<char>(text, textLength);
        for (var at = 0; at < span.Length;)
        {
            var next = span[at..].IndexOfAny(Suspects);
            if (next < 0)
                return -1;
            at += next;
            // A whole surrogate pair is a character like any other; half of one can't stand in UTF-8.
            if (!char.IsHighSurrogate(span[at]) || at + 1 == span.Length || !char.IsLowSurrogate(span[at + 1]))
                return at;
            at += 2;
        }
        return -1;
    }

    /// <inheritdoc/>
    public override unsafe bool TryEncodeUnicodeScalar(int unicodeScalar, char* buffer, int bufferLength, out int numberOfCharactersWritten)
    {
        var output = new Span<char>(buffer, bufferLength);
        numberOfCharactersWritten = 0;
        if (!WillEncode(unicodeScalar))
            return new Rune(unicodeScalar).TryEncodeToUtf16(output, out numberOfCharactersWritten);
        ReadOnlySpan<char> escaped = unicodeScalar switch
        {
            '"' => "\\\"",
            '\\' => "\\\\",
            '\n' => "\\n",
            '\r' => "\\r",
            '\t' => "\\t",
            _ => $"\\u{unicodeScalar:X4}",
        };
        if (!escaped.TryCopyTo(output))
            return false;
        numberOfCharactersWritten = escaped.Length;
        return true;
    }
}
