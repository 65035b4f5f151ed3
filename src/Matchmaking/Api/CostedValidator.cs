using GraphQL;
using GraphQL.Validation;
using Matchmaking.Access;
using Matchmaking.Transport;

namespace Matchmaking.Api;

/// <summary>Validates, and bounds what a valid operation may cost, before anything of it is executed.</summary>
/// <remarks>Not a rule of GraphQL.NET's: any rule has it walk the whole document again, also where the document is known to be valid.</remarks>
internal sealed class CostedValidator(GraphQLOptions bounds) : IDocumentValidator
{
    private readonly DocumentValidator _validator = new();

    public Task<IValidationResult> ValidateAsync(in ValidationOptions options) =>
        // Without a rule: the document is known to be valid.
        ValidateAsync(options.Rules is ICollection<IValidationRule> { Count: 0 } ? KnownOperation.ReadAsync(options) : _validator.ValidateAsync(options), options);

    private async Task<IValidationResult> ValidateAsync(Task<IValidationResult> validation, ValidationOptions options)
    {
        var result = await validation;
        if (!result.IsValid)
            return result;
        var cost = OperationCost.Of(options, result);
        var errors = new List<ValidationError>();
        if (!CostReport.Keep(options, cost))
            errors.Add(new CostReport.NotExecuted());
        if (cost.FieldCost > bounds.MaxFieldCost)
            errors.Add(new TooDear("field", cost.FieldCost, bounds.MaxFieldCost));
        if (cost.TypeCost > bounds.MaxTypeCost)
            errors.Add(new TooDear("type", cost.TypeCost, bounds.MaxTypeCost));
        // What costs too much isn't executed, and so not counted either.
        if (errors.Count == 0 && options.RequestServices?.GetService<Limits>()?.Cost(options.RequestServices.GetRequiredService<Viewer>(), cost.FieldCost) is { } wait)
            errors.Add(new TooMuch("This caller has asked for much in a short time.", wait));
        return errors.Count == 0 ? result : new ValidationResult(errors);
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
