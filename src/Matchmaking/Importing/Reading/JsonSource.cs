using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Matchmaking.Importing.Reading;

/// <summary>Reads JSON objects: one a line, or an array of them.</summary>
internal sealed class JsonSource(Headings headings, string fileName, Stream stream, Encoding encoding, bool lines, bool severalValues = false) : RowSource
{
    private readonly Dictionary<string, Meaning?> _keys = new(StringComparer.Ordinal);

    public override IEnumerable<ImportRow> Rows() => lines ? Lines() : Values();

    public override void Dispose() => stream.Dispose();

    private IEnumerable<ImportRow> Lines()
    {
        using var reader = new StreamReader(stream, encoding, detectEncodingFromByteOrderMarks: true, 64 * 1024, leaveOpen: true);
        var number = 0L;
        while (reader.ReadLine() is { } line)
        {
            number++;
            if (string.IsNullOrWhiteSpace(line))
                continue;
            var place = number.ToString(CultureInfo.InvariantCulture);
            ImportRow row;
            try
            {
                using var document = JsonDocument.Parse(line);
                row = Read(document.RootElement, place);
            }
            catch (JsonException e)
            {
                row = new ImportRow(place) { Broken = new Reject(place, "", line.Length > 60 ? line[..60] : line, $"not a JSON object: {e.Message.ReplaceLineEndings(" ")}") };
            }
            yield return row;
        }
    }

    private IEnumerable<ImportRow> Values()
    {
        using var utf8 = encoding is UTF8Encoding ? stream : Encoding.CreateTranscodingStream(stream, encoding, Encoding.UTF8);
        using var elements = JsonSerializer.DeserializeAsyncEnumerable<JsonElement>(utf8, topLevelValues: severalValues).ToBlockingEnumerable().GetEnumerator();
        for (var number = 1L; ; number++)
        {
            var place = number.ToString(CultureInfo.InvariantCulture);
            ImportRow row;
            try
            {
                if (!elements.MoveNext())
                    yield break;
                row = Read(elements.Current, place);
            }
            catch (JsonException e)
            {
                if (number == 1)
                    throw new UnreadableFileException($"{fileName}: not readable as a JSON array: {e.Message.ReplaceLineEndings(" ")}", e);
                row = new ImportRow(place) { Broken = new Reject(place, "", "", $"the JSON can't be read from here to its end: {e.Message.ReplaceLineEndings(" ")}") };
                elements.Dispose();
            }
            yield return row;
            if (row.Broken is { Value: "" } broken && broken.Reason.StartsWith("the JSON can't", StringComparison.Ordinal))
                yield break;
        }
    }

    private ImportRow Read(JsonElement element, string place)
    {
        if (element.ValueKind != JsonValueKind.Object)
            return new ImportRow(place) { Broken = new Reject(place, "", element.ToString(), "not a JSON object") };
        var offers = new List<(Meaning Meaning, string Key, string Text)>();
        foreach (var property in element.EnumerateObject())
        {
            if (!_keys.TryGetValue(property.Name, out var meaning))
            {
                meaning = headings.Recognize(property.Name);
                if (meaning is null)
                    Ignore(property.Name);
                if (_keys.Count < 10_000)
                    _keys[property.Name] = meaning;
            }
            if (meaning is { } known && Text(property.Value, known.Field) is { Length: > 0 } text)
                offers.Add((known, property.Name, text));
        }
        if (offers.Count == 0)
            return new ImportRow(place) { Broken = new Reject(place, "", element.ToString() is { Length: > 60 } raw ? raw[..60] : element.ToString(), "no recognised key of the object has a value") };
        var row = new ImportRow(place);
        foreach (var (meaning, key, text) in offers.OrderBy(o => o.Meaning.Rank))
            row.Offer(meaning.Field, key, text, meaning.Unit);
        return row;
    }

    private static string Text(JsonElement value, Field field) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString() ?? "",
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.True => "是",
        JsonValueKind.False => "否",
        JsonValueKind.Array => string.Join(field is Field.Claims or Field.Description or Field.Abstract ? "\n" : ";", value.EnumerateArray().Select(v => Text(v, field)).Where(t => t.Length > 0)),
        JsonValueKind.Object => value.TryGetProperty("name", out var name) || value.TryGetProperty("text", out name) || value.TryGetProperty("名称", out name) ? Text(name, field) : "",
        _ => "",
    };
}
