namespace Matchmaking.Deliveries;

/// <summary>How long what didn't arrive waits, and when it is given up.</summary>
internal static class Patience
{
    /// <summary>What doesn't arrive within this is given up, not before <see cref="LeastAttempts"/> tries.</summary>
    public static readonly TimeSpan Whole = TimeSpan.FromDays(3);

    /// <summary>So often it is tried in any case, be it as old as it may when the service comes back from a long stop.</summary>
    public const int LeastAttempts = 3;

    private static readonly TimeSpan First = TimeSpan.FromSeconds(10);

    /// <summary>The longest wait between two tries.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(4);

    /// <summary>The wait after a number of failed tries: 10 s, 20 s, 40 s … up to four hours, each shortened or prolonged by up to half.</summary>
    /// <param name="random">From 0 to 1: many that failed together don't come back together.</param>
    public static TimeSpan After(int attempts, double random)
    {
        var wait = Math.Min(First.TotalSeconds * Math.Pow(2, Math.Min(attempts - 1, 20)), Longest.TotalSeconds);
        return TimeSpan.FromMilliseconds(Math.Round(wait * (0.5 + Math.Clamp(random, 0, 1)) * 1000));
    }

    /// <summary>Whether something planned for an instant is due; one further ahead than any wait was planned before the clock was set back.</summary>
    public static bool IsDue(DateTime? planned, DateTime now) => planned is not { } at || at <= now || at > now + Longest * 2;
}
