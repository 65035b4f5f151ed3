using System.Globalization;
using System.Text;

namespace Matchmaking.Patents;

/// <summary>What a text that should be a patent number turned out to be.</summary>
public enum NumberForm
{
    /// <summary>Nothing, or a placeholder such as a dash.</summary>
    Empty,

    /// <summary>An application number (申请号).</summary>
    Application,

    /// <summary>A publication number (公开（公告）号).</summary>
    Publication,

    /// <summary>A number that a spreadsheet turned into an approximation (2.01E+12): unknown.</summary>
    Ruined,

    /// <summary>No patent number; <see cref="NumberReading.Problem"/> says why.</summary>
    Invalid,
}

/// <summary>A patent number as read: its form, the normalised number where there is one, the reason where there is none.</summary>
public readonly record struct NumberReading(NumberForm Form, string? Number = null, string? Problem = null);

/// <summary>Reads and writes Chinese patent numbers in every usual spelling (专利号).</summary>
/// <remarks>Application numbers follow ZC 0006-2003: eight digits until September 2003, twelve since, and a check digit: the digits weighted
/// 2 to 9 in turn, modulo 11, ten written X. Numbers of other offices are kept as publication numbers, unchecked.</remarks>
public static class PatentNumber
{
    private const string GrantLetters = "BCUYSD";

    private static readonly string[] Inventions = ["A", "B", "C", "A8", "A9", "B8", "B9", "C8"];
    private static readonly string[] Models = ["U", "Y", "U8", "U9", "Y8"];
    private static readonly string[] Designs = ["S", "D", "S8", "S9", "S1"];

    /// <summary>Reads a number whose form is not known beforehand.</summary>
    public static NumberReading Read(string? text) => Read(text, expectPublication: false);

    /// <summary>Reads a number that is expected to be an application number; one that plainly is a publication number is read as that.</summary>
    public static NumberReading ReadApplication(string? text) => Read(text, expectPublication: false);

    /// <summary>Reads a number that is expected to be a publication number; one that plainly is an application number is read as that.</summary>
    public static NumberReading ReadPublication(string? text) => Read(text, expectPublication: true);

    /// <summary>The check digit of an application number's eight or twelve digits.</summary>
    public static char CheckDigit(ReadOnlySpan<char> digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
            sum += (digits[i] - '0') * (2 + i % 8);
        var rest = sum % 11;
        return rest == 10 ? 'X' : (char)('0' + rest);
    }

    /// <summary>The kind of protection that a normalised number tells; null where it tells none.</summary>
    public static PatentKind? KindOf(string number)
    {
        if (!number.StartsWith("CN", StringComparison.Ordinal) || number.Length < 9)
            return null;
        if (number.Contains('.'))
            return number.IndexOf('.') == 10 ? KindOfDigit(number[4]) : KindOfDigit(number[6]);
        return KindLetter(number) switch
        {
            'A' or 'B' or 'C' => PatentKind.Invention,
            'U' or 'Y' => PatentKind.UtilityModel,
            'S' or 'D' => PatentKind.Design,
            _ => KindOfDigit(number[2]),
        };
    }

    /// <summary>Whether the publication announces a grant and not only an application.</summary>
    public static bool IsGrant(string publication) => publication.StartsWith("CN", StringComparison.Ordinal) && GrantLetters.Contains(KindLetter(publication));

    /// <summary>The letter of the kind code (A, B, C, U, Y, S, D) of a publication number; NUL where it has none.</summary>
    public static char KindLetter(string publication)
    {
        var end = publication.Length - 1;
        while (end > 1 && char.IsAsciiDigit(publication[end]) && end >= publication.Length - 2)
        {
            if (char.IsAsciiLetterUpper(publication[end - 1]) && end - 1 > 1)
                return publication[end - 1];
            end--;
        }
        return end == publication.Length - 1 && char.IsAsciiLetterUpper(publication[end]) ? publication[end] : '\0';
    }

    /// <summary>The other numbers under which the same application may have been published: a nine-digit number with another kind letter.</summary>
    public static IEnumerable<string> Siblings(string publication)
    {
        if (Stem(publication) is not { } stem)
            yield break;
        var codes = stem[2] switch { '1' => Inventions, '2' => Models, _ => Designs };
        foreach (var letter in codes)
        {
            if (stem + letter != publication)
                yield return stem + letter;
        }
        if (publication != stem)
            yield return stem;
    }

    /// <summary>The part that all publications of one application share: CN and nine digits; null for the older, shorter series.</summary>
    public static string? Stem(string publication) =>
        publication.Length >= 11 && publication.StartsWith("CN", StringComparison.Ordinal) && AllDigits(publication.AsSpan(2, 9))
        && (publication.Length == 11 || char.IsAsciiLetterUpper(publication[11])) ? publication[..11] : null;

    /// <summary>The application number that a publication number of 1985 to 1988 repeats; null for all later ones.</summary>
    public static string? ApplicationOf(string publication) =>
        publication.Length >= 11 && publication.StartsWith("CN8", StringComparison.Ordinal) && publication[3] is >= '5' and <= '8'
        && AllDigits(publication.AsSpan(2, 8)) && char.IsAsciiLetterUpper(publication[10]) ? WithCheck(publication.AsSpan(2, 8)) : null;

