namespace Matchmaking.Tests.Running;

/// <summary>How a service is started for a test.</summary>
public sealed record ServiceStart
{
    /// <summary>Whether the demo data is loaded into an empty store.</summary>
    public bool Demo { get; init; }

    /// <summary>The data directory; a new one where null. Either is deleted in the end.</summary>
    public string? Directory { get; init; }

    /// <summary>What the clock shows.</summary>
    public DateTimeOffset At { get; init; } = RunningService.Start;

    /// <summary>What keys are made from; two services on the same data need two seeds.</summary>
    public int Seed { get; init; } = 20240227;

    /// <summary>Whether who shows no token is an administrator, so that a test of something else needs none.</summary>
    public bool TrustsThisMachine { get; init; } = true;

    /// <summary>Further arguments, as on the command line.</summary>
    public string[] Args { get; init; } = [];
}
