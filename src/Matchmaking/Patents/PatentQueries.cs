using GraphQL;
using GraphQL.Types;
using Matchmaking.Api;
using Matchmaking.Organizations;
using Matchmaking.Store;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Patents;

/// <summary>How patents are found without full text.</summary>
internal static class PatentQueries
{
    public static void AddTo(ObjectGraphType query, Connections connections, InstitutionType institution)
    {
        query.Field<PatentType>("patent").Description("A patent by its id; null where there is none (专利).")
            .Argument<NonNullGraphType<IdGraphType>>("id", "The patent's id (标识).")
            .ResolveAsync(async c => await FindAsync(c.Get<StoreFactory>(), c.Get<Batches>().ById<Patent>(c), Ids.Decode(c.GetArgument<string>("id"), "Patent", "id"), c.CancellationToken));
        query.Field<PatentType>("patentByNumber").Description("A patent by its application number or any of its publication numbers; null where there is none (按号码查专利).")
            .Argument<NonNullGraphType<StringGraphType>>("number", "The number in any spelling: CN201710117081.7, ZL 2017 1 0117081.7, 201710117081, CN102889890B (申请号或公开（公告）号).")
            .ResolveAsync(async c => await ByNumberAsync(c.Get<StoreFactory>(), c.GetArgument<string>("number"), c.CancellationToken));
        connections.Field(query, "patents", "All patents (专利列表).", PatentType.Filterable);
        connections.Children(institution, "patents", "The patents it holds (持有的专利).", PatentType.Filterable, InstitutionType.Filterable, i => i.Id, p => p.HolderId);
    }

    /// <summary>The patent of this key, or the one it was merged into.</summary>
    public static async Task<Patent?> FindAsync(StoreFactory stores, Batch<Guid, Patent> patents, Guid key, CancellationToken cancellation)
    {
        if (await patents.GetAsync(key, cancellation) is { } patent)
            return patent;
        await using var store = stores.Open();
        return await store.PatentAliases.Where(a => a.Id == key).Join(store.Patents, a => a.PatentId, p => p.Id, (_, p) => p).SingleOrDefaultAsync(cancellation);
    }

    private static async Task<Patent?> ByNumberAsync(StoreFactory stores, string number, CancellationToken cancellation)
    {
        var reading = PatentNumber.Read(number);
        if (reading.Number is not { } read)
            throw Errors.BadQuery("number", $"'{Errors.Shorten(number)}' can't be read as a patent number: {reading.Problem ?? "it is empty"}.");
        List<string> numbers = [read, .. PatentNumber.Siblings(read)];
        await using var store = stores.Open();
        return await store.Patents
            .Where(p => numbers.Contains(p.ApplicationNumber!) || store.Publications.Any(x => x.PatentId == p.Id && numbers.Contains(x.Number)))
            .OrderBy(p => p.Id).FirstOrDefaultAsync(cancellation);
    }
}
