using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Matchmaking.Store;

/// <summary>Stores a decimal of two places as a whole number of hundredths, so that both databases compare and sort it alike.</summary>
/// <remarks>SQLite has no decimal type and would compare text. The bound is ±92,233,720,368,547,758.</remarks>
public sealed class Fen() : ValueConverter<decimal, long>(
    // A bound in a filter may lie beyond what can be stored; the nearest that can compares the same.
    yuan => decimal.ToInt64(decimal.Round(Math.Clamp(yuan, -Bound, Bound) * 100m, 0, MidpointRounding.AwayFromZero)),
    fen => fen / 100m)
{
    /// <summary>Beyond this nothing can be stored.</summary>
    public const decimal Bound = 92_233_720_368_547_758m;
}
