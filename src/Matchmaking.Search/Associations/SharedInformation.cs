using System.Runtime.InteropServices;

namespace Matchmaking.Search.Associations;

// A sparse square matrix: by how much more than by chance two words stand together, and the same seen from the other word.
internal sealed class SharedInformation
{
    private const double Smoothing = 0.75;

    private readonly int[] _starts;
    private readonly int[] _columns;
    private readonly float[] _values;
    private readonly float[] _turned;

    private SharedInformation(int[] starts, int[] columns, float[] values, float[] turned)
    {
        _starts = starts;
        _columns = columns;
        _values = values;
        _turned = turned;
    }

    public int Size => _starts.Length - 1;

    // The pairs come in both directions; they are sorted in place.
    public static SharedInformation Of(List<ulong> pairs, int size)
    {
        var span = CollectionsMarshal.AsSpan(pairs);
        span.Sort();
        var totals = new double[size];
        foreach (var pair in span)
        {
            totals[pair >> 32]++;
        }

        var contexts = Array.ConvertAll(totals, total => Math.Pow(total, Smoothing));
        var all = contexts.Sum();
        var starts = new int[size + 1];
        var columns = new List<int>();
        var values = new List<float>();
        var turned = new List<float>();
        for (var i = 0; i < span.Length;)
        {
            var end = i + 1;
            while (end < span.Length && span[end] == span[i])
            {
                end++;
            }

            var (row, column) = ((int)(span[i] >> 32), (int)(uint)span[i]);
            var here = Math.Log((end - i) * all / (totals[row] * contexts[column]));
            var there = Math.Log((end - i) * all / (totals[column] * contexts[row]));
            if (here > 0 || there > 0)
            {
                columns.Add(column);
                values.Add((float)Math.Max(0, here));
                turned.Add((float)Math.Max(0, there));
                starts[row + 1]++;
            }

            i = end;
        }

        for (var row = 0; row < size; row++)
        {
            starts[row + 1] += starts[row];
        }

        return new(starts, [.. columns], [.. values], [.. turned]);
    }

    // This matrix, or the one turned over, times a dense one of so many columns.
    public float[] Times(float[] dense, int width, bool turned)
    {
        var product = new float[Size * width];
        var values = turned ? _turned : _values;
        Parallel.For(0, Size, row =>
        {
            var sum = product.AsSpan(row * width, width);
            for (var i = _starts[row]; i < _starts[row + 1]; i++)
            {
                if (values[i] > 0)
                {
                    LeadingDirections.AddScaled(sum, dense.AsSpan(_columns[i] * width, width), values[i]);
                }
            }
        });
        return product;
    }
}
