using System.Globalization;
using Matchmaking.Patents;
using Matchmaking.Store;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Recommendations;

/// <summary>What patents of one family have in common: they are kin that share either.</summary>
/// <param name="Family">People and title; null where neither holder nor inventors are known.</param>
/// <param name="Filing">People, day of filing and subject; null where one of them isn't known.</param>
internal readonly record struct Kin(long? Family, long? Filing)
{
    public bool IsOf(Kin other) => (Family is not null && Family == other.Family) || (Filing is not null && Filing == other.Filing);
}

/// <summary>Which patents are so near that a need is told of one only.</summary>
/// <remarks>The sources name no families, so what can be seen from outside must do. Same people and same title: a divisional (分案), a second filing.
/// Same people, same day and same subject, be it called a device here and a device and its method there: one technique filed as an invention and
/// as a utility model (一案双申). People are the holder and the inventors: a large university files "一种石墨烯的制备方法" every year, each time
/// by others, and these are different techniques.</remarks>
internal static class Families
{
    public static Kin Of(Patent patent)
    {
        if (People(patent) is not { } people)
            return default;
        var title = PatentTitle.Normalized(patent.Title);
        return new Kin(
            title.Length == 0 ? null : TextHash.Of("title", people, title),
            patent.FiledOn is { } filed && PatentTitle.Subject(title) is { Length: > 0 } subject ? TextHash.Of("filing", people, filed.ToString("O", CultureInfo.InvariantCulture), subject) : null);
    }

    /// <summary>How many stand behind each of some recommendations.</summary>
    public static async Task<Dictionary<Guid, int>> CountAsync(StoreContext store, IReadOnlyCollection<Guid> recommendations, CancellationToken cancellation)
    {
        return await store.Recommendations.Where(r => r.BehindId != null && recommendations.Contains(r.BehindId.Value) && r.TakenBackAt == null)
            .GroupBy(r => r.BehindId!.Value).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellation);
    }

    private static string? People(Patent patent)
    {
        var inventors = string.Join('\n', patent.Inventors.Select(i => HalfWidth.Of(i).Replace(" ", "", StringComparison.Ordinal)).Where(i => i.Length > 0).Order(StringComparer.Ordinal));
        return patent.HolderId is null && inventors.Length == 0 ? null : $"{patent.HolderId:N}\n{inventors}";
    }
}
