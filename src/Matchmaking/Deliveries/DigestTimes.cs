namespace Matchmaking.Deliveries;

/// <summary>When mails go out.</summary>
internal static class DigestTimes
{
    /// <summary>The least time between two mails to one address that is told at once.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan China = TimeSpan.FromHours(8);
    private const int Morning = 8;

    /// <summary>When the first mail may go out.</summary>
    public static DateTime First(DigestFrequency frequency, DateTime now) => frequency == DigestFrequency.Immediate ? now : Next(frequency, now);

    /// <summary>When the next mail may go out after one, or after a time at which there was nothing to tell.</summary>
    public static DateTime Next(DigestFrequency frequency, DateTime now)
    {
        if (frequency == DigestFrequency.Immediate)
            return now + Pause;
        var there = now + China;
        var next = there.Date.AddHours(Morning);
        while (next <= there || (frequency == DigestFrequency.Weekly && next.DayOfWeek != DayOfWeek.Monday))
            next = next.AddDays(1);
        return DateTime.SpecifyKind(next - China, DateTimeKind.Utc);
    }

    /// <summary>Whether it is time. One further ahead than any time of ours was set before the clock was set back.</summary>
    public static bool IsDue(DateTime dueAt, DateTime now) => dueAt <= now || dueAt > now.AddDays(8);
}
