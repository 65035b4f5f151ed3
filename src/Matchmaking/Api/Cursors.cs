using System.Text.Encodings.Web;
using System.Text.Json;

namespace Matchmaking.Api;

/// <summary>Cursors: base64url of the list's name, its order and the values at which it stands. No secret; checked on return.</summary>
internal static class Cursors
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(string list, params object?[] values) =>
        System.Buffers.Text.Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(new object?[] { list, values }, Json));

    /// <exception cref="GraphQL.ExecutionError">HC0078.</exception>
    public static object?[] Read(string cursor, string list, params Type[] types)
    {
        try
        {
            using var document = JsonDocument.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(cursor));
            var root = document.RootElement;
            if (root.GetArrayLength() != 2 || root[0].GetString() != list || root[1].GetArrayLength() != types.Length)
                throw Errors.BadCursor(cursor);
            object?[] values = [.. types.Select((type, i) => root[1][i].Deserialize(type, Json))];
            return values.All(Possible) ? values : throw Errors.BadCursor(cursor);
        }
        catch (Exception e) when (e is FormatException or JsonException or InvalidOperationException)
        {
            throw Errors.BadCursor(cursor);
        }
    }

    /// <summary>Whether a list of ours can stand at this value; a forged one might not even be a value for the database.</summary>
    private static bool Possible(object? value) => value switch
    {
        DateTime at => at.Kind == DateTimeKind.Utc,
        string text => TextRules.FirstBad(text) is null,
        _ => true,
    };
}
