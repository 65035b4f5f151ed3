using GraphQL.Types;
using Matchmaking.Api;
using Matchmaking.Store;

namespace Matchmaking.Recommendations;

internal sealed class MatchingStatusType : ValueType<MatchingStatus>
{
    public MatchingStatusType()
    {
        Name = "MatchingStatus";
        Description = "How far recommendations follow the changes, and which process did how much (匹配进度).";
    }
}

internal sealed class MatchingNodeType : ValueType<MatchingNode>
{
    public MatchingNodeType()
    {
        Name = "MatchingNode";
        Description = "A process that takes part in matching, and how much it did (匹配节点).";
    }
}

/// <summary>How far matching has come.</summary>
internal static class MatchingQueries
{
    public static void AddTo(ObjectGraphType query) => query.Field<NonNullGraphType<MatchingStatusType>>("matching")
        .Description("How far recommendations follow the changes at present, and which process did how much (当前匹配进度).")
        .ResolveAsync(async c =>
        {
            await using var store = c.OpenStore();
            return await MatchingStatus.ReadAsync(store, c.CancellationToken);
        });
}
