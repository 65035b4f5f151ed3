using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Matchmaking.Search.Segmentation;

/// <summary>Makes the compact dictionary resource out of the word and bigram tables.</summary>
/// <remarks>
/// Layout before compression, all numbers as LEB128: number of words; per word, in ordinal order, the length it shares with the one
/// before and the length of the rest; then the rests as UTF-16LE; then the frequencies; number of first words; per first word its
/// distance from the one before and its number of pairs, then per pair the distance of the second word from the one before
/// and the frequency. Columns of a kind lie together because they compress better so.
/// </remarks>
public static class LexiconBuilder
{
    /// <summary>Reads both tables and returns the layout, uncompressed.</summary>
    /// <param name="words">Lines of <c>word⇥frequency</c>, in any order.</param>
    /// <param name="bigrams">Lines of <c>first⇥second⇥frequency</c>, in any order.</param>
    /// <exception cref="InvalidDataException">A line is not of that form, or a pair names a word that is not one.</exception>
    public static byte[] Build(TextReader words, TextReader bigrams)
    {
        var frequencies = ReadWords(words);
        var ids = new Dictionary<string, int>(frequencies.Count, StringComparer.Ordinal);
        foreach (string word in frequencies.Keys)
            ids.Add(word, ids.Count);
        var pairs = ReadBigrams(bigrams, ids);

        var output = new MemoryStream();
        WriteNumber(output, frequencies.Count);
        using var rests = new MemoryStream();
        string previous = "";
        foreach (string word in frequencies.Keys)
        {
            int shared = previous.AsSpan().CommonPrefixLength(word);
            WriteNumber(output, shared);
            WriteNumber(output, word.Length - shared);
            rests.Write(Encoding.Unicode.GetBytes(word[shared..]));
            previous = word;
        }
        rests.WriteTo(output);
        foreach (int frequency in frequencies.Values)
            WriteNumber(output, frequency);
        WriteNumber(output, pairs.Count);
        int lastFirst = 0;
        foreach (var (first, seconds) in pairs)
        {
            WriteNumber(output, first - lastFirst);
            WriteNumber(output, seconds.Count);
            lastFirst = first;
            int lastSecond = 0;
            foreach (var (second, frequency) in seconds)
            {
                WriteNumber(output, second - lastSecond);
                WriteNumber(output, frequency);
                lastSecond = second;
            }
        }
        return output.ToArray();
    }

    /// <summary>Packs the layout for embedding.</summary>
    public static byte[] Compress(byte[] layout)
    {
        var packed = new byte[BrotliEncoder.GetMaxCompressedLength(layout.Length)];
        if (!BrotliEncoder.TryCompress(layout, packed, out int written, quality: 11, window: 24))
            throw new InvalidOperationException("The dictionary does not compress.");
        return packed[..written];
    }

    private static SortedDictionary<string, int> ReadWords(TextReader reader)
    {
        var words = new SortedDictionary<string, int>(StringComparer.Ordinal);
        for (int line = 1; reader.ReadLine() is { } text; line++)
        {
            string[] cells = text.Split('\t');
            if (cells.Length != 2 || cells[0].Length == 0 || !words.TryAdd(cells[0], ReadFrequency(cells[1], "words", line)))
                throw new InvalidDataException($"words, line {line}: expected word⇥frequency, each word once, found \"{text}\".");
        }
        return words;
    }

    private static SortedDictionary<int, SortedDictionary<int, int>> ReadBigrams(TextReader reader, Dictionary<string, int> ids)
    {
        var pairs = new SortedDictionary<int, SortedDictionary<int, int>>();
        for (int line = 1; reader.ReadLine() is { } text; line++)
        {
            string[] cells = text.Split('\t');
            if (cells.Length != 3 || !ids.TryGetValue(cells[0], out int first) || !ids.TryGetValue(cells[1], out int second))
                throw new InvalidDataException($"bigrams, line {line}: expected two known words and a frequency, found \"{text}\".");
            if (!pairs.TryGetValue(first, out var seconds))
                pairs.Add(first, seconds = []);
            if (!seconds.TryAdd(second, ReadFrequency(cells[2], "bigrams", line)))
                throw new InvalidDataException($"bigrams, line {line}: the pair \"{cells[0]}\", \"{cells[1]}\" is there twice.");
        }
        return pairs;
    }

    private static int ReadFrequency(string cell, string table, int line) =>
        int.TryParse(cell, NumberStyles.None, CultureInfo.InvariantCulture, out int frequency)
            ? frequency
            : throw new InvalidDataException($"{table}, line {line}: \"{cell}\" is not a frequency.");

    private static void WriteNumber(Stream output, int value)
    {
        uint rest = (uint)value;
        for (; rest >= 0x80; rest >>= 7)
            output.WriteByte((byte)(rest | 0x80));
        output.WriteByte((byte)rest);
    }
}
