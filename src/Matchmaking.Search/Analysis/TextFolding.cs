using System.Globalization;
using System.Runtime.InteropServices;

namespace Matchmaking.Search.Analysis;

/// <summary>Brings the spellings of one character together: width, case, accents, ligatures, raised digits, traditional Han.</summary>
/// <remarks>
/// By table and not by <see cref="string.Normalize()"/>, which does nothing beyond ASCII under the invariant globalization this
/// library runs with. Punctuation is left as it is: the segmenter knows it by its full width.
/// </remarks>
public static class TextFolding
{
    // A unit's folding where that is one unit; Many where the other table has it; 0 where the unit stays.
    private const char Many = '\uFFFF';

    private static readonly (char[] One, Dictionary<int, string> Several) Tables = Read();

    /// <summary>The folded form of <paramref name="text"/>.</summary>
    public static string Fold(string text)
    {
        char[] folded = [];
        int[] origins = [];
        int length = Fold(text, ref folded, ref origins);
        return new string(folded, 0, length);
    }

    /// <summary>Folds <paramref name="text"/> into <paramref name="folded"/>, which grows at need, and returns the length.</summary>
    /// <remarks><paramref name="origins"/> keeps the character each unit comes from, see <see cref="OriginStart"/> and <see cref="OriginEnd"/>.</remarks>
    internal static int Fold(ReadOnlySpan<char> text, ref char[] folded, ref int[] origins)
    {
        int length = 0;
        for (int i = 0; i < text.Length; i++)
        {
            // One more for the second half of a pair.
            if (length + 1 >= folded.Length)
                Grow(ref folded, ref origins, Math.Max(text.Length + 2, 2 * folded.Length));
            char unit = text[i];
            char one = Tables.One[unit];
            if (one == 0)
            {
                Put(folded, origins, ref length, unit, i << 1);
            }
            else if (one != Many)
            {
                Put(folded, origins, ref length, one, i << 1);
            }
            else
            {
                int character = unit;
                int origin = i << 1;
                if (char.IsHighSurrogate(unit) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                {
                    character = char.ConvertToUtf32(unit, text[++i]);
                    origin |= 1;
                }
                if (Tables.Several.TryGetValue(character, out string? several))
                {
                    if (length + several.Length > folded.Length)
                        Grow(ref folded, ref origins, 2 * (length + several.Length));
                    foreach (char foldedUnit in several)
                        Put(folded, origins, ref length, foldedUnit, origin);
                }
                else
                {
                    Put(folded, origins, ref length, unit, origin);
                    if (character > char.MaxValue)
                        Put(folded, origins, ref length, text[i], origin);
                }
            }
        }
        return length;
    }

    /// <summary>Where the character begins that a folded unit comes from.</summary>
    internal static int OriginStart(int origin) => origin >> 1;

    /// <summary>Where that character ends; it takes two units where the lowest bit says so.</summary>
    internal static int OriginEnd(int origin) => (origin >> 1) + 1 + (origin & 1);

    private static void Put(char[] folded, int[] origins, ref int length, char unit, int origin)
    {
        folded[length] = unit;
        origins[length++] = origin;
    }

    private static void Grow(ref char[] folded, ref int[] origins, int size)
    {
        Array.Resize(ref folded, size);
        Array.Resize(ref origins, size);
    }

    private static (char[] One, Dictionary<int, string> Several) Read()
    {
        var one = new char[char.MaxValue + 1];
        var several = new Dictionary<int, string>();
        for (char letter = 'A'; letter <= 'Z'; letter++)
            one[letter] = (char)(letter | 0x20);
        for (int unit = 0xD800; unit < 0xDC00; unit++)
            one[unit] = Many;
        foreach (string[] cells in SeedTable.Read("folding.tsv", 2))
        {
            int character = int.Parse(cells[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            string folded = cells[1].Replace("\\s", " ", StringComparison.Ordinal).Replace("\\n", "\n", StringComparison.Ordinal);
            if (character <= char.MaxValue && folded.Length == 1)
            {
                one[character] = folded[0];
                continue;
            }
            CollectionsMarshal.GetValueRefOrAddDefault(several, character, out _) = folded;
            if (character <= char.MaxValue)
                one[character] = Many;
        }
        foreach (string[] cells in SeedTable.Read("traditional.tsv", 2))
            one[cells[0][0]] = cells[1][0];
        return (one, several);
    }
}
