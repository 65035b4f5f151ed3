using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using Matchmaking.Patents;

namespace Matchmaking.Tests.Listing;

/// <summary>An order as a client writes it, and the same order said a second time: unknown lowest, text by code points, ties by key.</summary>
internal sealed record ListOrder(JsonArray Order, Comparison<Patent> Compare)
{
    private static readonly (string Name, Comparison<Patent> Compare)[] Fields =
    [
        ("title", (a, b) => Texts(a.Title, b.Title)), ("abstract", (a, b) => Texts(a.Abstract, b.Abstract)), ("applicationNumber", (a, b) => Texts(a.ApplicationNumber, b.ApplicationNumber)),
        ("readiness", (a, b) => Nullable.Compare(a.Readiness, b.Readiness)), ("askingPrice", (a, b) => Nullable.Compare(a.AskingPrice, b.AskingPrice)),
        ("filedOn", (a, b) => Nullable.Compare(a.FiledOn, b.FiledOn)), ("createdAt", (a, b) => a.CreatedAt.CompareTo(b.CreatedAt)),
    ];

    public static readonly Gen<ListOrder> Any = Gen.Select(Gen.Int[0, Fields.Length - 1], Gen.Bool).Array[0, 3].Select(keys => new ListOrder(
        new JsonArray([.. keys.Select(k => new JsonObject { [Fields[k.Item1].Name] = k.Item2 ? "DESC" : "ASC" })]),
        (a, b) =>
        {
            foreach (var (field, descending) in keys)
            {
                if (Fields[field].Compare(a, b) is not 0 and var found)
                    return descending ? -found : found;
            }
            // By the bytes of the key, which is what a database has.
            var tie = a.Id.ToByteArray(bigEndian: true).AsSpan().SequenceCompareTo(b.Id.ToByteArray(bigEndian: true));
            return keys.Length > 0 && keys[0].Item2 ? -tie : tie;
        }));

    public override string ToString() => Order.ToJsonString();

    private static int Texts(string? a, string? b) => (a, b) switch
    {
        (null, null) => 0,
        (null, _) => -1,
        (_, null) => 1,
        _ => Encoding.UTF8.GetBytes(a).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(b)),
    };
}
