using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Matchmaking.Search.Segmentation;

/// <summary>Reads the layout that <see cref="LexiconBuilder"/> writes.</summary>
internal ref struct LexiconReader
{
    private const string Resource = "Matchmaking.Search.Segmentation.lexicon.br";
    private const int DelimiterFrequency = 2159997;

    private ReadOnlySpan<byte> rest;

    private LexiconReader(ReadOnlySpan<byte> layout) => rest = layout;

    /// <summary>Reads the dictionary that is built into this assembly.</summary>
    public static Lexicon ReadEmbedded() => Read(Unpack());

    /// <summary>The embedded layout, uncompressed.</summary>
    public static byte[] Unpack()
    {
        using var packed = typeof(LexiconReader).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The resource {Resource} is missing.");
        using var brotli = new BrotliStream(packed, CompressionMode.Decompress);
        var layout = new MemoryStream(4 << 20);
        brotli.CopyTo(layout, 1 << 16);
        return layout.ToArray();
    }

    /// <summary>Builds the tables of a dictionary from <paramref name="layout"/>.</summary>
    public static Lexicon Read(ReadOnlySpan<byte> layout) => new LexiconReader(layout).Read();

    // Run once, over a million numbers: compiled well at once instead of after a slow first half.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private Lexicon Read()
    {
        int count = Number();
        var shared = new byte[count];
        var added = new byte[count];
        int units = 0;
        for (int i = 0; i < count; i++)
        {
            shared[i] = (byte)Number();
            added[i] = (byte)Number();
            units += added[i];
        }
        var texts = MemoryMarshal.Cast<byte, char>(rest[..(2 * units)]);
        rest = rest[(2 * units)..];
        var frequencies = new int[count];
        for (int i = 0; i < count; i++)
            frequencies[i] = Number();

        // The pairs come last but say which words need a partner number, so they are read twice.
        var pairs = rest;
        var partners = new ushort[count];
        int lastPartner = NumberPartners(partners);
        if (lastPartner > (int)Lexicon.PartnerMask)
            throw new InvalidDataException($"The dictionary has pairs of {lastPartner} words, more than its entries can number.");

        GiveDelimitersTheirFrequency(shared, added, texts, frequencies);
        var (distinct, classes) = Classify(frequencies);
        var lexicon = new Lexicon(units + 1, distinct);
        var entries = new uint[count];
        for (int i = 0; i < count; i++)
            entries[i] = (classes[i] << Lexicon.FrequencyShift) | Lexicon.WordFlag | partners[i];
        AddWords(lexicon, shared, added, texts, entries);
        rest = pairs;
        AddPairs(lexicon, frequencies, partners);
        return lexicon;
    }

    /// <summary>In a sentence a delimiter counts as the most frequent of words, whatever the table says.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void GiveDelimitersTheirFrequency(byte[] shared, byte[] added, ReadOnlySpan<char> texts, int[] frequencies)
    {
        for (int i = 0, at = 0; i < shared.Length; at += added[i++])
        {
            if (shared[i] == 0 && added[i] == 1 && CharClasses.Of(texts[at]) == CharClass.Delimiter)
                frequencies[i] = DelimiterFrequency;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddWords(Lexicon lexicon, byte[] shared, byte[] added, ReadOnlySpan<char> texts, uint[] entries)
    {
        for (int unit = 0; unit <= char.MaxValue; unit++)
        {
            if (CharClasses.Of((char)unit) == CharClass.Delimiter)
                lexicon.SetFirst((char)unit, 0, 1u << Lexicon.FrequencyShift);
        }

        var nodes = new uint[texts.Length + 1];
        Span<char> word = stackalloc char[byte.MaxValue];
        Span<int> path = stackalloc int[byte.MaxValue + 1];
        int nodeCount = 0;
        for (int i = 0, at = 0; i < entries.Length; i++)
        {
            int length = shared[i] + added[i];
            texts.Slice(at, added[i]).CopyTo(word[shared[i]..]);
            at += added[i];
            if (CharClasses.Of(word[0]) == CharClass.Delimiter && length == 1)
                lexicon.SetFirst(word[0], 0, entries[i]);
            if (TryClassWord(lexicon, word[..length], entries[i]))
                continue;

            // Only runs of Han are looked up, so a word with anything else in it gets no path: node 0 leads nowhere.
            for (int depth = shared[i]; depth < length; depth++)
            {
                bool leads = CharClasses.Of(word[depth]) == CharClass.Han && (depth == 0 || path[depth] != 0);
                path[depth + 1] = leads ? ++nodeCount : 0;
                if (!leads)
                    continue;
                if (depth == 0)
                {
                    lexicon.SetFirst(word[0], nodeCount, 0);
                    continue;
                }
                nodes[path[depth]] |= Lexicon.PrefixFlag;
                lexicon.AddStep(path[depth], word[depth], nodeCount);
            }
            if (path[length] != 0)
                nodes[path[length]] |= entries[i];
        }
        if (nodeCount > Lexicon.MaxNodes)
            throw new InvalidDataException($"The dictionary has {nodeCount} prefixes, more than its steps can number.");
        lexicon.SetEntries(nodes);
    }

    private static bool TryClassWord(Lexicon lexicon, ReadOnlySpan<char> word, uint entry)
    {
        switch (word)
        {
            case "始##始":
                lexicon.SentenceBegin = entry;
                return true;
            case "末##末":
                lexicon.SentenceEnd = entry;
                return true;
            case "未##串":
                lexicon.Letters = entry;
                return true;
            case "未##数":
                lexicon.Digits = entry;
                return true;
            default:
                return false;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int NumberPartners(ushort[] partners)
    {
        int last = 0;
        int firsts = Number();
        for (int i = 0, first = 0; i < firsts; i++)
        {
            first += Number();
            if (partners[first] == 0)
                partners[first] = (ushort)++last;
            int seconds = Number();
            for (int j = 0, second = 0; j < seconds; j++)
            {
                second += Number();
                if (partners[second] == 0)
                    partners[second] = (ushort)++last;
                _ = Number();
            }
        }
        return last;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddPairs(Lexicon lexicon, int[] frequencies, ushort[] partners)
    {
        int firsts = Number();
        for (int i = 0, first = 0; i < firsts; i++)
        {
            first += Number();
            int seconds = Number();
            for (int j = 0, second = 0; j < seconds; j++)
            {
                second += Number();
                lexicon.AddPair(partners[first], partners[second], frequencies[first], Number());
            }
        }
    }

    /// <summary>Replaces each frequency by its place among the distinct ones; zero and the delimiters' own are always among them.</summary>
    private static (int[] Distinct, uint[] Classes) Classify(int[] frequencies)
    {
        var places = new Dictionary<int, uint> { [0] = 0, [DelimiterFrequency] = 1 };
        var classes = new uint[frequencies.Length];
        for (int i = 0; i < frequencies.Length; i++)
        {
            ref uint place = ref CollectionsMarshal.GetValueRefOrAddDefault(places, frequencies[i], out bool known);
            if (!known)
                place = (uint)places.Count - 1;
            classes[i] = place;
        }
        var distinct = new int[places.Count];
        foreach (var (frequency, place) in places)
            distinct[place] = frequency;
        return (distinct, classes);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Number()
    {
        int value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte next = rest[0];
            rest = rest[1..];
            value |= (next & 0x7F) << shift;
            if (next < 0x80)
                return value;
        }
    }
}
