using System.Text.Json;
using GraphQL;

namespace Matchmaking.Transport;

/// <summary>Reads the members of a request from JSON, with an error that names the member.</summary>
internal static class JsonValues
{
    public static string? String(JsonElement root, string name) => !root.TryGetProperty(name, out var value) ? null : value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Null => null,
        _ => throw RequestRefusal.Body($"{name}: it is no string."),
    };

    public static Inputs? Object(JsonElement root, string name, bool optional)
    {
        if (!root.TryGetProperty(name, out var value))
            return null;
        return optional && value.ValueKind == JsonValueKind.Null ? null : Object(value, name);
    }

    public static Inputs Object(JsonElement value, string name) => value.ValueKind == JsonValueKind.Object
        ? new Inputs((Dictionary<string, object?>)Value(value)!)
        : throw RequestRefusal.Body($"{name}: it is no JSON object.");

    private static object? Value(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                var members = new Dictionary<string, object?>(StringComparer.Ordinal);
                foreach (var member in value.EnumerateObject())
                    members[member.Name] = Value(member.Value);
                return members;
            case JsonValueKind.Array:
                var items = new List<object?>(value.GetArrayLength());
                foreach (var item in value.EnumerateArray())
                    items.Add(Value(item));
                return items;
            case JsonValueKind.String:
                return value.GetString();
            case JsonValueKind.Number:
                return value.TryGetInt32(out var i) ? i : value.TryGetInt64(out var l) ? l : value.TryGetDecimal(out var d) ? d : (object)value.GetDouble();
            default:
                return value.ValueKind switch { JsonValueKind.True => true, JsonValueKind.False => false, _ => null };
        }
    }
}
