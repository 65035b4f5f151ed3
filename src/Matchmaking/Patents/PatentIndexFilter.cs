using GraphQL;
using Matchmaking.Api;
using Matchmaking.Search.Queries;

namespace Matchmaking.Patents;

/// <summary>Turns the conditions of a <c>where</c> into ones the index knows, so that a search needs no ids from the store.</summary>
internal static class PatentIndexFilter
{
    private static readonly Dictionary<string, string> Tags = new()
    {
        ["kind"] = PatentDocument.Kind,
        ["legalStatus"] = PatentDocument.LegalStatus,
        ["prospect"] = PatentDocument.Prospect,
        ["transferModes"] = PatentDocument.Mode,
        ["holder.name"] = PatentDocument.Holder,
        ["holder.province"] = PatentDocument.Province,
    };

    private static readonly Dictionary<string, string> Numbers = new()
    {
        ["readiness"] = PatentDocument.Readiness,
        ["filedOn"] = PatentDocument.FiledOn,
        ["publishedOn"] = PatentDocument.PublishedOn,
        ["grantedOn"] = PatentDocument.GrantedOn,
        ["expiresOn"] = PatentDocument.ExpiresOn,
    };

    /// <exception cref="ExecutionError">BAD_QUERY: the index doesn't know the member or the comparison.</exception>
    public static IndexFilter Of(IDictionary<string, object?> where) => Of(where, "");

    private static IndexFilter Of(IDictionary<string, object?> where, string path) => IndexFilter.All(where.Select(w => w.Key switch
    {
        _ when w.Value is null => throw Errors.NullOperand($"where.{path}{w.Key}"),
        "and" => IndexFilter.All(Each(w.Value, path + w.Key).Select(each => Of(each, path))),
        "or" when !Items(w.Value).Any() => IndexFilter.All(),
        "or" => IndexFilter.Any(Each(w.Value, path + w.Key).Select(each => Of(each, path))),
        "holder" when path == "" => Of((IDictionary<string, object?>)w.Value!, "holder."),
        _ => Member(path + w.Key, (IDictionary<string, object?>)w.Value!),
    }));

    private static IndexFilter Member(string member, IDictionary<string, object?> conditions) => IndexFilter.All(conditions.Select(condition =>
        member == "ipcCodes" ? Ipc(condition.Key, condition.Value)
        : Tags.TryGetValue(member, out var tag) ? Tag(member, tag, condition.Key, condition.Value)
        : Numbers.TryGetValue(member, out var number) ? Number(member, number, condition.Key, condition.Value)
        : throw Unsupported(member)));

    private static IndexFilter Tag(string member, string field, string operation, object? operand) => operation switch
    {
        "eq" when operand is not null => IndexFilter.Tag(field, Text(operand)),
        "neq" when operand is not null => IndexFilter.Not(IndexFilter.Tag(field, Text(operand))),
        "in" when operand is not null => IndexFilter.Tag(field, Texts(operand)),
        "nin" when operand is not null => IndexFilter.Not(IndexFilter.Tag(field, Texts(operand))),
        "some" when operand is IDictionary<string, object?> item => IndexFilter.All(item.Select(i => Tag(member, field, i.Key, i.Value))),
        "none" when operand is IDictionary<string, object?> item => IndexFilter.Not(IndexFilter.All(item.Select(i => Tag(member, field, i.Key, i.Value)))),
        _ => throw Unsupported($"{member}.{operation}"),
    };

    private static IndexFilter Number(string member, string field, string operation, object? operand) => (operation, Value(operand)) switch
    {
        ("eq", null) => IndexFilter.Not(IndexFilter.Range(field, null, null)),
        ("neq", null) => IndexFilter.Range(field, null, null),
        (_, null) when operation is not ("in" or "nin") || operand is null => throw Errors.NullOperand($"where.{member}.{operation}"),
        ("eq", { } n) => IndexFilter.Range(field, n, n),
        ("neq", { } n) => IndexFilter.Not(IndexFilter.Range(field, n, n)),
        ("gt", { } n) => IndexFilter.Range(field, n + 1, null),
        ("gte", { } n) => IndexFilter.Range(field, n, null),
        ("lt", { } n) => IndexFilter.Range(field, null, n - 1),
        ("lte", { } n) => IndexFilter.Range(field, null, n),
        ("ngt" or "ngte" or "nlt" or "nlte", _) => IndexFilter.Not(Number(member, field, operation[1..], operand)),
        ("in", _) => IndexFilter.Any(Items(operand!).Select(item => Number(member, field, "eq", item))),
        ("nin", _) => IndexFilter.Not(IndexFilter.Any(Items(operand!).Select(item => Number(member, field, "eq", item)))),
        _ => throw Unsupported($"{member}.{operation}"),
    };

    // The index keeps sections and subclasses as tags; finer symbols are found by ipc: in the query.
    private static IndexFilter Ipc(string operation, object? operand) => (operation, operand) switch
    {
        ("some", IDictionary<string, object?> item) => IndexFilter.All(item.Select(i => i is { Key: "startsWith", Value: string { Length: 1 or 4 } prefix }
            ? IndexFilter.Tag(prefix.Length == 1 ? PatentDocument.IpcSection : PatentDocument.IpcClass, prefix)
            : throw Unsupported($"ipcCodes.some.{i.Key}"))),
        _ => throw Unsupported($"ipcCodes.{operation}"),
    };

    private static long? Value(object? operand) => operand switch
    {
        DateOnly day => day.DayNumber,
        int number => number,
        _ => null,
    };

    private static string Text(object operand) => operand is Enum member ? member.ToString().ToConstantCase() : (string)operand;

    private static IEnumerable<string> Texts(object operand) => Items(operand).OfType<object>().Select(Text);

    private static IEnumerable<object?> Items(object operand) => ((System.Collections.IEnumerable)operand).Cast<object?>();

    private static IEnumerable<IDictionary<string, object?>> Each(object list, string path) =>
        Items(list).Select((item, i) => (IDictionary<string, object?>?)item ?? throw Errors.NullOperand($"where.{path}[{i}]"));

    private static ExecutionError Unsupported(string what) =>
        Errors.BadQuery("where", $"'{what}' can't be combined with a search: use the query for words and symbols, or the list of patents.");
}
