namespace Matchmaking.Recommendations;

/// <summary>Days as they are counted in China.</summary>
internal static class ChineseDay
{
    /// <summary>The midnight before; the future counts as today, should the clock have been set back.</summary>
    public static DateTime Start(DateTime now) => DateTime.SpecifyKind(now.AddHours(8).Date.AddHours(-8), DateTimeKind.Utc);
}
