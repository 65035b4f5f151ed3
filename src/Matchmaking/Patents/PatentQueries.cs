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
            .Resolve(c => ById(c.Get<Batches>(), c).Load(Ids.Decode(c.GetArgument<string>("id"), "Patent", "id")));
        query.Field<PatentType>("patentByNumber").Description("A patent by its application number or any of its publication numbers; null where there is none (按号码查专利).")
            .Argument<NonNullGraphType<StringGraphType>>("number", "The number in any spelling: CN201710117081.7, ZL 2017 1 0117081.7, 201710117081, CN102889890B (申请号或公开（公告）号).")
            .ResolveAsync(async c => await ByNumberAsync(c, c.GetArgument<string>("number"), c.CancellationToken));
        connections.Field(query, "patents", "All patents (专利列表).", PatentType.Filterable);
        connections.Children(institution, "patents", "The patents it holds (持有的专利).", PatentType.Filterable, InstitutionType.Filterable, i => i.Id, p => p.HolderId);
    }

    /// <summary>Patents by their keys, or by those of patents that were merged into them.</summary>
    /// <param name="context">The field whose selection says what is read; null for all of it.</param>
    public static Batch<Guid, Patent> ById(Batches batches, IResolveFieldContext? context = null) => batches.ByAnyId<Patent>(
        context, (store, keys) => store.PatentAliases.Where(a => EF.Parameter(keys).Contains(a.Id)).Select(a => new KeyValuePair<Guid, Guid>(a.Id, a.PatentId)));

    private static async Task<Patent?> ByNumberAsync(IResolveFieldContext context, string number, CancellationToken cancellation)
    {
        var reading = PatentNumber.Read(number);
        if (reading.Number is not { } read)
            throw Errors.BadQuery("number", $"'{Errors.Shorten(number)}' can't be read as a patent number: {reading.Problem ?? "it is empty"}.");
        List<string> numbers = [read, .. PatentNumber.Siblings(read)];
        await using var store = context.OpenStore();
        return await store.Patents
            .Where(p => numbers.Contains(p.ApplicationNumber!) || store.Publications.Any(x => x.PatentId == p.Id && numbers.Contains(x.Number)))
            .OrderBy(p => p.Id).FirstOrDefaultAsync(cancellation);
    }
}
