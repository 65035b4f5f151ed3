using System.Runtime.CompilerServices;
using Matchmaking.Search.Indexing;

namespace Matchmaking.Search.Ranking;

// The length normalisation of one text field under the statistics of a snapshot, worked out once for all common lengths.
internal sealed class FieldNorms
{
    private const int Common = 2_048;

    private readonly double[] _norms = new double[Common];
    private readonly double _b;
    private readonly double _averageLength;

    public FieldNorms(TextField field, double averageLength)
    {
        Name = field.Name;
        Weight = field.Weight;
        _b = field.B;
        _averageLength = averageLength;
        for (var length = 0; length < Common; length++)
        {
            _norms[length] = Bm25F.Norm(_b, length, averageLength);
        }
    }

    public string Name { get; }

    public double Weight { get; }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Frequency(int occurrences, int length) => Bm25F.FieldFrequency(
        Weight,
        occurrences,
        (uint)length < Common ? _norms[length] : Bm25F.Norm(_b, length, _averageLength));
}
