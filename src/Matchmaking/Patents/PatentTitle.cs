using System.Text;
using System.Text.RegularExpressions;

namespace Matchmaking.Patents;

/// <summary>What of a title tells one technique from another (发明名称).</summary>
internal static partial class PatentTitle
{
    /// <summary>A title without width, case, punctuation, blanks and the opening words that all titles have.</summary>
    public static string Normalized(string title)
    {
        var letters = new StringBuilder(title.Length);
        foreach (var rune in HalfWidth.Of(title).EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune))
                letters.Append(Rune.ToLowerInvariant(rune));
        }
        return Opening().Replace(letters.ToString(), "");
    }

    /// <summary>What a normalised title is about, without what else is claimed of it: of 石墨烯膜及其制备方法 the 石墨烯膜.</summary>
    public static string Subject(string normalized)
    {
        var subject = Closing().Replace(normalized, "");
        return subject.Length >= 2 ? subject : normalized;
    }

    [GeneratedRegex("^(?:一种|一类|一套|一个|一组)")]
    private static partial Regex Opening();

    [GeneratedRegex("(?:(?:以?及其?|和|与)[^及和与]{0,12}?(?:方法|工艺|系统|装置|设备|应用|用途|介质|终端|产品))+$")]
    private static partial Regex Closing();
}
