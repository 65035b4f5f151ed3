using System.Collections.Frozen;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Matchmaking.Search.Analysis;

namespace Matchmaking.Search.Associations;

/// <summary>What words mean beside each other, learned from texts: words that keep like company lie close (词语关联).</summary>
/// <remarks>
/// Immutable, safe for all threads. A word is a row of small whole numbers, so that a product of two is exact on every machine. A single Han
/// character, as part of any word, has a row of its own behind <see cref="TextTokens.CharacterMark"/>.
/// </remarks>
public sealed class AssociationTable
{
    /// <summary>How long each vector is.</summary>
    public const int Dimensions = 256;

    // Before the name of a class of techniques; no text has it.
    internal const char ClassMark = '\uF8FE';

    // A class that is further than this beside the closest one isn't meant.
    private const double LeastShare = 0.8;

    private const string Magic = "associations 1";

    private static readonly Lazy<AssociationTable> s_shipped = new(() =>
    {
        using var stream = SeedTable.Open("associations.br");
        return Read(stream);
    });

    private readonly FrozenDictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _rows;
    private readonly string[] _words;
    private readonly sbyte[] _values;
    private readonly float[] _rarities;
    private readonly double[] _scales;
    private readonly int[] _classes;

    /// <summary>Makes a table.</summary>
    /// <param name="origin">What it was learned from, for people.</param>
    /// <param name="words">The words, each once.</param>
    /// <param name="rarities">How rare each is: what it weighs in the meaning of a text.</param>
    /// <param name="values">Their vectors, one after the other.</param>
    public AssociationTable(string origin, string[] words, float[] rarities, sbyte[] values)
    {
        if (words.Length != rarities.Length || values.Length != words.Length * Dimensions)
        {
            throw new ArgumentException($"{words.Length} words, {rarities.Length} rarities and {values.Length} numbers don't go together.");
        }

        Origin = origin;
        _words = words;
        _rarities = rarities;
        _values = values;
        _scales = [.. Enumerable.Range(0, words.Length).Select(row => Meaning.ScaleOf(Row(row)))];
        _rows = words.Index().ToFrozenDictionary(w => w.Item, w => w.Index, StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
        _classes = [.. Enumerable.Range(0, words.Length).Where(row => words[row][0] == ClassMark)];
        Version = Hash();
    }

    /// <summary>The table that comes with this library: see data-seeds/README.md.</summary>
    public static AssociationTable Shipped => s_shipped.Value;

    /// <summary>What it was learned from.</summary>
    public string Origin { get; }

    /// <summary>A hash of all it holds; an index made with another one is made anew.</summary>
    public string Version { get; }

    /// <summary>How many words and characters it knows.</summary>
    public int Count => _words.Length;

    /// <summary>Whether and where it knows a word; -1: not.</summary>
    public int Find(ReadOnlySpan<char> word) => _rows.TryGetValue(word, out var row) ? row : -1;

    /// <summary>The word of a row.</summary>
    public string Word(int row) => _words[row];

    /// <summary>How rare a row's word is.</summary>
    public double Rarity(int row) => _rarities[row];

    /// <summary>The words, without characters, that lie closest to a word, closest first; empty where it isn't known.</summary>
    public IReadOnlyList<(string Word, double Closeness)> Near(string word, int count) => Find(word) is >= 0 and var row
        ? [.. Enumerable.Range(0, Count).Where(other => other != row && _words[other][0] is not (TextTokens.CharacterMark or ClassMark))
            .Select(other => (Word: _words[other], Closeness: Closeness(row, other)))
            .OrderByDescending(n => n.Closeness).ThenBy(n => n.Word, StringComparer.Ordinal).Take(count)]
        : [];

    // The classes whose texts lie closest to a direction, closest first, as far as none is much closer than the others; the closeness beside the closest one's.
    internal IReadOnlyList<(string Class, double Share)> Classes(Meaning direction, int most)
    {
        var near = new List<(int Row, double Closeness)>();
        foreach (var row in _classes)
        {
            if (Meaning.Dot(direction.Values, Row(row)) is > 0 and var dot)
            {
                near.Add((row, dot * _scales[row]));
            }
        }

        near.Sort((a, b) => a.Closeness != b.Closeness ? b.Closeness.CompareTo(a.Closeness) : a.Row.CompareTo(b.Row));
        return [.. near.Take(most).Select(n => (Class: _words[n.Row][1..], Share: n.Closeness / near[0].Closeness)).Where(n => n.Share >= LeastShare)];
    }

    /// <summary>The cosine of two rows.</summary>
    public double Closeness(int row, int other) => Meaning.Dot(Row(row), Row(other)) * (_scales[row] * _scales[other]);

    /// <summary>Reads a table.</summary>
    /// <exception cref="InvalidDataException">It is none, or of another version.</exception>
    public static AssociationTable Read(Stream stream)
    {
        using var unpacked = new BrotliStream(stream, CompressionMode.Decompress, leaveOpen: true);
        using var reader = new BinaryReader(unpacked, Encoding.UTF8);
        try
        {
            if (reader.ReadString() != Magic || reader.ReadInt32() != Dimensions)
            {
                throw new InvalidDataException("These are no associations that this version reads.");
            }

            var origin = reader.ReadString();
            var words = new string[reader.ReadInt32()];
            var rarities = new float[words.Length];
            for (var row = 0; row < words.Length; row++)
            {
                words[row] = reader.ReadString();
                rarities[row] = reader.ReadSingle();
            }

            var values = new sbyte[words.Length * Dimensions];
            reader.BaseStream.ReadExactly(System.Runtime.InteropServices.MemoryMarshal.AsBytes(values.AsSpan()));
            return new(origin, words, rarities, values);
        }
        catch (Exception e) when (e is EndOfStreamException or InvalidOperationException or OverflowException or ArgumentException)
        {
            throw new InvalidDataException("These associations are damaged.", e);
        }
    }

    /// <summary>Writes the table, packed.</summary>
    public void Write(Stream stream)
    {
        using var packed = new BrotliStream(stream, CompressionLevel.SmallestSize, leaveOpen: true);
        using var writer = new BinaryWriter(packed, Encoding.UTF8);
        WriteTo(writer);
    }

    internal ReadOnlySpan<sbyte> Row(int row) => _values.AsSpan(row * Dimensions, Dimensions);

    // Adds a word's direction to a sum.
    internal void Add(int row, double weight, Span<double> sum)
    {
        var factor = weight * _scales[row];
        var values = Row(row);
        for (var i = 0; i < values.Length; i++)
        {
            sum[i] += factor * values[i];
        }
    }

    // The cosine of a row and a direction of length one.
    internal double Closeness(int row, ReadOnlySpan<double> direction)
    {
        var values = Row(row);
        var dot = 0.0;
        for (var i = 0; i < values.Length; i++)
        {
            dot += values[i] * direction[i];
        }

        return dot * _scales[row];
    }

    private void WriteTo(BinaryWriter writer)
    {
        writer.Write(Magic);
        writer.Write(Dimensions);
        writer.Write(Origin);
        writer.Write(_words.Length);
        for (var row = 0; row < _words.Length; row++)
        {
            writer.Write(_words[row]);
            writer.Write(_rarities[row]);
        }

        writer.Write(System.Runtime.InteropServices.MemoryMarshal.AsBytes(_values.AsSpan()));
    }

    private string Hash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var word in _words)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(word + '\n'));
        }

        hash.AppendData(System.Runtime.InteropServices.MemoryMarshal.AsBytes(_rarities.AsSpan()));
        hash.AppendData(System.Runtime.InteropServices.MemoryMarshal.AsBytes(_values.AsSpan()));
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }
}
