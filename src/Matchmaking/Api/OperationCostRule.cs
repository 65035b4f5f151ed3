using GraphQL;
using GraphQL.Validation;
using Matchmaking.Transport;

namespace Matchmaking.Api;

/// <summary>Bounds what an operation may cost, before anything of it is executed.</summary>
internal sealed class OperationCostRule(GraphQLOptions options) : ValidationRuleBase
{
    public override ValueTask<INodeVisitor?> GetPostNodeVisitorAsync(ValidationContext context)
    {
        if (context.HasErrors)
            return default;
        var cost = OperationCost.Of(context);
        CostReport.Keep(context, cost);
        if (cost.FieldCost > options.MaxFieldCost)
            context.ReportError(new TooDear("field", cost.FieldCost, options.MaxFieldCost));
        if (cost.TypeCost > options.MaxTypeCost)
            context.ReportError(new TooDear("type", cost.TypeCost, options.MaxTypeCost));
        return default;
    }

    private sealed class TooDear : ValidationError
    {
        public TooDear(string kind, double cost, int allowed)
            : base($"The operation's {kind} cost is {CostReport.Whole(cost)}, at most {allowed} is allowed: ask for fewer items or fewer fields.")
        {
            Code = "HC0047";
            Extensions = new Dictionary<string, object?>
            {
                ["code"] = Code,
                [kind + "Cost"] = CostReport.Whole(cost),
                [kind == "field" ? "maxFieldCost" : "maxTypeCost"] = allowed,
            };
        }
    }
}
