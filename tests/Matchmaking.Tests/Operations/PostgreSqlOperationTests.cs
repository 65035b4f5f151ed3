using System.Text.Json.Nodes;
using Matchmaking.Tests.Running;
using Xunit;

namespace Matchmaking.Tests.Operations;

/// <summary>The sample queries give on PostgreSQL what their snapshots say they give on SQLite.</summary>
public sealed class PostgreSqlOperationTests
{
    [SkippableFact]
    public async Task Queries_answer_as_on_sqlite()
    {
        Skip.If(PostgreSqlServer.Absent is not null, PostgreSqlServer.Absent);
        await using var service = await RunningService.StartAsync(new ServiceStart
        {
            Demo = true,
            Args = ["--Matchmaking:Provider", "PostgreSql", "--ConnectionStrings:Matchmaking", await PostgreSqlServer.CreateDatabaseAsync()],
        });
        await service.MatchedAsync();
        foreach (var operation in SampleOperation.All.Where(o => !o.IsMutation))
        {
            var kept = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(OperationTests.Snapshots, "__snapshots__", operation.Name + ".snap")))!;
            var answer = await operation.RunAsync(service);
            Assert.Equal(operation.Name + RunningService.Shown(kept["response"]!), operation.Name + RunningService.Shown(answer["response"]!));
            Assert.Equal(kept["sql"]!.GetValue<int>(), answer["sql"]!.GetValue<int>());
        }
    }
}
