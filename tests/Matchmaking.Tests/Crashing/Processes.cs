using Xunit;

namespace Matchmaking.Tests.Crashing;

/// <summary>Tests that start processes run one after another, so that their moments mean something.</summary>
[CollectionDefinition(Name)]
public sealed class Processes
{
    public const string Name = "processes";
}
