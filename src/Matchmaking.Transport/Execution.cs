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
    /// <summary>The key in the user context under which a subscription finds what the client has seen last.</summary>
    public const string LastEventId = "Last-Event-ID";

    private readonly Documents _documents = new(options);
    private readonly DocumentCache _valid = new(options.MaxCachedCharacters);

    /// <summary>Executes what is asked; what the document itself does wrong stands in the result's errors, never in an exception.</summary>
    /// <param name="asked">The request; its document is there, or named.</param>
    /// <param name="allowed">What the protocol can carry; the rest is refused, with an <see cref="OperationRefusal"/>.</param>
    /// <param name="lastEventId">What the client has seen last of a subscription that it resumes.</param>
    /// <exception cref="OperationCanceledException">The client has gone.</exception>
    public async Task<ExecutionResult> ExecuteAsync(GraphQLRequest asked, AllowedOperations allowed, IServiceProvider services, CancellationToken cancellation, string? lastEventId = null)
    {
        var run = OperationRun.Begin();
        ExecutionResult? result = null;
        try
        {
            return result = await RunAsync(asked, allowed, services, lastEventId, cancellation);
        }
        finally
        {
            run.End(result, cancellation.IsCancellationRequested, options.SlowOperation, services);
        }
    }

    private async Task<ExecutionResult> RunAsync(GraphQLRequest asked, AllowedOperations allowed, IServiceProvider services, string? lastEventId, CancellationToken cancellation)
    {
        FoundDocument found;
        try
        {
            found = _documents.Find(asked);
        }
        catch (RequestRefusal refusal)
        {
            return refusal.Result;
        }
        if (found.Refusal is { } unknown)
            return new ExecutionResult { Errors = [unknown] };
        var schema = services.GetRequiredService<ISchema>();
        var document = _valid.Find(found.Text!, schema);
        var isValid = document is not null;
        GraphQLTelemetry.CountDocument(isValid);
        if (document is null)
        {
            (document, var errors) = Parse(services, found.Text!);
            if (document is null)
                return new ExecutionResult { Errors = errors };
        }
        if (OperationRefusal.Of(document, asked.OperationName, allowed) is { } refused)
            return new ExecutionResult { Errors = ErrorCodes.Of([refused]) };
        var executer = services.GetRequiredService<IDocumentExecuter>();
        var result = await executer.ExecuteAsync(new ExecutionOptions
        {
            Schema = schema,
            Query = found.Text,
            Document = document,
            OperationName = asked.OperationName,
            Variables = asked.Variables,
            Extensions = asked.Extensions,
            RequestServices = services,
            UserContext = lastEventId is null ? new Dictionary<string, object?>() : new Dictionary<string, object?> { [LastEventId] = lastEventId },
            CancellationToken = cancellation,
            // Variables are checked without any rule.
            ValidationRules = isValid ? [] : options.Introspection ? DocumentValidator.CoreRules : [.. DocumentValidator.CoreRules, new NoIntrospectionRule()],
            ThrowOnUnhandledException = false,
            UnhandledExceptionDelegate = unhandled => Unhandled(services, unhandled, cancellation),
        });
        cancellation.ThrowIfCancellationRequested();
        if (result.Executed && options.Executed is { } executed)
        {
            try
            {
                await executed(services, cancellation);
            }
            catch (Exception e) when (!cancellation.IsCancellationRequested)
            {
                return new ExecutionResult { Errors = [Log(services, e, "the end of an operation")] };
            }
        }
        if (result.Executed)
        {
            _documents.Keep(found);
            if (!isValid)
                _valid.Keep(found.Text!, schema, document);
        }
        result.Errors = ErrorCodes.Of(result.Errors);
        return result;
    }

    /// <summary>The document, or why it can't be one that is executed.</summary>
    private (GraphQLDocument? Document, ExecutionErrors Errors) Parse(IServiceProvider services, string query)
    {
        try
        {
            var document = services.GetRequiredService<IDocumentBuilder>().Build(query);
            var errors = DocumentSize.Check(document, options);
            errors.AddRange(DocumentText.Check(document, query));
            return (errors.Count > 0 ? null : document, errors);
        }
        catch (SyntaxError e)
        {
            e.Code = "HC0014";
            return (null, [e]);
        }
        catch (IndexOutOfRangeException)
        {
            // The parser quotes the line of a syntax error, and after a lone carriage return it looks for a line that isn't there.
            return (null, [new ExecutionError("The document has a syntax error.") { Code = "HC0014" }]);
        }
        catch (GraphQLParserException)
        {
            // Nests deeper than the parser itself goes.
            return (null, DocumentSize.TooDeep(options));
        }
    }

    private static Task Unhandled(IServiceProvider services, UnhandledExceptionContext unhandled, CancellationToken cancellation)
    {
        // Stopped on purpose, each layer says so in its own words.
        if (cancellation.IsCancellationRequested)
            return Task.CompletedTask;
        unhandled.ErrorMessage = "Unexpected Execution Error";
        unhandled.Exception = Log(services, unhandled.OriginalException, Coordinate(unhandled));
        return Task.CompletedTask;
    }

    /// <summary>Logs a fault of ours; what the client is told of it.</summary>
    /// <param name="where">In words of ours: what a client chose might be anything.</param>
    internal static UnexpectedFault Log(IServiceProvider services, Exception fault, string where)
    {
        var id = Guid.CreateVersion7().ToString("N");
        services.GetRequiredService<ILoggerFactory>().CreateLogger("Matchmaking.GraphQL").LogError(fault, "Error {ErrorId} in {Where}", id, where);
        return new UnexpectedFault(id);
    }

    /// <summary>Where it happened, in the schema's words: a path would have the client's aliases.</summary>
    private static string Coordinate(UnhandledExceptionContext unhandled) =>
        unhandled.FieldContext is { } field ? $"{field.ParentType.Name}.{field.FieldDefinition.Name}" : "no field";
}
