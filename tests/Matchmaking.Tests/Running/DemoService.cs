using Xunit;

namespace Matchmaking.Tests.Running;

/// <summary>One service over the demo data for tests that only read.</summary>
public sealed class DemoService : IAsyncLifetime
{
    public RunningService Service { get; private set; } = null!;

    public async Task InitializeAsync() => Service = await DemoData.StartAsync();

    public async Task DisposeAsync() => await Service.DisposeAsync();
}
