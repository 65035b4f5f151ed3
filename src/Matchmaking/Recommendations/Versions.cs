using System.Globalization;
using Matchmaking.Needs;
using Matchmaking.Patents;
using Matchmaking.Store;

namespace Matchmaking.Recommendations;

/// <summary>What of a need or a patent matters to a match, as a number: another number, another match.</summary>
internal static class Versions
{
    public static long Of(Need need) => TextHash.Of(
        need.Title, need.Description, Joined(need.Keywords), Joined(need.IpcHints), IndustryClasses.Entry(need.IndustryCode), Joined(need.AcceptedModes),
        Number(need.MinReadiness), Joined(need.Provinces), Day(need.Deadline), Number(need.Budget), need.Status.ToString());

    public static long Of(Patent patent) => TextHash.Of(
        patent.Title, patent.Abstract, patent.Claims, Joined(patent.Keywords), Joined(patent.IpcCodes),
        patent.LegalStatus.ToString(), Day(patent.ExpiresOn), Joined(patent.TransferModes), Number(patent.AskingPrice), Number(patent.Readiness),
        patent.Holder?.Province,
        patent.OpenLicense is { } open ? $"{open.FeeBasis}|{Number(open.FixedFee)}|{Number(open.RoyaltyRate)}" : null);

    private static string Joined<T>(IEnumerable<T> values) => string.Join('\n', values);

    private static string? Number(decimal? value) => value?.ToString("0.##", CultureInfo.InvariantCulture);

    private static string? Day(DateOnly? value) => value?.ToString("O", CultureInfo.InvariantCulture);
}
