using System.Text.Json;
using GraphQL;

namespace Matchmaking.Transport;

/// <summary>Reads the members of a request from JSON, with an error that names the member.</summary>
internal static class JsonValues
{
    public static string? String(JsonElement root, string name) => !root.TryGetProperty(name, out var value) ? null : value.ValueKind switch
    {
        JsonValueKind.String => Text(value, name),
        JsonValueKind.Null => null,
        _ => throw RequestRefusal.Body($"{name}: it is {Kind(value)}, not a string."),
    };

    public static Inputs? Object(JsonElement root, string name, bool optional)
    {
        if (!root.TryGetProperty(name, out var value))
            return null;
        return optional && value.ValueKind == JsonValueKind.Null ? null : Object(value, name);
    }

    public static Inputs Object(JsonElement value, string name)
    {
        if (value.ValueKind != JsonValueKind.Object)
            throw RequestRefusal.Body($"{name}: it is {Kind(value)}, not an object.");
        var members = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var member in value.EnumerateObject())
        {
            var key = Name(member, name);
            members[key] = Value(member.Value, name, key);
        }
        return new Inputs(members);
    }

    // The member of variables or extensions is named, not the whole way to the value.
    private static object? Value(JsonElement value, string outer, string name)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                var members = new Dictionary<string, object?>(StringComparer.Ordinal);
                foreach (var member in value.EnumerateObject())
                    members[Name(member, outer)] = Value(member.Value, outer, name);
                return members;
            case JsonValueKind.Array:
                var items = new List<object?>(value.GetArrayLength());
                foreach (var item in value.EnumerateArray())
                    items.Add(Value(item, outer, name));
                return items;
            case JsonValueKind.String:
                var text = Text(value, outer, name);
                // PostgreSQL can't hold it, and no text here has it.
                return !text.Contains('\0', StringComparison.Ordinal) ? text : throw RequestRefusal.Body($"{outer}.{RequestRefusal.Shorten(name)}: it holds the character U+0000.");
            case JsonValueKind.Number:
                if (value.TryGetInt32(out var i))
                    return i;
                if (value.TryGetInt64(out var l))
                    return l;
                if (value.TryGetDecimal(out var d))
                    return d;
                return value.TryGetDouble(out var real) && double.IsFinite(real) ? real : throw RequestRefusal.Body($"{outer}.{RequestRefusal.Shorten(name)}: it holds a number beyond what a computer counts with.");
            default:
                return value.ValueKind switch { JsonValueKind.True => true, JsonValueKind.False => false, _ => null };
        }
    }

    private static string Name(JsonProperty member, string outer)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            throw RequestRefusal.Body($"{outer}: a member's name is no valid Unicode.");
        }
    }

    private static string Text(JsonElement value, string outer, string? name = null)
    {
        try
        {
            return value.GetString()!;
        }
        // Half of a surrogate pair.
        catch (InvalidOperationException)
        {
            throw RequestRefusal.Body($"{outer}{(name is null ? "" : "." + RequestRefusal.Shorten(name))}: it holds text that is no valid Unicode.");
        }
    }

    private static string Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        _ => "a boolean",
    };
}
