using System.Threading.RateLimiting;
using Matchmaking.Transport;

namespace Matchmaking.Access;

/// <summary>How much one caller, and one address, may ask for in a time; who has asked for nothing lately is forgotten.</summary>
internal sealed class Limits(LimitSettings settings) : IDisposable
{
    private const int Burst = 10;

    private readonly PartitionedRateLimiter<string> _addresses = PerSecond(settings.RequestsPerAddress);
    private readonly PartitionedRateLimiter<string> _callers = PerSecond(settings.RequestsPerCaller);
    private readonly PartitionedRateLimiter<string> _cost = PerSecond(settings.CostPerCaller);
    private readonly PartitionedRateLimiter<string> _followers = PartitionedRateLimiter.Create<string, string>(caller => settings.SubscriptionsPerCaller == 0
        ? RateLimitPartition.GetNoLimiter(caller)
        : RateLimitPartition.GetConcurrencyLimiter(caller, _ => new ConcurrencyLimiterOptions { PermitLimit = settings.SubscriptionsPerCaller, QueueLimit = 0 }));

    private readonly PartitionedRateLimiter<string> _logins = PartitionedRateLimiter.Create<string, string>(address => settings.FailedLogins == 0
        ? RateLimitPartition.GetNoLimiter(address)
        : RateLimitPartition.GetTokenBucketLimiter(address, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = settings.FailedLogins, TokensPerPeriod = settings.FailedLogins, ReplenishmentPeriod = TimeSpan.FromMinutes(1), QueueLimit = 0, AutoReplenishment = false,
        }));

    /// <summary>Seconds until the address may ask again; null where it may now.</summary>
    public int? Request(string address) => Taken(_addresses, address, 1);

    /// <summary>Seconds until the caller may ask again; null where it may now.</summary>
    public int? Request(Viewer viewer) => Taken(_callers, Caller(viewer), 1);

    /// <summary>Seconds until the caller may ask for this much; null where it may now.</summary>
    public int? Cost(Viewer viewer, double cost) => settings.CostPerCaller == 0 ? null
        : Taken(_cost, Caller(viewer), (int)Math.Clamp(cost, 1, (long)settings.CostPerCaller * Burst));

    /// <summary>Seconds until the address may show a token again, after too many that weren't trusted; null where it may now.</summary>
    public int? Login(string address)
    {
        using var lease = _logins.AttemptAcquire(address, 0);
        return lease.IsAcquired ? null : Seconds(lease, 60);
    }

    /// <summary>Counts a token that wasn't trusted.</summary>
    public void FailedLogin(string address) => _logins.AttemptAcquire(address).Dispose();

    /// <summary>A place to follow from; null where the caller has taken all of its own. Dispose it in the end.</summary>
    public IDisposable? Follow(Viewer viewer)
    {
        var lease = _followers.AttemptAcquire(Caller(viewer));
        if (lease.IsAcquired)
            return lease;
        lease.Dispose();
        return null;
    }

    public void Dispose()
    {
        _addresses.Dispose();
        _callers.Dispose();
        _cost.Dispose();
        _followers.Dispose();
        _logins.Dispose();
    }

    // Who isn't known is told from others by the address alone.
    private static string Caller(Viewer viewer) => viewer.IsSignedIn ? "caller " + viewer.Name : "address " + viewer.Address;

    private static PartitionedRateLimiter<string> PerSecond(int most) => PartitionedRateLimiter.Create<string, string>(key => most == 0
        ? RateLimitPartition.GetNoLimiter(key)
        : RateLimitPartition.GetTokenBucketLimiter(key, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = (int)Math.Min(int.MaxValue, (long)most * Burst), TokensPerPeriod = most, ReplenishmentPeriod = TimeSpan.FromSeconds(1), QueueLimit = 0, AutoReplenishment = false,
        }));

    private static int? Taken(PartitionedRateLimiter<string> limiter, string key, int permits)
    {
        using var lease = limiter.AttemptAcquire(key, permits);
        return lease.IsAcquired ? null : Seconds(lease, 1);
    }

    private static int Seconds(RateLimitLease lease, int otherwise) =>
        lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? Math.Max(1, (int)Math.Ceiling(after.TotalSeconds)) : otherwise;
}

/// <summary>A caller has asked for more than it may in this time.</summary>
internal sealed class TooMuch : GraphQL.Validation.ValidationError, IStatusError
{
    public TooMuch(string message, int retryAfter) : base($"{message} Try again in {retryAfter} s.")
    {
        Code = "TOO_MANY_REQUESTS";
        RetryAfter = retryAfter;
        Extensions = new Dictionary<string, object?> { ["code"] = Code, ["retryAfter"] = retryAfter };
    }

    public int Status => StatusCodes.Status429TooManyRequests;

    public int? RetryAfter { get; }
}
