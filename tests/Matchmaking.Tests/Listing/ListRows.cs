using CsCheck;
using Matchmaking.Api;
using Matchmaking.Organizations;
using Matchmaking.Patents;
using Matchmaking.Store;

namespace Matchmaking.Tests.Listing;

/// <summary>Rows with every trouble that a list can have: unknown values, equal values, rare Han, wildcards, letters in two cases.</summary>
internal static class ListRows
{
    /// <summary>Pieces that texts, and the operands compared with them, are made of.</summary>
    public static readonly string[] Pieces = ["a", "A", "电", "池", "𬭩", "%", "_", "é", "e\u0301", "ﬁ", "～", "'", "\\", "*", "\n"];

    public static readonly decimal[] Yuan = [0m, 0.01m, 0.02m, 1m, 99999.99m, 100000m, 999999999999.99m];
    public static readonly DateOnly[] Days = [new(1985, 4, 1), new(2019, 12, 31), new(2020, 1, 1), new(2020, 2, 29)];
    public static readonly DateTime[] Instants = [.. Enumerable.Range(0, 4).Select(i => new DateTime(2026, 11, 23, 2, 0, 0, DateTimeKind.Utc).AddMilliseconds(i * 5))];
    public static readonly string[] Provinces = ["江苏", "北京", "jiangsu"];
    public static readonly string[] Symbols = ["H01M 4/36", "H01M 10/0525", "B60L 50/60", "C01B 32/182"];

    public static readonly Gen<string> Text = Gen.OneOfConst(Pieces).Array[0, 3].Select(string.Concat);

    private static readonly Gen<(string? Application, PatentKind Kind, LegalStatus Status, int? Readiness, decimal? Price)> Facts = Gen.Select(
        Maybe(Gen.Const("CN")), Gen.Enum<PatentKind>(), Gen.Enum<LegalStatus>(), Gen.Int[1, 9].Nullable(), Gen.OneOfConst(Yuan).Nullable());

    private static readonly Gen<(string Title, string? Abstract, DateOnly? Filed, DateTime Created)> Words = Gen.Select(
        Text, Maybe(Text), Gen.OneOfConst(Days).Nullable(), Gen.OneOfConst(Instants));

    private static readonly Gen<(List<string> Ipc, List<string> Keywords, List<TransferMode> Modes, int Holder)> Lists = Gen.Select(
        Gen.OneOfConst(Symbols).List[0, 2], Text.List[0, 2], Gen.Enum<TransferMode>().List[0, 2], Gen.Int[-1, 3]);

    /// <summary>Fills an empty store: four institutions, the last of which holds nothing, and their patents, and patents of nobody.</summary>
    public static async Task<IReadOnlyList<Patent>> FillAsync(StoreFactory stores, int count)
    {
        await using var store = stores.Open("test");
        var holders = Enumerable.Range(0, 4).Select(i => new Institution
        {
            Id = store.NewKey(), Code = $"I{i}", Name = $"大学{i}", Province = Provinces[i % 3], City = i == 1 ? null : "市", Kind = (InstitutionKind)(i % 3), CreatedAt = Instants[i], UpdatedAt = Instants[i],
        }).ToList();
        store.Institutions.AddRange(holders);
        var rows = new List<Patent>();
        // The rows are the same every time, so that a failure is told by its question alone.
        Gen.Select(Facts, Words, Lists).Array[count].Sample(all =>
        {
            foreach (var (facts, words, lists) in all)
            {
                var holder = lists.Holder is >= 0 and < 3 ? holders[lists.Holder] : null;
                rows.Add(new Patent
                {
                    Id = store.NewKey(), ApplicationNumber = facts.Application is null ? null : $"CN{rows.Count % 7}{rows.Count:00}", Kind = facts.Kind, LegalStatus = facts.Status, Readiness = facts.Readiness,
                    AskingPrice = facts.Price, Title = words.Title, Abstract = words.Abstract, FiledOn = words.Filed, CreatedAt = words.Created, UpdatedAt = words.Created,
                    IpcCodes = [.. lists.Ipc.Distinct()], Keywords = lists.Keywords, TransferModes = [.. lists.Modes.Distinct()], HolderId = holder?.Id, Holder = holder,
                });
            }
        }, seed: "0001HsYQ2_X7", iter: 1, threads: 1);
        store.Patents.AddRange(rows);
        await store.CommitAsync();
        return rows;
    }

    public static Gen<string?> Maybe(Gen<string> some) => Gen.Frequency((1, Gen.Const((string?)null)), (3, some.Select(text => (string?)text)));
}
