using Matchmaking.Needs;
using Matchmaking.Patents;
using Matchmaking.Recommendations;
using Matchmaking.Store;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Deliveries;

/// <summary>A recommendation as it is told outside: with what its audience may know at this moment, and nothing else.</summary>
/// <param name="NeedTitle">Null where the audience may not know it.</param>
/// <param name="EnterpriseName">Null where the audience may not know it, or the need has none.</param>
internal sealed record Telling(Recommendation Recommendation, Patent Patent, string? NeedTitle, string? EnterpriseName)
{
    /// <summary>Reads what recommendations tell; those are missing of which nothing may be told, or whose need or patent is gone.</summary>
    public static async Task<List<Telling>> LoadAsync(StoreContext store, IReadOnlyList<Recommendation> recommendations, Audience audience, CancellationToken cancellation)
    {
        var needIds = recommendations.Select(r => r.NeedId).Distinct().ToList();
        var patentIds = recommendations.Select(r => r.PatentId).Distinct().ToList();
        var needs = await store.Needs.Include(n => n.Enterprise).Where(n => needIds.Contains(n.Id)).ToDictionaryAsync(n => n.Id, cancellation);
        var patents = await store.Patents.Include(p => p.Holder).Where(p => patentIds.Contains(p.Id)).ToDictionaryAsync(p => p.Id, cancellation);
        var tellings = new List<Telling>(recommendations.Count);
        foreach (var recommendation in recommendations)
        {
            if (needs.TryGetValue(recommendation.NeedId, out var need) && patents.TryGetValue(recommendation.PatentId, out var patent)
                && Of(recommendation, need, patent, audience) is { } telling)
                tellings.Add(telling);
        }
        return tellings;
    }

    /// <summary>What may be told; null where nothing may.</summary>
    /// <remarks>A confidential need isn't told to institutions at all. The reader of a link may be anybody: it is told the patents, and of the need what its visibility allows.</remarks>
    public static Telling? Of(Recommendation recommendation, Need need, Patent patent, Audience audience) => (audience, need.Visibility) switch
    {
        (Audience.Enterprise, _) or (_, NeedVisibility.Public) => new Telling(recommendation, patent, need.Title, need.Enterprise?.Name),
        (_, NeedVisibility.Anonymous) => new Telling(recommendation, patent, need.Title, null),
        (Audience.Reader, _) => new Telling(recommendation, patent, null, null),
        _ => null,
    };
}
