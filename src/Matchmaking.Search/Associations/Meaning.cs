using System.Numerics;

namespace Matchmaking.Search.Associations;

// The direction of a text among the associations: the sum of its words' directions, each by its rarity, in small whole numbers.
internal sealed class Meaning
{
    private const int Largest = sbyte.MaxValue;

    private Meaning(sbyte[] values, double scale)
    {
        Values = values;
        Scale = scale;
    }

    public sbyte[] Values { get; }

    // What a number is worth; for a text of its own, such that the vector has length one.
    public double Scale { get; }

    // Length one; null where nothing is known.
    public static Meaning? Unit(ReadOnlySpan<double> sum)
    {
        var values = Rounded(sum, out _);
        return values is null ? null : new(values, ScaleOf(values));
    }

    // As long as the sum is.
    public static Meaning? Whole(ReadOnlySpan<double> sum)
    {
        var values = Rounded(sum, out var step);
        return values is null ? null : new(values, step);
    }

    // The one way from whole numbers to a cosine, so that all paths to a score give the same bits; rounding may not take it beyond one.
    public static double Closeness(int dot, Meaning direction, float scale) => dot <= 0 ? 0 : Math.Min(1, dot * (direction.Scale * scale));

    public double ClosenessTo(Meaning text) => Closeness(Dot(Values, text.Values), this, (float)text.Scale);

    // No text is closer.
    public double GreatestCloseness => Scale * Math.Sqrt(Dot(Values, Values)) * (1 + 1e-6);

    public static double ScaleOf(ReadOnlySpan<sbyte> values)
    {
        var square = Dot(values, values);
        return square == 0 ? 0 : (float)(1 / Math.Sqrt(square));
    }

    // Whole numbers: the same in any order, so also by vectors of any width.
    public static int Dot(ReadOnlySpan<sbyte> a, ReadOnlySpan<sbyte> b)
    {
        var sums = Vector<int>.Zero;
        var i = 0;
        for (; i <= a.Length - Vector<sbyte>.Count; i += Vector<sbyte>.Count)
        {
            Vector.Widen(new Vector<sbyte>(a[i..]), out var a0, out var a1);
            Vector.Widen(new Vector<sbyte>(b[i..]), out var b0, out var b1);

            // Two products of at most 127 · 127 still fit into 16 bits.
            Vector.Widen((a0 * b0) + (a1 * b1), out var low, out var high);
            sums += low + high;
        }

        var sum = Vector.Sum(sums);
        for (; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    private static sbyte[]? Rounded(ReadOnlySpan<double> sum, out double step)
    {
        var largest = 0.0;
        foreach (var value in sum)
        {
            largest = Math.Max(largest, Math.Abs(value));
        }

        step = largest / Largest;
        if (largest < 1e-9)
        {
            return null;
        }

        var values = new sbyte[sum.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = (sbyte)Math.Round(sum[i] / step);
        }

        return values;
    }
}
