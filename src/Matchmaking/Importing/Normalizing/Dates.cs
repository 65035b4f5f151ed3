using System.Globalization;
using System.Text.RegularExpressions;
using System.Text;
using Matchmaking.Patents;

namespace Matchmaking.Importing.Normalizing;

/// <summary>Reads dates in the spellings of exporters (日期).</summary>
internal static partial class Dates
{
    private static readonly DateOnly Earliest = new(1900, 1, 1);
    private static readonly DateOnly Latest = new(2100, 12, 31);

    /// <summary>Reads one date: 2019-07-09, 2019.7.9, 20190709, 2019年7月9日, a spreadsheet's day number, each also with a time behind it.</summary>
    /// <returns>False where the text is no date; true with null where it says that there is none.</returns>
    public static bool TryRead(string text, out DateOnly? date)
    {
        date = null;
        var narrow = HalfWidth.Of(text).Trim().Trim('"', '\'', ';', ',', '.');
        if (narrow.Length == 0 || Texts.IsPlaceholder(narrow) || narrow is "0" || narrow.AsSpan().IndexOfAnyExcept("0-./: ") < 0)
            return true;
        if (Written().Match(narrow) is { Success: true } written)
            return Make(written.Groups["y"].Value, written.Groups["m"].Value, written.Groups["d"].Value, out date);
        if (Compact().Match(narrow) is { Success: true } compact)
            return Make(compact.Groups["y"].Value, compact.Groups["m"].Value, compact.Groups["d"].Value, out date);
        if (narrow.Length is 5 or > 5 && double.TryParse(narrow, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var serial) && serial is >= 10_000 and < 73_500)
        {
            date = DateOnly.FromDateTime(DateTime.FromOADate(Math.Floor(serial)));
            return true;
        }
        // 09-Jul-2019, Jul 9, 2019; never 7/9/2019, whose order nobody knows.
        if (narrow.Any(char.IsAsciiLetter) && DateTime.TryParse(narrow, CultureInfo.InvariantCulture, DateTimeStyles.AllowWhiteSpaces, out var english) && Named().IsMatch(narrow))
        {
            date = DateOnly.FromDateTime(english);
            return true;
        }
        return false;
    }

    /// <summary>The first date written anywhere in a text; null where there is none.</summary>
    public static DateOnly? Within(string text)
    {
        foreach (Match match in Anywhere().Matches(text))
        {
            if (Make(match.Groups["y"].Value, match.Groups["m"].Value, match.Groups["d"].Value, out var date))
                return date;
        }
        return null;
    }

    private static bool Make(string year, string month, string day, out DateOnly? date)
    {
        date = null;
        var y = int.Parse(year, CultureInfo.InvariantCulture);
        var m = int.Parse(month, CultureInfo.InvariantCulture);
        var d = int.Parse(day, CultureInfo.InvariantCulture);
        if (y is < 1 or > 9999 || m is < 1 or > 12 || d < 1 || d > DateTime.DaysInMonth(y, m))
            return false;
        var made = new DateOnly(y, m, d);
        if (made < Earliest || made > Latest)
            return false;
        date = made;
        return true;
    }

    private const string Time = @"(?:(?:\s+|T)[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?\s*(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?";

    [GeneratedRegex(@"^(?<y>[0-9]{4})\s*[-./年]\s*(?<m>[0-9]{1,2})\s*[-./月]\s*(?<d>[0-9]{1,2})\s*日?" + Time + "$", RegexOptions.CultureInvariant)]
    private static partial Regex Written();

    [GeneratedRegex(@"^(?<y>(?:19|20)[0-9]{2})(?<m>[0-9]{2})(?<d>[0-9]{2})(?:\.0)?" + Time + "$", RegexOptions.CultureInvariant)]
    private static partial Regex Compact();

    [GeneratedRegex(@"(?<![0-9])(?<y>(?:19|20)[0-9]{2})(?:\s*[-./年]\s*(?<m>[0-9]{1,2})\s*[-./月]\s*(?<d>[0-9]{1,2})|(?<m>[0-9]{2})(?<d>[0-9]{2}))(?![0-9])", RegexOptions.CultureInvariant)]
    private static partial Regex Anywhere();

    [GeneratedRegex(@"(?i)(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec).*[0-9]{4}", RegexOptions.CultureInvariant)]
    private static partial Regex Named();
}
