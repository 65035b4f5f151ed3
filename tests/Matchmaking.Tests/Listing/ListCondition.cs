using System.Globalization;
using System.Text.Json.Nodes;
using CsCheck;
using Matchmaking.Api;
using Matchmaking.Patents;

namespace Matchmaking.Tests.Listing;

/// <summary>A condition as a client writes it, and what it means, said a second time and in plain C#.</summary>
internal sealed record ListCondition(JsonObject Where, Func<Patent, bool> Holds)
{
    public override string ToString() => Where.ToJsonString();

    /// <summary>Any condition on a patent.</summary>
    public static Gen<ListCondition> Any => Gen.Recursive<ListCondition>((depth, inner) => depth >= 3
        ? Members
        : Gen.Frequency((4, Members), (1, Combined("and", inner)), (1, Combined("or", inner)), (1, Both(Members, inner))));

    private static Gen<ListCondition> Members => Gen.OneOf(
        Text("title", p => p.Title), Text("abstract", p => p.Abstract), Text("applicationNumber", p => p.ApplicationNumber),
        Comparable("readiness", Gen.Int[0, 10], p => p.Readiness, v => v), Comparable("askingPrice", Money, p => p.AskingPrice, v => v),
        Comparable("filedOn", Gen.OneOfConst(ListRows.Days), p => p.FiledOn, v => v.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        Comparable("createdAt", Instant, p => (DateTime?)p.CreatedAt, v => v.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture)),
        Enumeration("kind", p => p.Kind), Enumeration("legalStatus", p => p.LegalStatus),
        ListOf("keywords", p => p.Keywords, ItemTest), ListOf("ipcCodes", p => p.IpcCodes, ItemTest), ListOf("transferModes", p => p.TransferModes, EnumTest<TransferMode>()),
        Holder);

    // Half of the sums lie between two cents, as a client's arithmetic gives them.
    private static readonly Gen<decimal> Money = Gen.Select(Gen.OneOfConst(ListRows.Yuan), Gen.OneOfConst(0m, 0m, 0.001m, -0.001m, 0.005m), (yuan, off) => yuan + off);

    private static readonly Gen<DateTime> Instant = Gen.Select(Gen.OneOfConst(ListRows.Instants), Gen.OneOfConst(0L, 0L, 1L, -1L, 5000L), (at, ticks) => at.AddTicks(ticks));

    private static Gen<ListCondition> Holder => Gen.OneOf(
            TextTest.Select(t => (Json: new JsonObject { ["province"] = t.Json }, Test: (Func<Patent, bool>)(p => t.Test(p.Holder!.Province)))),
            TextTest.Select(t => (Json: new JsonObject { ["city"] = t.Json }, Test: (Func<Patent, bool>)(p => t.Test(p.Holder!.City)))),
            Gen.Const((Json: new JsonObject(), Test: (Func<Patent, bool>)(_ => true))))
        .Select(h => new ListCondition(new JsonObject { ["holder"] = h.Json.DeepClone() }, p => p.Holder is not null && h.Test(p)));

    private static Gen<ListCondition> Combined(string name, Gen<ListCondition> inner) => inner.Array[0, 3].Select(all => new ListCondition(
        new JsonObject { [name] = new JsonArray([.. all.Select(c => c.Where.DeepClone())]) },
        p => all.Length == 0 || (name == "and" ? all.All(c => c.Holds(p)) : all.Any(c => c.Holds(p)))));

    private static Gen<ListCondition> Both(Gen<ListCondition> one, Gen<ListCondition> other) => Gen.Select(one, other, (a, b) =>
        a.Where.Any(m => b.Where.ContainsKey(m.Key)) ? a : new ListCondition(
            new JsonObject(a.Where.Concat(b.Where).Select(m => KeyValuePair.Create(m.Key, m.Value?.DeepClone()))), p => a.Holds(p) && b.Holds(p)));

    private static Gen<ListCondition> Text(string name, Func<Patent, string?> value) =>
        TextTest.Select(t => new ListCondition(new JsonObject { [name] = t.Json }, p => t.Test(value(p))));

    private static readonly Gen<string?> Some = ListRows.Text.Select(text => (string?)text);

