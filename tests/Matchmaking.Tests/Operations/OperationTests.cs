using Matchmaking.Tests.Running;
using Snapshooter;
using Snapshooter.Xunit;
using Xunit;

namespace Matchmaking.Tests.Operations;

/// <summary>Every sample operation over a real socket: status, number of SQL statements, answer.</summary>
public sealed class OperationTests(DemoService demo) : IClassFixture<DemoService>
{
    internal static readonly string Snapshots = Repository.At("tests", "Matchmaking.Tests", "Operations");

    public static TheoryData<string> Queries => [.. SampleOperation.All.Where(o => !o.IsMutation).Select(o => o.Name)];

    public static TheoryData<string> Mutations => [.. SampleOperation.All.Where(o => o.IsMutation).Select(o => o.Name)];

    [Theory, MemberData(nameof(Queries))]
    public async Task Query(string name) => Match(name, RunningService.Shown(await SampleOperation.Read(name).RunAsync(demo.Service)));

    // Each on a service of its own: what one changes, none of the others sees.
    [Theory, MemberData(nameof(Mutations))]
    public async Task Mutation(string name)
    {
        await using var service = await DemoData.StartAsync();
        Match(name, RunningService.Shown(await SampleOperation.Read(name).RunAsync(service)));
    }

    private static void Match(string name, string shown) => Snapshot.Match(shown + "\n", new SnapshotFullName(name + ".snap", Snapshots));
}
