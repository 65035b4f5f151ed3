using GraphQL;
using GraphQL.Validation;
using GraphQL.Validation.Errors;

namespace Matchmaking.Transport;

/// <summary>Gives errors of the executor HotChocolate's codes where it has one; the others keep the name of their rule.</summary>
internal static class ErrorCodes
{
    /// <summary>More errors than a person reads are left out, so that a small request gets no huge answer.</summary>
    private const int MaxErrors = 100;

    public static ExecutionErrors? Of(ExecutionErrors? errors)
    {
        if (errors is null)
            return null;
        foreach (var error in errors)
        {
            error.Code = error switch
            {
                // Of one class in the executor; a missing one is told by its words alone.
                InvalidVariableError => error.Message.Contains("non-null", StringComparison.Ordinal) ? "HC0018" : "HC0016",
                VariablesAreInputTypesError => "HC0017",
                _ => error.Code,
            };
        }
        if (errors.Count <= MaxErrors)
            return errors;
        var first = new ExecutionErrors();
        first.AddRange(errors.Take(MaxErrors));
        first.Add(new ExecutionError($"{errors.Count - MaxErrors} more errors are left out.") { Code = "TOO_MANY_ERRORS" });
        return first;
    }
}
