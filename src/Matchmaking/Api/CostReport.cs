using GraphQL;
using GraphQL.DI;
using GraphQL.Validation;

namespace Matchmaking.Api;

/// <summary>Tells what an operation costs, where the header <c>GraphQL-Cost</c> asks: <c>report</c> beside the answer, <c>validate</c> instead of it.</summary>
internal static class CostReport
{
    private const string Header = "GraphQL-Cost";

    /// <summary>Keeps the cost where it is asked for, and stops before execution where nothing else is.</summary>
    public static void Keep(ValidationContext context, OperationCost cost)
    {
        if (Asked(context.RequestServices) is not { } asked)
            return;
        context.UserContext[Header] = cost;
        if (IsValidate(asked))
            context.ReportError(new NotExecuted());
    }

    /// <summary>Executes, and adds the cost to the answer where it is asked for.</summary>
    public static async Task<ExecutionResult> ReportAsync(ExecutionOptions options, ExecutionDelegate next)
    {
        var result = await next(options);
        if (options.UserContext?.TryGetValue(Header, out var kept) == true && kept is OperationCost cost)
        {
            if (result.Errors?.Any(error => error is NotExecuted) == true)
            {
                var others = new ExecutionErrors();
                others.AddRange(result.Errors.Where(error => error is not NotExecuted));
                result.Errors = others.Count == 0 ? null : others;
            }
            result.Extensions = new Dictionary<string, object?>(result.Extensions ?? [])
            {
                ["operationCost"] = new Dictionary<string, object?> { ["fieldCost"] = Whole(cost.FieldCost), ["typeCost"] = Whole(cost.TypeCost) },
            };
        }
        return result;
    }

    /// <summary>A cost as it is told: beyond what counts, the largest Int.</summary>
    public static int Whole(double cost) => cost >= int.MaxValue ? int.MaxValue : (int)cost;

    private static string? Asked(IServiceProvider? services) =>
        services?.GetService<IHttpContextAccessor>()?.HttpContext?.Request.Headers[Header].ToString() is { Length: > 0 } asked
            && (IsValidate(asked) || asked.Equals("report", StringComparison.OrdinalIgnoreCase)) ? asked : null;

    private static bool IsValidate(string asked) => asked.Equals("validate", StringComparison.OrdinalIgnoreCase);

    /// <summary>Stops before execution; it never reaches the client.</summary>
    private sealed class NotExecuted() : ValidationError("Only the cost was asked for.");
}
