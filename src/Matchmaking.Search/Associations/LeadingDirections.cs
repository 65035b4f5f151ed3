using System.Numerics;

namespace Matchmaking.Search.Associations;

// The leading singular vectors by a randomised range: N. Halko, P.-G. Martinsson and J. Tropp, "Finding Structure with Randomness",
// SIAM Review 53(2), 2011, algorithms 4.4 and 5.1, with a fixed seed.
internal static class LeadingDirections
{
    private const int Spare = 12;
    private const int Rounds = 3;
    private const int Seed = 20190709;

    // For each row its place along the leading directions, scaled by the square root of the singular values.
    public static float[] Of(SharedInformation matrix, int count)
    {
        var width = count + Spare;
        var basis = matrix.Times(Noise(matrix.Size * width), width, turned: false);
        Orthonormalise(basis, width);
        for (var round = 0; round < Rounds; round++)
        {
            basis = matrix.Times(basis, width, turned: true);
            Orthonormalise(basis, width);
            basis = matrix.Times(basis, width, turned: false);
            Orthonormalise(basis, width);
        }

        // What is left is small: the matrix seen from the basis, whose own squares have the same left directions.
        var seen = matrix.Times(basis, width, turned: true);
        var (squares, directions) = Eigen(Gram(seen, width), width);
        var result = new float[matrix.Size * count];
        for (var row = 0; row < matrix.Size; row++)
        {
            for (var d = 0; d < count; d++)
            {
                var sum = 0.0;
                for (var k = 0; k < width; k++)
                {
                    sum += basis[(row * width) + k] * directions[k, d];
                }

                result[(row * count) + d] = (float)(sum * Math.Pow(Math.Max(0, squares[d]), 0.25));
            }
        }

        return result;
    }

    public static void AddScaled(Span<float> sum, ReadOnlySpan<float> row, float factor)
    {
        var i = 0;
        for (; i <= sum.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            (new Vector<float>(sum[i..]) + (new Vector<float>(row[i..]) * factor)).CopyTo(sum[i..]);
        }

        for (; i < sum.Length; i++)
        {
            sum[i] += row[i] * factor;
        }
    }

    private static float[] Noise(int length)
    {
        var random = new Random(Seed);
        var noise = new float[length];
        for (var i = 0; i < length; i++)
        {
            // Near enough to a bell curve.
            noise[i] = (float)(random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5);
        }

        return noise;
    }

    // By the Cholesky factor of the columns' products, twice, which is as good as reflections here and far quicker.
    private static void Orthonormalise(float[] columns, int width)
    {
        for (var turn = 0; turn < 2; turn++)
        {
            var factor = Cholesky(Gram(columns, width), width);
            Parallel.For(0, columns.Length / width, row =>
            {
                var values = columns.AsSpan(row * width, width);
                for (var j = 0; j < width; j++)
                {
                    var sum = (double)values[j];
                    for (var k = 0; k < j; k++)
                    {
                        sum -= values[k] * factor[j, k];
                    }

                    values[j] = (float)(sum / factor[j, j]);
                }
            });
        }
    }

    private static double[,] Gram(float[] columns, int width)
    {
        var gram = new double[width, width];
        var rows = columns.Length / width;
        Parallel.For(0, width, i =>
        {
            var sums = new double[width];
            for (var row = 0; row < rows; row++)
            {
                var values = columns.AsSpan(row * width, width);
                var value = (double)values[i];
                for (var j = 0; j <= i; j++)
                {
                    sums[j] += value * values[j];
                }
            }

            for (var j = 0; j <= i; j++)
            {
                gram[i, j] = gram[j, i] = sums[j];
            }
        });
        return gram;
    }

    private static double[,] Cholesky(double[,] gram, int width)
    {
        var factor = new double[width, width];
        for (var i = 0; i < width; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var sum = gram[i, j];
                for (var k = 0; k < j; k++)
                {
                    sum -= factor[i, k] * factor[j, k];
                }

                factor[i, j] = i == j ? Math.Sqrt(Math.Max(sum, 1e-12)) : sum / factor[j, j];
            }
        }

        return factor;
    }

    // Jacobi's rotations: slow for large matrices, exact and simple for this one. Largest first, each direction with a fixed sign.
    private static (double[] Values, double[,] Vectors) Eigen(double[,] symmetric, int width)
    {
        var vectors = new double[width, width];
        for (var i = 0; i < width; i++)
        {
            vectors[i, i] = 1;
        }

        for (var sweep = 0; sweep < 30; sweep++)
        {
            var (off, on) = (0.0, 0.0);
            for (var p = 0; p < width; p++)
            {
                on += symmetric[p, p] * symmetric[p, p];
                for (var q = p + 1; q < width; q++)
                {
                    off += symmetric[p, q] * symmetric[p, q];
                }
            }

            if (off <= 1e-18 * on)
            {
                break;
            }

            for (var p = 0; p < width; p++)
            {
                for (var q = p + 1; q < width; q++)
                {
                    Rotate(symmetric, vectors, width, p, q);
                }
            }
        }

        return Sorted(symmetric, vectors, width);
    }

    private static void Rotate(double[,] symmetric, double[,] vectors, int width, int p, int q)
    {
        if (symmetric[p, q] == 0)
        {
            return;
        }

        var theta = (symmetric[q, q] - symmetric[p, p]) / (2 * symmetric[p, q]);
        var t = (theta >= 0 ? 1 : -1) / (Math.Abs(theta) + Math.Sqrt((theta * theta) + 1));
        var c = 1 / Math.Sqrt((t * t) + 1);
        var s = t * c;
        for (var k = 0; k < width; k++)
        {
            (symmetric[k, p], symmetric[k, q]) = ((c * symmetric[k, p]) - (s * symmetric[k, q]), (s * symmetric[k, p]) + (c * symmetric[k, q]));
        }

        for (var k = 0; k < width; k++)
        {
            (symmetric[p, k], symmetric[q, k]) = ((c * symmetric[p, k]) - (s * symmetric[q, k]), (s * symmetric[p, k]) + (c * symmetric[q, k]));
            (vectors[k, p], vectors[k, q]) = ((c * vectors[k, p]) - (s * vectors[k, q]), (s * vectors[k, p]) + (c * vectors[k, q]));
        }
    }

    private static (double[] Values, double[,] Vectors) Sorted(double[,] symmetric, double[,] vectors, int width)
    {
        var order = Enumerable.Range(0, width).OrderByDescending(i => symmetric[i, i]).ThenBy(i => i).ToArray();
        var sorted = new double[width, width];
        for (var d = 0; d < width; d++)
        {
            for (var k = 0; k < width; k++)
            {
                sorted[k, d] = vectors[k, order[d]];
            }
        }

        return ([.. order.Select(i => symmetric[i, i])], sorted);
    }
}
