using GraphQL;

namespace Matchmaking.Api;

/// <summary>Errors with the codes that clients branch on: HotChocolate's where it has one.</summary>
internal static class Errors
{
    public static ExecutionError BadId(string message) => new(message) { Code = "BAD_ID" };

    public static ExecutionError BadCursor(string cursor) =>
        new($"The cursor '{Shorten(cursor)}' is not one of this list and order.") { Code = "HC0078" };

    public static ExecutionError TooManyIds(int given, int allowed) =>
        Coded($"ids: {given} ids were given, at most {allowed} are allowed.", "HC0076", ("requestedItems", given), ("maxAllowedItems", allowed));

    public static ExecutionError PageTooLarge(string argument, int requested, int allowed) =>
        Coded($"{argument}: {requested} items were asked for, a page holds at most {allowed}.", "HC0051",
            ("requestedItems", requested), ("maxAllowedItems", allowed));

    public static ExecutionError NegativePage(string argument, int requested) =>
        Coded($"{argument}: {requested} is negative.", "HC0079", ("requestedItems", requested));

    public static ExecutionError BothFirstAndLast() => new("first and last exclude each other.") { Code = "BOTH_FIRST_AND_LAST" };

    public static ExecutionError BadQuery(string argument, string message, int? position = null) => position is { } at
        ? Coded($"{argument}: {message} (position {at})", "BAD_QUERY", ("position", at))
        : new ExecutionError($"{argument}: {message}") { Code = "BAD_QUERY" };

    /// <summary>A null where a value is needed: it must not pass for "no condition".</summary>
    public static ExecutionError NullOperand(string path) => new($"{path}: null can't be compared so; leave the condition out, or use eq or neq.") { Code = "HC0026" };

    public static ExecutionError Gone(string message) => new(message) { Code = "GONE" };

    public static ExecutionError StorageFull() =>
        new("There is no room left to store this: the change was refused and nothing was changed. Send it again when the operator has made room.") { Code = "STORAGE_FULL" };

    /// <summary>A client's value as it may stand in a message: never the whole of a huge one.</summary>
    public static string Shorten(string value) => value.Length <= 80 ? value : string.Concat(value.AsSpan(0, 77), "…");

    private static ExecutionError Coded(string message, string code, params (string Key, object Value)[] data)
    {
        var error = new ExecutionError(message) { Code = code };
        var extensions = new Dictionary<string, object?> { ["code"] = code };
        foreach (var (key, value) in data)
            extensions[key] = value;
        error.Extensions = extensions;
        return error;
    }
}
