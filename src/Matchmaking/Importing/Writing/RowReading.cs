using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Matchmaking.Importing.Normalizing;
using Matchmaking.Importing.Reading;

namespace Matchmaking.Importing.Writing;

/// <summary>Reads the fields of one row, remembering the first that can't be read: such a row is rejected whole.</summary>
internal sealed class RowReading(ImportRow row, Tally tally)
{
    public string Place => row.Place;

    /// <summary>Why the row is rejected; null while it isn't.</summary>
    public Reject? Reject { get; private set; } = row.Broken;

    public bool Has(Field field) => row[field] is not null;

    public string Heading(Field field) => row.Heading(field);

    public void Fail(Field field, string value, string reason) => Reject ??= new Reject(row.Place, row.Heading(field), value, reason);

    public void Note(string what) => tally.Note(what);

    /// <summary>A text within its bound; null where there is none.</summary>
    public string? Text(Field field, int max, bool markup = false)
    {
        if (row[field] is not { } raw)
            return null;
        var bad = raw.IndexOf(TextDetection.BadByte, StringComparison.Ordinal);
        if (bad >= 0)
        {
            Fail(field, raw.Replace(TextDetection.BadByte, '\uFFFD'), string.Create(CultureInfo.InvariantCulture, $"bytes that are no text in the file's encoding, at character {bad + 1} of the cell"));
            return null;
        }
        var text = Texts.Clean(raw, out var removed);
        if (removed)
            tally.Note("control characters taken out of a text");
        if (text is null || Texts.IsPlaceholder(text))
            return null;
        if (markup)
        {
            text = Texts.WithoutMarkup(text, out var marked);
            if (marked)
                tally.Note("mark-up such as <sub> taken out of a text");
        }
        if (text.Length > max)
        {
            Fail(field, text, string.Create(CultureInfo.InvariantCulture, $"{text.Length:N0} characters long; at most {max:N0} are kept"));
            return null;
        }
        return text.Length == 0 ? null : text;
    }

    public DateOnly? Date(Field field)
    {
        if (Text(field, 200) is not { } text)
            return null;
        if (Dates.TryRead(text, out var date))
            return date;
        var first = text.Split([';', '；', '\n', '|', ','], 2)[0];
        if (first.Length < text.Length && Dates.TryRead(first, out date))
            return date;
        Fail(field, text, "no date is written like this; write 2019-07-09");
        return null;
    }

    public decimal? Money(Field field)
    {
        if (Text(field, 200) is not { } text)
            return null;
        if (!Amounts.TryMoney(text, row.Unit(field), out var yuan))
            Fail(field, text, "no sum of money is written like this; write yuan as 1200000, 120万 or 面议");
        else if (yuan < 0)
            Fail(field, text, "a sum of money can't be negative");
        return yuan;
    }

    public int? Count(Field field)
    {
        if (Text(field, 200) is not { } text)
            return null;
        if (!Amounts.TryCount(text, out var count))
            Fail(field, text, "no count of people is written like this");
        return count;
    }

    public int? Readiness(Field field)
    {
        if (Text(field, 200) is not { } text)
            return null;
        if (!Amounts.TryReadiness(text, out var level))
            Fail(field, text, "a technology readiness level is 1 to 9");
        return level;
    }

    public List<string> Words(Field field, int max = 200) => Bounded(field, Text(field, 100_000) is { } text ? Lists.Words(text) : [], max);

    public List<string> Names(Field field, int max = 300) => Bounded(field, Text(field, 100_000) is { } text ? Lists.Names(text) : [], max);

    /// <summary>The identity of a record to which its source gave none: a digest of what tells it from others.</summary>
    public static string Identity(params string?[] parts) =>
        "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\u001F', parts))).AsSpan(0, 16));

    private List<string> Bounded(Field field, List<string> words, int max)
    {
        foreach (var word in words)
        {
            if (word.Length > max)
                Fail(field, word, string.Create(CultureInfo.InvariantCulture, $"one entry is {word.Length:N0} characters long; at most {max:N0} are kept"));
        }
        return words;
    }
}
