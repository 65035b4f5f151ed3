using System.Text;
using Matchmaking.Patents;

namespace Matchmaking.Organizations;

/// <summary>Reads unified social credit codes by GB 32100-2015 (统一社会信用代码).</summary>
public static class CreditCode
{
    // Without I, O, S, V, Z; the place in this row is the value.
    private const string Alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";

    /// <summary>Normalises a code; null with a reason where it is none.</summary>
    public static string? Normalize(string text, out string? problem)
    {
        var code = new StringBuilder(18);
        foreach (var c in HalfWidth.Of(text))
        {
            if (!char.IsWhiteSpace(c) && c is not ('-' or '\'' or '"' or '\u200B' or '\uFEFF'))
                code.Append(char.ToUpperInvariant(c));
        }
        var candidate = code.ToString();
        if (candidate.Length != 18)
        {
            problem = $"a credit code has 18 characters, this has {candidate.Length}";
            return null;
        }
        var foreign = candidate.AsSpan().IndexOfAnyExcept(Alphabet);
        if (foreign >= 0)
        {
            problem = $"'{candidate[foreign]}' at place {foreign + 1} occurs in no credit code";
            return null;
        }
        var check = CheckCharacter(candidate.AsSpan(0, 17));
        problem = check == candidate[17] ? null : $"the check character is wrong: it is {candidate[17]} and should be {check}";
        return problem is null ? candidate : null;
    }

    /// <summary>The check character of the first seventeen: weights 3 to the power of the place, modulo 31.</summary>
    public static char CheckCharacter(ReadOnlySpan<char> seventeen)
    {
        var sum = 0;
        var weight = 1;
        foreach (var c in seventeen)
        {
            sum += Alphabet.IndexOf(c) * weight;
            weight = weight * 3 % 31;
        }
        return Alphabet[(31 - sum % 31) % 31];
    }
}
