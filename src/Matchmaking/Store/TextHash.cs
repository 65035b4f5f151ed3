using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Matchmaking.Store;

/// <summary>A number for a list of texts: another list, another number.</summary>
/// <remarks>The first eight bytes of a SHA-256 over the texts, so that it is the same on every node and after every restart.</remarks>
internal static class TextHash
{
    public static long Of(params ReadOnlySpan<string?> texts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[4];
        foreach (var text in texts)
        {
            // The length before the text: no two lists of texts run together into the same bytes.
            BinaryPrimitives.WriteInt32LittleEndian(length, text?.Length ?? -1);
            hash.AppendData(length);
            hash.AppendData(Encoding.UTF8.GetBytes(text ?? ""));
        }
        Span<byte> digest = stackalloc byte[32];
        hash.GetHashAndReset(digest);
        return BinaryPrimitives.ReadInt64BigEndian(digest);
    }
}
