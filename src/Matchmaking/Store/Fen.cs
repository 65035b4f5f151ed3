using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Matchmaking.Store;

/// <summary>Stores a decimal of two places as a whole number of hundredths, so that both databases compare and sort it alike.</summary>
/// <remarks>SQLite has no decimal type and would compare text. The bound is ±92,233,720,368,547,758.07.</remarks>
public sealed class Fen() : ValueConverter<decimal, long>(
    yuan => decimal.ToInt64(decimal.Round(yuan * 100m, 0, MidpointRounding.AwayFromZero)),
    fen => fen / 100m);
