using System.CommandLine;
using Matchmaking.Access;
using Matchmaking.Access.Auditing;
using Matchmaking.Hosting;
using Matchmaking.Importing;
using Matchmaking.Indexing;
using Matchmaking.Store;

Console.OutputEncoding = new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

var root = new RootCommand("Links the stock patents of universities and institutes with the needs of small and medium enterprises (存量专利与中小企业技术需求匹配).")
{
    ServeCommand.Create(),
    ImportCommand.Create(Verbs.OpenStoreAsync, Verbs.Data, Verbs.Set),
    TokenCommand.Create(Verbs.OpenAsync, Verbs.Data, Verbs.Set),
    PersonCommand.Create(Verbs.OpenStoreAsync, Verbs.Data, Verbs.Set),
    AuditCommand.Create(Verbs.OpenStoreAsync, Verbs.Data, Verbs.Set),
    SegmentCommand.Create(),
    ExplainCommand.Create(),
    MatchingCommand.Create(),
    LexiconCommand.Create(Verbs.OpenStoreAsync, Verbs.Data, Verbs.Set),
    PrintSchemaCommand.Create(),
};

try
{
    // Without a verb the service is started, with whatever ASP.NET Core options follow.
    var asked = args.Length == 0 || (args[0].StartsWith("--", StringComparison.Ordinal) && args[0] is not ("--help" or "--version")) ? ["serve", .. args] : args;
    return await root.Parse(asked).InvokeAsync(new InvocationConfiguration
    {
        EnableDefaultExceptionHandler = false,
        // A stop is clean: an import ends its batch, a service its requests, each within its own bounds.
        ProcessTerminationTimeout = TimeSpan.FromSeconds(30),
    });
}
catch (ConfigurationException e)
{
    await Console.Error.WriteLineAsync(e.Message);
    return 1;
}
