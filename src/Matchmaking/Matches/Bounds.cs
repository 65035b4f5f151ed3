namespace Matchmaking.Matches;

/// <summary>An interval of figures in a dimension's base unit (数值范围).</summary>
/// <param name="Low">The least; minus infinity where there is none.</param>
/// <param name="High">The greatest; infinity where there is none.</param>
/// <param name="IsLowOpen">Whether the least doesn't belong to it.</param>
/// <param name="IsHighOpen">Whether the greatest doesn't belong to it.</param>
internal readonly record struct Bounds(double Low, double High, bool IsLowOpen = false, bool IsHighOpen = false)
{
    // What differs by less is the same figure in another unit.
    private const double Tolerance = 1e-9;

    public static Bounds AtLeast(double low, bool isOpen = false) => new(low, double.PositiveInfinity, isOpen);

    public static Bounds AtMost(double high, bool isOpen = false) => new(double.NegativeInfinity, high, IsHighOpen: isOpen);

    /// <summary>Whether it has an end on either side.</summary>
    public bool IsClosed => double.IsFinite(Low) && double.IsFinite(High);

    /// <summary>Whether it is one figure.</summary>
    public bool IsPoint => IsClosed && Order(Low, High) == 0;

    /// <summary>Whether all of <paramref name="other"/> lies in it.</summary>
    public bool Contains(Bounds other)
    {
        var (low, high) = (Order(Low, other.Low), Order(High, other.High));
        return (low < 0 || (low == 0 && (!IsLowOpen || other.IsLowOpen))) && (high > 0 || (high == 0 && (!IsHighOpen || other.IsHighOpen)));
    }

    /// <summary>Whether the two have a figure in common.</summary>
    public bool Overlaps(Bounds other) => Begins(this, other) && Begins(other, this);

    private static bool Begins(Bounds one, Bounds other)
    {
        var order = Order(one.Low, other.High);
        return order < 0 || (order == 0 && !one.IsLowOpen && !other.IsHighOpen);
    }

    private static int Order(double a, double b) =>
        double.IsFinite(a) && double.IsFinite(b) && Math.Abs(a - b) <= Tolerance * Math.Max(Math.Abs(a), Math.Abs(b)) ? 0 : a.CompareTo(b);
}
