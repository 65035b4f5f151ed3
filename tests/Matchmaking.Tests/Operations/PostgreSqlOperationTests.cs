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
        var start = new ServiceStart
        {
            Demo = true,
            Args = ["--Matchmaking:Provider", "PostgreSql", "--ConnectionStrings:Matchmaking", await PostgreSqlServer.CreateDatabaseAsync()],
        };
        var loading = await RunningService.StartAsync(start);
        await loading.MatchedAsync();
        await loading.StopAsync();
        // As the snapshots come about: an hour after the load.
        await using var service = await RunningService.StartAsync(start with { Directory = loading.Directory, At = RunningService.Start.AddHours(1) });
        foreach (var operation in SampleOperation.All.Where(o => !o.IsMutation))
        {
            var kept = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(OperationTests.Snapshots, "__snapshots__", operation.Name + ".snap")))!;
            var answer = await operation.RunAsync(service);
            Assert.Equal(operation.Name + RunningService.Shown(kept["response"]!), operation.Name + RunningService.Shown(answer["response"]!));
            Assert.Equal(kept["sql"]!.GetValue<int>(), answer["sql"]!.GetValue<int>());
        }
    }
}
