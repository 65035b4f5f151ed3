using GraphQL;
using GraphQL.Execution;
using GraphQL.Transport;
using GraphQL.Types;
using GraphQL.Validation;
using GraphQLParser.AST;
using GraphQLParser.Exceptions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Matchmaking.Transport;

/// <summary>One operation, from its document to its result, the same for every protocol.</summary>
internal sealed class Execution(GraphQLOptions options)
{
    /// <summary>Executes what is asked; what the document itself does wrong stands in the result's errors, never in an exception.</summary>
    /// <param name="asked">The request; its document is there.</param>
    /// <param name="queriesOnly">Whether mutations and subscriptions are refused, with a <see cref="QueriesOnlyError"/>.</param>
    /// <exception cref="OperationCanceledException">The client has gone.</exception>
    public async Task<ExecutionResult> ExecuteAsync(GraphQLRequest asked, bool queriesOnly, IServiceProvider services, CancellationToken cancellation)
    {
        var (document, errors) = Parse(services, asked.Query!);
        if (document is null)
            return new ExecutionResult { Errors = errors };
        var executer = services.GetRequiredService<IDocumentExecuter>();
        var result = await executer.ExecuteAsync(new ExecutionOptions
        {
            Schema = services.GetRequiredService<ISchema>(),
            Query = asked.Query,
            Document = document,
            OperationName = asked.OperationName,
            Variables = asked.Variables,
            Extensions = asked.Extensions,
            RequestServices = services,
            CancellationToken = cancellation,
            ValidationRules = [.. DocumentValidator.CoreRules, .. queriesOnly ? [new QueriesOnlyRule()] : Array.Empty<IValidationRule>()],
            ThrowOnUnhandledException = false,
            UnhandledExceptionDelegate = unhandled => Unhandled(services, unhandled, cancellation),
        });
        cancellation.ThrowIfCancellationRequested();
        return result;
    }

    /// <summary>The document, or why it can't be one that is executed.</summary>
    private (GraphQLDocument? Document, ExecutionErrors Errors) Parse(IServiceProvider services, string query)
    {
        try
        {
            var document = services.GetRequiredService<IDocumentBuilder>().Build(query);
            var errors = DocumentSize.Check(document, options);
            return (errors.Count > 0 ? null : document, errors);
        }
        catch (SyntaxError e)
        {
            e.Code = "HC0014";
            return (null, [e]);
        }
        catch (GraphQLParserException)
        {
            // Nests deeper than the parser itself goes.
            return (null, DocumentSize.TooDeep(options));
        }
    }

    private static Task Unhandled(IServiceProvider services, UnhandledExceptionContext unhandled, CancellationToken cancellation)
    {
        if (unhandled.OriginalException is OperationCanceledException && cancellation.IsCancellationRequested)
            return Task.CompletedTask;
        var id = Guid.CreateVersion7().ToString("N");
        services.GetRequiredService<ILoggerFactory>().CreateLogger("Matchmaking.GraphQL")
            .LogError(unhandled.OriginalException, "Error {ErrorId} in {Path}", id, string.Join('.', unhandled.FieldContext?.Path ?? []));
        unhandled.ErrorMessage = "Unexpected Execution Error";
        unhandled.Exception = new UnexpectedFault(id);
        return Task.CompletedTask;
    }
}
