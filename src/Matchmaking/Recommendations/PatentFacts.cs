using Matchmaking.Patents;

namespace Matchmaking.Recommendations;

/// <summary>What of a patent its need's answers may speak of.</summary>
/// <param name="Subclasses">The IPC subclasses, H01M for instance, in the patent's order.</param>
internal sealed record PatentFacts(Guid Id, Kin Kin, Guid? HolderId, IReadOnlyList<string> Subclasses, Offer Offer)
{
    public static PatentFacts Of(Patent patent) => new(
        patent.Id, Families.Of(patent), patent.HolderId,
        [.. IpcSymbol.Subclasses(patent.IpcCodes)], Offer.Of(patent));
}