    private static readonly Gen<(JsonObject Json, Func<string?, bool> Test)> SimpleTextTest = Gen.OneOf(
        Test("eq", ListRows.Maybe(ListRows.Text), (v, x) => v == x), Test("contains", Some, (v, x) => v?.Contains(x!, StringComparison.Ordinal) == true),
        Test("startsWith", Some, (v, x) => v?.StartsWith(x!, StringComparison.Ordinal) == true), Test("endsWith", Some, (v, x) => v?.EndsWith(x!, StringComparison.Ordinal) == true),
        ListRows.Maybe(ListRows.Text).Array[0, 3].Select(Gen.Bool, (items, not) => (
            new JsonObject { [not ? "nin" : "in"] = new JsonArray([.. items.Select(i => (JsonNode?)i)]) }, (Func<string?, bool>)(v => items.Contains(v) != not))));

    private static readonly Gen<(JsonObject Json, Func<string?, bool> Test)> TextTest = Gen.OneOf(
        SimpleTextTest,
        Gen.Select(SimpleTextTest, SimpleTextTest, Gen.Bool, (a, b, and) => (
            new JsonObject { [and ? "and" : "or"] = new JsonArray(a.Json.DeepClone(), b.Json.DeepClone()) }, (Func<string?, bool>)(v => and ? a.Test(v) && b.Test(v) : a.Test(v) || b.Test(v)))));

    private static readonly Gen<(JsonObject Json, Func<string, bool> Test)> ItemTest = TextTest.Select(t => (t.Json, (Func<string, bool>)t.Test));

    private static Gen<(JsonObject, Func<string?, bool>)> Test(string name, Gen<string?> operand, Func<string?, string?, bool> test) => Gen.Select(operand, Gen.Bool, (x, not) => (
        new JsonObject { [not ? name == "eq" ? "neq" : "n" + name : name] = x }, (Func<string?, bool>)(v => test(v, x) != not)));

    private static Gen<ListCondition> Comparable<T>(string name, Gen<T> operand, Func<Patent, T?> value, Func<T, JsonNode?> json) where T : struct, IComparable<T>
    {
        var comparison = Gen.Select(Gen.OneOfConst("gt", "gte", "lt", "lte"), operand, Gen.Bool, (op, x, not) => new ListCondition(
            new JsonObject { [name] = new JsonObject { [not ? "n" + op : op] = json(x) } },
            p => (value(p) is { } v && op switch { "gt" => v.CompareTo(x) > 0, "gte" => v.CompareTo(x) >= 0, "lt" => v.CompareTo(x) < 0, _ => v.CompareTo(x) <= 0 }) != not));
        var equality = Gen.Select(operand.Nullable(), Gen.Bool, (x, not) => new ListCondition(
            new JsonObject { [name] = new JsonObject { [not ? "neq" : "eq"] = x is { } some ? json(some) : null } }, p => Equals(value(p), x) != not));
        var membership = Gen.Select(operand.Nullable().Array[0, 3], Gen.Bool, (items, not) => new ListCondition(
            new JsonObject { [name] = new JsonObject { [not ? "nin" : "in"] = new JsonArray([.. items.Select(i => i is { } some ? json(some) : null)]) } },
            p => items.Any(i => Equals(value(p), i)) != not));
        return Gen.OneOf(comparison, equality, membership);
    }

    private static Gen<ListCondition> Enumeration<T>(string name, Func<Patent, T> value) where T : struct, Enum =>
        EnumTest<T>().Select(t => new ListCondition(new JsonObject { [name] = t.Json }, p => t.Test(value(p))));

    private static Gen<(JsonObject Json, Func<T, bool> Test)> EnumTest<T>() where T : struct, Enum => Gen.OneOf(
        Gen.Select(Gen.Enum<T>(), Gen.Bool, (x, not) => (new JsonObject { [not ? "neq" : "eq"] = PatentDocument.Constant(x) }, (Func<T, bool>)(v => v.Equals(x) != not))),
        Gen.Select(Gen.Enum<T>().Array[0, 3], Gen.Bool, (items, not) => (
            new JsonObject { [not ? "nin" : "in"] = new JsonArray([.. items.Select(i => (JsonNode)PatentDocument.Constant(i))]) }, (Func<T, bool>)(v => items.Contains(v) != not))));

    private static Gen<ListCondition> ListOf<T>(string name, Func<Patent, List<T>> list, Gen<(JsonObject Json, Func<T, bool> Test)> test) => Gen.OneOf(
        Gen.Bool.Select(any => new ListCondition(new JsonObject { [name] = new JsonObject { ["any"] = any } }, p => list(p).Count > 0 == any)),
        Gen.Select(Gen.OneOfConst("some", "none", "all"), test, (quantifier, t) => new ListCondition(
            new JsonObject { [name] = new JsonObject { [quantifier] = t.Json } },
            p => quantifier switch { "some" => list(p).Any(t.Test), "none" => !list(p).Any(t.Test), _ => list(p).All(t.Test) })));
}
