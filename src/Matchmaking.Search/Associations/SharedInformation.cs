namespace Matchmaking.Search.Associations;

// A sparse square matrix: by how much more than by chance two words stand together, and the same seen from the other word. A character is
// seen by words alone, so its column is empty.
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

    // The pairs come from both sides; the first so many rows are contexts, by which all rows are told apart.
    public static SharedInformation Of(PairCounts pairs, int size, int contexts)
    {
        var totals = new double[size];
        var around = new double[contexts];
        for (var i = 0; i < pairs.Count; i++)
        {
            var (row, column, times) = pairs[i];
            if (column < contexts)
            {
                totals[row] += times;
                around[column] += times;
            }
        }

        var smoothed = Array.ConvertAll(around, total => Math.Pow(total, Smoothing));
        var all = smoothed.Sum();
        double More(int row, int column, int times) => column >= contexts ? 0 : Math.Max(0, Math.Log(times * all / (totals[row] * smoothed[column])));
        var starts = new int[size + 1];
        var columns = new List<int>();
        var values = new List<float>();
        var turned = new List<float>();
        for (var i = 0; i < pairs.Count; i++)
        {
            var (row, column, times) = pairs[i];
            var (here, there) = (More(row, column, times), More(column, row, times));
            if (here > 0 || there > 0)
            {
                columns.Add(column);
                values.Add((float)here);
                turned.Add((float)there);
                starts[row + 1]++;
            }
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
