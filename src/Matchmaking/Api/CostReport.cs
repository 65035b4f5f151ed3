using GraphQL;
using GraphQL.DI;
using GraphQL.Validation;

namespace Matchmaking.Api;

/// <summary>Tells what an operation costs, where the header <c>GraphQL-Cost</c> asks: <c>report</c> beside the answer, <c>validate</c> instead of it.</summary>
internal static class CostReport
{
    private const string Header = "GraphQL-Cost";

    /// <summary>Keeps the cost where it is asked for; false where nothing else is, and nothing is to be executed.</summary>
    public static bool Keep(in ValidationOptions options, OperationCost cost)
    {
        if (Asked(options.RequestServices) is not { } asked)
            return true;
        options.UserContext[Header] = cost;
        return !IsValidate(asked);
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
    internal sealed class NotExecuted() : ValidationError("Only the cost was asked for.");
}