    private static NumberReading Read(string? text, bool expectPublication)
    {
        if (string.IsNullOrWhiteSpace(text))
            return new(NumberForm.Empty);
        var compact = Compact(text);
        if (compact.Length == 0 || compact is "无" or "暂无" or "未知" or "NULL" or "NA" or "NONE" or "NAN" or "不详" or "空")
            return new(NumberForm.Empty);
        if (IsRuined(compact))
            return new(NumberForm.Ruined, Problem: "a spreadsheet turned the number into an approximation");
        if (compact.Length > 40)
            return new(NumberForm.Invalid, Problem: "too long for a patent number");
        var body = compact.StartsWith("ZL", StringComparison.Ordinal) || compact.StartsWith("CN", StringComparison.Ordinal) ? compact[2..] : compact;
        if (body.StartsWith("ZL", StringComparison.Ordinal) || (body.StartsWith("CN", StringComparison.Ordinal) && body.Length > 4))
            body = body[2..];
        var hasCheckDot = body.Length > 2 && body[^2] == '.';
        body = body.Replace(".", "", StringComparison.Ordinal);
        var chinese = body.Length != compact.Length || compact.Length > 0 && char.IsAsciiDigit(compact[0]) || hasCheckDot;
        if (!chinese || body.Length == 0 || !char.IsAsciiDigit(body[0]))
            return Foreign(compact);
        var digits = 0;
        while (digits < body.Length && char.IsAsciiDigit(body[digits]))
            digits++;
        var tail = body[digits..];
        if (tail.Length > 0 && tail.Length <= 2 && tail[0] != 'X' && char.IsAsciiLetterUpper(tail[0]) && (tail.Length == 1 || char.IsAsciiDigit(tail[1])))
        {
            return digits is >= 7 and <= 9 && "ABCUYSD".Contains(tail[0])
                ? new(NumberForm.Publication, "CN" + body)
                : new(NumberForm.Invalid, Problem: $"a publication number has 7 to 9 digits and one of A B C U Y S D, this has {digits} digits and {tail}");
        }
        if (tail is not ("" or "X"))
            return new(NumberForm.Invalid, Problem: $"'{tail}' after the digits is neither a check digit nor a kind code");
        if (expectPublication && tail.Length == 0 && !hasCheckDot && digits == 9 && body[0] is >= '1' and <= '3')
            return new(NumberForm.Publication, "CN" + body);
        return Application(body, digits, tail);
    }

    private static NumberReading Application(string body, int digits, string tail)
    {
        var length = digits + tail.Length;
        if (length is not (8 or 9 or 12 or 13) || (tail.Length == 1 && digits is not (8 or 12)))
            return new(NumberForm.Invalid, Problem: $"an application number has 8 or 12 digits and a check digit, this has {length} characters");
        var core = body.AsSpan(0, length is 8 or 9 ? 8 : 12);
        var year = int.Parse(core[..(core.Length == 8 ? 2 : 4)], CultureInfo.InvariantCulture);
        if (core.Length == 8)
            year += year >= 85 ? 1900 : 2000;
        if (core.Length == 8 ? year is < 1985 or > 2003 : year is < 1985 or > 2099)
            return new(NumberForm.Invalid, Problem: $"the year {year.ToString(CultureInfo.InvariantCulture)} can't begin an application number of {core.Length} digits");
        if (KindOfDigit(core[core.Length == 8 ? 2 : 4]) is null)
            return new(NumberForm.Invalid, Problem: $"the digit {core[core.Length == 8 ? 2 : 4]} after the year names no kind of patent");
        var check = CheckDigit(core);
        if (length is 9 or 13 && body[length - 1] != check)
            return new(NumberForm.Invalid, Problem: $"the check digit is wrong: it is {body[length - 1]} and should be {check}");
        return new(NumberForm.Application, WithCheck(core));
    }

    private static NumberReading Foreign(string compact)
    {
        var number = compact.Replace(".", "", StringComparison.Ordinal);
        var digits = number.Count(char.IsAsciiDigit);
        var letters = 0;
        while (letters < number.Length && char.IsAsciiLetterUpper(number[letters]))
            letters++;
        return letters is >= 2 and <= 3 && digits >= 4 && number.Length <= 24 && number.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c) || c == '/')
            && !number.StartsWith("CN", StringComparison.Ordinal) && !number.StartsWith("ZL", StringComparison.Ordinal)
            ? new(NumberForm.Publication, number)
            : new(NumberForm.Invalid, Problem: "no patent number is written like this");
    }

    /// <summary>Full-width to half-width, upper case, without blanks, hyphens, quotes and brackets' remarks.</summary>
    private static string Compact(string text)
    {
        var compact = new StringBuilder(text.Length);
        foreach (var c in HalfWidth.Of(text))
        {
            if (c is '(' or '[' && compact.Length > 0)
                break;
            if (c is '。' or '·' or '．')
                compact.Append('.');
            else if (!char.IsWhiteSpace(c) && !char.IsControl(c) && c is not ('-' or '—' or '–' or '_' or '\'' or '"' or '`' or '‐' or '‑' or '\u200B' or '\uFEFF' or '*' or ':' or ',' or ';' or '?' or '='))
                compact.Append(char.ToUpperInvariant(c));
        }
        return compact.ToString().Trim('.');
    }

    private static bool IsRuined(string compact)
    {
        var e = compact.IndexOf('E');
        return e > 0 && compact.AsSpan(0, e).IndexOfAnyExcept("0123456789.") < 0 && e + 1 < compact.Length
            && compact.AsSpan(e + 1).TrimStart('+') is { Length: > 0 and <= 3 } exponent && AllDigits(exponent);
    }

    private static PatentKind? KindOfDigit(char digit) => digit switch
    {
        '1' or '8' => PatentKind.Invention,
        '2' or '9' => PatentKind.UtilityModel,
        '3' => PatentKind.Design,
        _ => null,
    };

    private static string WithCheck(ReadOnlySpan<char> core) => $"CN{core}.{CheckDigit(core)}";

    private static bool AllDigits(ReadOnlySpan<char> text) => text.IndexOfAnyExceptInRange('0', '9') < 0;
}
