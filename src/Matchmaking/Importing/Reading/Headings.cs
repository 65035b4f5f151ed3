using System.Collections.Frozen;
using System.Text;
using Matchmaking.Patents;

namespace Matchmaking.Importing.Reading;

/// <summary>What a heading means: the field, how good the column is among several of that field (less is better), and its unit in yuan.</summary>
public readonly record struct Meaning(Field Field, int Rank, decimal Unit);

/// <summary>Recognises the headings of the common exporters: CNIPA, incoPat, PatSnap, SooPAT, CNKI, Wanfang, Derwent, Lens, Google Patents (表头).</summary>
public sealed partial class Headings
{
    private readonly FrozenDictionary<string, Meaning> _known;
    private readonly Dictionary<string, Meaning> _mapped = new(StringComparer.Ordinal);

    /// <param name="kind">What the file holds; the same heading means another thing in another kind of file.</param>
    /// <param name="mapping">Headings and the fields they mean, before all others.</param>
    public Headings(ImportKind kind, IReadOnlyDictionary<string, string> mapping)
    {
        _known = Tables[kind].Value;
        foreach (var (heading, field) in mapping)
        {
            if (!Enum.TryParse<Field>(field, ignoreCase: true, out var known) || char.IsAsciiDigit(field[0]))
            {
                throw new UnreadableFileException($"the mapping names the field '{field}' for '{heading}', which isn't one of: "
                    + string.Join(", ", Enum.GetNames<Field>().Select(n => char.ToLowerInvariant(n[0]) + n[1..])));
            }
            _mapped[Key(heading)] = new Meaning(known, -1, UnitOf(Key(heading)));
        }
    }

    /// <summary>What a heading means; null where it isn't recognised.</summary>
    public Meaning? Recognize(string heading)
    {
        var key = Key(heading);
        if (key.Length is 0 or > 60)
            return null;
        if (Find(key) is { } found)
            return found;
        // "Title-题名", "申请号 Application No.", "标题 (中文)": each part for itself, the Chinese one first.
        foreach (var part in Parts(heading))
        {
            if (Find(part) is { } partly)
                return partly with { Rank = partly.Rank + 50 };
        }
        return null;
    }

    private Meaning? Find(string key)
    {
        if (_mapped.TryGetValue(key, out var mapped))
            return mapped;
        if (_known.TryGetValue(key, out var meaning))
            return meaning with { Unit = UnitOf(key) };
        foreach (var unit in Units)
        {
            if (key.Length > unit.Length && key.EndsWith(unit, StringComparison.Ordinal) && _known.TryGetValue(key[..^unit.Length], out meaning))
                return meaning with { Unit = UnitOf(key) };
        }
        return null;
    }

    private static readonly string[] Units = ["人民币万元", "人民币元", "人民币", "万元", "亿元", "元", "万", "人", "必填", "选填"];

    private static decimal UnitOf(string key) => key.Contains("亿元", StringComparison.Ordinal) ? 100_000_000m : key.Contains('万') ? 10_000m : 1m;

    /// <summary>A heading without width, case, blanks and punctuation.</summary>
    internal static string Key(string heading)
    {
        if (heading.Length > 200)
            return "";
        var key = new StringBuilder(heading.Length);
        foreach (var c in HalfWidth.Of(heading))
        {
            if (char.IsLetterOrDigit(c))
                key.Append(char.ToLowerInvariant(c));
        }
        return key.ToString();
    }

    private static IEnumerable<string> Parts(string heading)
    {
        var text = HalfWidth.Of(heading);
        var han = new string([.. text.Where(c => c is >= '\u4E00' and <= '\u9FFF')]);
        if (text.Contains("英文", StringComparison.Ordinal) || text.Contains("英语", StringComparison.Ordinal))
            yield break;
        if (han.Length > 1)
            yield return han;
        foreach (var part in text.Split(['(', ')', '[', ']', '【', '】', '-', '/', '\n', '\r', ':', '|'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (part.Length < text.Length && Key(part) is { Length: > 1 } key)
                yield return key;
        }
        var latin = Key(new string([.. text.Where(c => c < 128)]));
        if (han.Length > 0 && latin.Length > 1)
            yield return latin;
    }
}
