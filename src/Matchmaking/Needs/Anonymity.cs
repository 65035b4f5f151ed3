using System.Text;
using Matchmaking.Organizations;

namespace Matchmaking.Needs;

/// <summary>Whether the text of a need that is to be anonymous tells whose it is.</summary>
/// <remarks>Such a text isn't stored: whatever is stored is searched, scored, shown and compared, and no mask over the answer would cover all that.
/// What only somebody from the trade would recognise isn't found.</remarks>
internal static class Anonymity
{
    private static readonly string[] Endings =
        ["股份有限公司", "有限责任公司", "集团有限公司", "有限公司", "集团公司", "总公司", "分公司", "公司", "合作社", "集团", "厂"];

    /// <summary>The first word that names the firm, and where it stands; null where none does, or where nothing is to be hidden.</summary>
    public static (string Field, string Word)? Telltale(Need need, Enterprise firm)
    {
        if (need.Visibility != NeedVisibility.Anonymous)
            return null;
        var words = Words(firm);
        foreach (var (field, text) in (ReadOnlySpan<(string, string)>)[("title", need.Title), ("description", need.Description), ("keywords", string.Join('\n', need.Keywords))])
        {
            var folded = Folded(text);
            foreach (var word in words)
            {
                if (folded.Contains(Folded(word), StringComparison.Ordinal))
                    return (field, word);
            }
        }
        return null;
    }

    private static List<string> Words(Enterprise firm)
    {
        var words = new List<string> { firm.Name, firm.CreditCode };
        var name = firm.Name;
        foreach (var place in (ReadOnlySpan<string>)[firm.Province + "省", firm.Province + "市", firm.Province, City(firm) + "市", City(firm)])
        {
            if (place.Length > 1 && name.StartsWith(place, StringComparison.Ordinal))
                name = name[place.Length..];
        }
        foreach (var ending in Endings)
        {
            if (name.EndsWith(ending, StringComparison.Ordinal))
                name = name[..^ending.Length];
        }
        // Two characters are more often a word of the language than a firm.
        if (name.Length > 2)
            words.Add(name);
        // A province may be told, and some cities are one.
        if (City(firm) is { Length: > 1 } city && city != firm.Province)
            words.Add(city);
        return words;
    }

    private static string City(Enterprise firm) => firm.City is { Length: > 2 } city && city.EndsWith('市') ? city[..^1] : firm.City ?? "";

    private static string Folded(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var c in text.Normalize(NormalizationForm.FormKC))
        {
            if (char.IsLetterOrDigit(c) || char.IsSurrogate(c) || c == '\n')
                folded.Append(char.ToUpperInvariant(c));
        }
        return folded.ToString();
    }
}
