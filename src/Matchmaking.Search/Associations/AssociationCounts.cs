using System.IO.Compression;
using System.Text;
using Matchmaking.Search.Analysis;

namespace Matchmaking.Search.Associations;

/// <summary>How often words stood near each other in texts that were read before: what learning goes on from without these texts (词语共现).</summary>
/// <remarks>Immutable. Words come first, then single Han characters and classes, each behind its mark; each pair stands once.</remarks>
public sealed class AssociationCounts
{
    private const string Magic = "association counts 1";

    private static readonly Lazy<AssociationCounts> s_shipped = new(() =>
    {
        using var stream = SeedTable.Open("association-counts.br");
        return Read(stream);
    });

    internal AssociationCounts(string origin, int texts, IReadOnlyList<CountedWord> words, IReadOnlyList<CountedPair> pairs)
    {
        Origin = origin;
        Texts = texts;
        Words = words;
        Pairs = pairs;
    }

    /// <summary>Those that come with this library: see data-seeds/README.md.</summary>
    public static AssociationCounts Shipped => s_shipped.Value;

    /// <summary>What was read, for people.</summary>
    public string Origin { get; }

    /// <summary>How many texts were read.</summary>
    public int Texts { get; }

    internal IReadOnlyList<CountedWord> Words { get; }

    // Ascending; the first word of each stands before the second.
    internal IReadOnlyList<CountedPair> Pairs { get; }

    /// <summary>Reads counts.</summary>
    /// <exception cref="InvalidDataException">They are none, or of another version.</exception>
    public static AssociationCounts Read(Stream stream)
    {
        using var unpacked = new BrotliStream(stream, CompressionMode.Decompress, leaveOpen: true);
        using var buffered = new BufferedStream(unpacked, 1 << 16);
        using var reader = new BinaryReader(buffered, Encoding.UTF8);
        try
        {
            if (reader.ReadString() != Magic)
            {
                throw new InvalidDataException("These are no counts that this version reads.");
            }

            var (origin, texts) = (reader.ReadString(), reader.Read7BitEncodedInt());
            var words = new CountedWord[reader.Read7BitEncodedInt()];
            for (var i = 0; i < words.Length; i++)
            {
                words[i] = new(reader.ReadString(), reader.Read7BitEncodedInt(), reader.Read7BitEncodedInt());
            }

            // A row's pairs as steps from one second word to the next, closed by a step of none.
            var pairs = new List<CountedPair>();
            for (var first = 0; first < words.Length; first++)
            {
                var second = first;
                while (reader.Read7BitEncodedInt() is > 0 and var step)
                {
                    second = checked(second + step);
                    if (second >= words.Length)
                    {
                        throw new InvalidDataException("These counts are damaged.");
                    }

                    pairs.Add(new(first, second, reader.Read7BitEncodedInt()));
                }
            }

            return new(origin, texts, words, pairs);
        }
        catch (Exception e) when (e is EndOfStreamException or InvalidOperationException or OverflowException or FormatException)
        {
            throw new InvalidDataException("These counts are damaged.", e);
        }
    }

    /// <summary>Writes the counts, packed.</summary>
    public void Write(Stream stream)
    {
        using var packed = new BrotliStream(stream, CompressionLevel.SmallestSize, leaveOpen: true);
        using var writer = new BinaryWriter(packed, Encoding.UTF8);
        writer.Write(Magic);
        writer.Write(Origin);
        writer.Write7BitEncodedInt(Texts);
        writer.Write7BitEncodedInt(Words.Count);
        foreach (var word in Words)
        {
            writer.Write(word.Text);
            writer.Write7BitEncodedInt(word.Times);
            writer.Write7BitEncodedInt(word.Texts);
        }

        var next = 0;
        for (var first = 0; first < Words.Count; first++)
        {
            for (var second = first; next < Pairs.Count && Pairs[next].First == first; next++)
            {
                writer.Write7BitEncodedInt(Pairs[next].Second - second);
                writer.Write7BitEncodedInt(Pairs[next].Times);
                second = Pairs[next].Second;
            }

            writer.Write7BitEncodedInt(0);
        }
    }
}

// A word, how often it stood anywhere and in how many texts.
internal readonly record struct CountedWord(string Text, int Times, int Texts);

// Two words by their places among the counted, and how often they stood near each other.
internal readonly record struct CountedPair(int First, int Second, int Times);
