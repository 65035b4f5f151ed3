using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Matchmaking.Search.Segmentation;

/// <summary>The dictionary of the segmenter: words, their frequencies, and how likely one follows another.</summary>
/// <remarks>
/// Immutable, safe for all threads. A word is known by its <em>entry</em>, 32 bits: which bigram partner it is (15), whether it is a
/// word (1) and the start of longer ones (1), and the class of its frequency (15). Weights are kept ready made, so that segmenting
/// takes no logarithm: the weight of a pair depends on nothing but its first word's frequency and the pair's own.
/// </remarks>
public sealed class Lexicon
{
    internal const uint PartnerMask = 0x7FFF, WordFlag = 0x8000, PrefixFlag = 0x10000;
    internal const int FrequencyShift = 17;
    internal const int MaxNodes = (1 << 17) - 1;

    private const double MaxFrequency = 2159997;
    private const double Smoothing = 0.1;
    private const double TinyDouble = 1.0 / MaxFrequency;
    private const int PairBits = 20;
    private const int StepBits = 18;

    private static readonly Lazy<Lexicon> Embedded = new(() => LexiconReader.ReadEmbedded());

    private readonly uint[] firstEntries = new uint[char.MaxValue + 1];
    private readonly int[] firstNodes = new int[char.MaxValue + 1];
    private readonly ulong[] steps = new ulong[1 << StepBits];
    private readonly uint[] nodeEntries;
    private readonly double[] loneWeights;
    private readonly uint[] pairKeys = new uint[1 << PairBits];
    private readonly double[] pairWeights = new double[1 << PairBits];

    internal Lexicon(int nodes, int[] distinctFrequencies)
    {
        nodeEntries = new uint[nodes];
        loneWeights = new double[distinctFrequencies.Length];
        for (int i = 0; i < distinctFrequencies.Length; i++)
            loneWeights[i] = Weight(distinctFrequencies[i], 0);
    }

    /// <summary>The dictionary that comes with this library.</summary>
    public static Lexicon Default => Embedded.Value;

    /// <summary>The entry of the mark in front of a sentence.</summary>
    internal uint SentenceBegin { get; set; }

    /// <summary>The entry of the mark behind a sentence.</summary>
    internal uint SentenceEnd { get; set; }

    /// <summary>The entry every run of letters shares.</summary>
    internal uint Letters { get; set; }

    /// <summary>The entry every run of digits shares.</summary>
    internal uint Digits { get; set; }

    /// <summary>The entry of a character beyond U+FFFF: frequency 0, partner of none.</summary>
    internal uint Unknown { get; set; }

    /// <summary>The entry of a Han character or delimiter standing alone.</summary>
    internal uint EntryOf(char unit) => firstEntries[unit];

    /// <summary>Where the words beginning with <paramref name="unit"/> are looked up by <see cref="Step"/>.</summary>
    internal int NodeOf(char unit) => firstNodes[unit];

    /// <summary>Follows one more character; false when no word goes on so.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool Step(ref int node, char unit, out uint entry)
    {
        uint key = StepKey(node, unit);
        ref ulong table = ref MemoryMarshal.GetArrayDataReference(steps);
        for (uint slot = Slot(key, StepBits); ; slot = (slot + 1) & ((1 << StepBits) - 1))
        {
            ulong found = Unsafe.Add(ref table, slot);
            if ((uint)(found >> 32) == key && found != 0)
            {
                node = (int)(uint)found;
                entry = nodeEntries[node];
                return true;
            }
            if (found == 0)
            {
                entry = 0;
                return false;
            }
        }
    }

    /// <summary>The weight of a word followed by one it is never seen with.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal double LoneWeight(uint entry) => loneWeights[entry >> FrequencyShift];

    /// <summary>Looks up the weight of two words seen together, by their partner numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool TryPairWeight(uint first, uint second, out double weight)
    {
        uint key = (first << 15) | second;
        ref uint keys = ref MemoryMarshal.GetArrayDataReference(pairKeys);
        for (uint slot = Slot(key, PairBits); ; slot = (slot + 1) & ((1 << PairBits) - 1))
        {
            uint found = Unsafe.Add(ref keys, slot);
            if (found == key)
            {
                weight = pairWeights[slot];
                return true;
            }
            if (found == 0)
            {
                weight = 0;
                return false;
            }
        }
    }

    internal void SetFirst(char unit, int node, uint entry)
    {
        firstNodes[unit] = node;
        firstEntries[unit] = entry;
    }

    internal void SetEntries(ReadOnlySpan<uint> entries)
    {
        entries.CopyTo(nodeEntries);
        for (int unit = 0; unit < firstNodes.Length; unit++)
        {
            if (firstNodes[unit] != 0)
                firstEntries[unit] = nodeEntries[firstNodes[unit]];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void AddStep(int from, char unit, int to)
    {
        uint key = StepKey(from, unit);
        uint slot = Slot(key, StepBits);
        while (steps[slot] != 0)
            slot = (slot + 1) & ((1 << StepBits) - 1);
        steps[slot] = ((ulong)key << 32) | (uint)to;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void AddPair(uint first, uint second, int firstFrequency, int pairFrequency)
    {
        uint key = (first << 15) | second;
        uint slot = Slot(key, PairBits);
        while (pairKeys[slot] != 0)
            slot = (slot + 1) & ((1 << PairBits) - 1);
        pairKeys[slot] = key;
        pairWeights[slot] = Weight(firstFrequency, pairFrequency);
    }

    /// <summary>Zhang et al., HHMM-based Chinese lexical analyzer ICTCLAS, 2003: a pair's probability, smoothed by the word's own.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Weight(int firstFrequency, int pairFrequency) =>
        -Math.Log((Smoothing * (1.0 + firstFrequency) / MaxFrequency)
            + ((1.0 - Smoothing) * (((1.0 - TinyDouble) * pairFrequency / (1.0 + firstFrequency)) + TinyDouble)));

    // 17 bits of node and 15 of character: all nodes are fewer than 2^17, all Han characters fewer than 2^15.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint StepKey(int node, char unit) => ((uint)node << 15) | (uint)(unit - 0x4E00);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Slot(uint key, int bits) => (key * 0x9E3779B1u) >> (32 - bits);
}
