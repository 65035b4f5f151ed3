using System.Security.Cryptography;
using System.Text;

namespace Matchmaking.Importing.Reading;

/// <summary>What one pass over a file's bytes tells: its digest and its encoding.</summary>
internal sealed record TextDetection(byte[] Digest, Encoding? Encoding, string EncodingName, long Length, byte[] Head, int XmlDeclarations)
{
    /// <summary>Stands where bytes weren't text; a noncharacter, so that no text has it.</summary>
    public const char BadByte = '\uFDD0';

    private const int HeadLength = 64 * 1024;

    private static readonly Encoding Gb18030 = CodePagesEncodingProvider.Instance.GetEncoding(
        "GB18030", EncoderFallback.ExceptionFallback, new DecoderReplacementFallback(BadByte.ToString()))!;

    /// <summary>Reads the stream once, in bounded memory.</summary>
    /// <remarks>UTF-8 is told by its own form: GBK text is hardly ever valid UTF-8, and a few bad bytes don't turn a UTF-8 file into GBK.</remarks>
    public static TextDetection Of(Stream stream)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[128 * 1024];
        var carried = 0;
        byte[]? head = null;
        long length = 0, valid = 0, bad = 0;
        var declarations = 0;
        while (true)
        {
            var read = stream.ReadAtLeast(buffer.AsSpan(carried), buffer.Length - carried, throwOnEndOfStream: false);
            if (read == 0 && carried == 0)
                break;
            hash.AppendData(buffer, carried, read);
            var filled = carried + read;
            head ??= buffer[..Math.Min(filled, HeadLength)];
            length += read;
            var last = filled < buffer.Length;
            declarations += Count(buffer.AsSpan(0, filled), "<?xml "u8);
            carried = Inspect(buffer.AsSpan(0, filled), last, ref valid, ref bad);
            buffer.AsSpan(filled - carried, carried).CopyTo(buffer);
            if (last)
                break;
        }
        head ??= [];
        var (encoding, name) = Decide(head, valid, bad);
        return new TextDetection(hash.GetHashAndReset(), encoding, name, length, head, declarations);
    }

    private static (Encoding?, string) Decide(byte[] head, long valid, long bad)
    {
        var replacement = new DecoderReplacementFallback(BadByte.ToString());
        if (head.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
            return (Utf8(), "UTF-8 with BOM");
        if (head.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]))
            return (Encoding.GetEncoding("utf-16", EncoderFallback.ExceptionFallback, replacement), "UTF-16 LE");
        if (head.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
            return (Encoding.GetEncoding("utf-16BE", EncoderFallback.ExceptionFallback, replacement), "UTF-16 BE");
        int zeros = 0, little = 0, big = 0;
        for (var i = 0; i + 1 < head.Length; i += 2)
        {
            zeros += (head[i] == 0 ? 1 : 0) + (head[i + 1] == 0 ? 1 : 0);
            little += head[i] == '\n' && head[i + 1] == 0 ? 1 : 0;
            big += head[i] == 0 && head[i + 1] == '\n' ? 1 : 0;
        }
        // A line end tells the order of the bytes: the other way round it would be U+0A00, which isn't assigned; zeros alone don't (一 is U+4E00).
        if (zeros * 200L > head.Length && little > 0 && big == 0)
            return (Encoding.GetEncoding("utf-16", EncoderFallback.ExceptionFallback, replacement), "UTF-16 LE");
        if (zeros * 200L > head.Length && big > 0 && little == 0)
            return (Encoding.GetEncoding("utf-16BE", EncoderFallback.ExceptionFallback, replacement), "UTF-16 BE");
        if (zeros * 1000L > head.Length)
            return (null, "binary");
        if (bad == 0 || valid > bad * 10)
            return (Utf8(), "UTF-8");
        var text = Gb18030.GetString(head);
        var wrong = text.Count(c => c == BadByte || (char.IsControl(c) && c is not ('\t' or '\n' or '\r')));
        return wrong * 20 > text.Length ? (null, "binary") : (Gb18030, "GB18030");
    }

    private static Encoding Utf8() => Encoding.GetEncoding("utf-8", EncoderFallback.ExceptionFallback, new DecoderReplacementFallback(BadByte.ToString()));

    private static int Inspect(ReadOnlySpan<byte> bytes, bool last, ref long valid, ref long bad)
    {
        var at = 0;
        while (at < bytes.Length)
        {
            var high = bytes[at..].IndexOfAnyInRange((byte)0x80, (byte)0xFF);
            if (high < 0)
                return 0;
            at += high;
            var status = Rune.DecodeFromUtf8(bytes[at..], out _, out var consumed);
            if (status == System.Buffers.OperationStatus.NeedMoreData && !last)
                return bytes.Length - at;
            _ = status == System.Buffers.OperationStatus.Done ? valid++ : bad++;
            at += consumed;
        }
        return 0;
    }

    private static int Count(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> what)
    {
        var count = 0;
        for (var at = bytes.IndexOf(what); at >= 0; at = bytes.IndexOf(what))
        {
            count++;
            bytes = bytes[(at + what.Length)..];
        }
        return count;
    }
}
