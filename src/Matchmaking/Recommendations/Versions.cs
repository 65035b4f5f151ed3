using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Matchmaking.Needs;
using Matchmaking.Patents;

namespace Matchmaking.Recommendations;

/// <summary>What of a need or a patent matters to a match, as a number: another number, another match.</summary>
/// <remarks>The first eight bytes of a SHA-256 over the fields, so that it is the same on every node and after every restart.</remarks>
internal static class Versions
{
    public static long Of(Need need) => Hash(
        need.Title, need.Description, Joined(need.Keywords), Joined(need.IpcHints), Joined(need.AcceptedModes),
        Number(need.MinReadiness), Joined(need.Provinces), Day(need.Deadline), Number(need.Budget), need.Status.ToString());

    public static long Of(Patent patent) => Hash(
        patent.Title, patent.Abstract, patent.Claims, Joined(patent.Keywords), Joined(patent.IpcCodes),
        patent.LegalStatus.ToString(), Day(patent.ExpiresOn), Joined(patent.TransferModes), Number(patent.AskingPrice), Number(patent.Readiness),
        patent.Holder?.Province,
        patent.OpenLicense is { } open ? $"{open.FeeBasis}|{Number(open.FixedFee)}|{Number(open.RoyaltyRate)}" : null);

    /// <summary>A number for a list of texts: another list, another number.</summary>
    public static long Hash(params ReadOnlySpan<string?> fields)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[4];
        foreach (var field in fields)
        {
            // The length before the text: no two lists of fields run together into the same bytes.
            BinaryPrimitives.WriteInt32LittleEndian(length, field?.Length ?? -1);
            hash.AppendData(length);
            hash.AppendData(Encoding.UTF8.GetBytes(field ?? ""));
        }
        Span<byte> digest = stackalloc byte[32];
        hash.GetHashAndReset(digest);
        return BinaryPrimitives.ReadInt64BigEndian(digest);
    }

    private static string Joined<T>(IEnumerable<T> values) => string.Join('\n', values);

    private static string? Number(decimal? value) => value?.ToString("0.##", CultureInfo.InvariantCulture);

    private static string? Day(DateOnly? value) => value?.ToString("O", CultureInfo.InvariantCulture);
}
