using System.CommandLine;
using Matchmaking.Api;

namespace Matchmaking.Hosting;

/// <summary>The verb that prints the schema.</summary>
internal static class PrintSchemaCommand
{
    public static Command Create()
    {
        var command = new Command("print-schema", "Prints the GraphQL schema (SDL), sorted, as schema/matchmaking.graphql has it.");
        command.SetAction(async (_, cancellation) =>
        {
            await using var services = new ServiceCollection().AddLogging().AddApi().BuildServiceProvider();
            await Console.Out.WriteAsync(SchemaText.Of(services).AsMemory(), cancellation);
            return 0;
        });
        return command;
    }
}
