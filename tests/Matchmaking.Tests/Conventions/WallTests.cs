using System.Text.RegularExpressions;
using Matchmaking.Search;
using Matchmaking.Tests.Running;
using Matchmaking.Transport;
using Xunit;

namespace Matchmaking.Tests.Conventions;

public sealed class WallTests
{
    private static readonly string Service = Repository.At("src", "Matchmaking");

    [Theory]
    [InlineData(typeof(TextIndex))]
    [InlineData(typeof(GraphQLOptions))]
    public void Projects_below_know_neither_the_service_nor_each_other(Type door) =>
        Assert.DoesNotContain(door.Assembly.GetReferencedAssemblies(), a => a.Name!.StartsWith("Matchmaking", StringComparison.Ordinal));

    [Fact]
    public void Only_matches_and_the_rooms_that_serve_all_slices_see_patents_and_needs() =>
        Assert.Equal(["Access", "Api", "Deliveries", "Importing", "Indexing", "Matches", "Recommendations", "Store"], Rooms("Needs").Intersect(Rooms("Patents")).Except(["Hosting", "Needs", "Patents"]));

    [Theory]
    [InlineData("Patents")]
    [InlineData("Organizations")]
    [InlineData("Needs")]
    public void No_slice_mentions_matches_and_patents_no_needs(string slice)
    {
        Assert.DoesNotContain(slice, Rooms("Matches"));
        Assert.True(slice == "Needs" || !Rooms("Needs").Contains(slice));
    }

    /// <summary>The rooms whose sources name a room's namespace, in order.</summary>
    private static List<string> Rooms(string room) =>
        [.. Directory.EnumerateFiles(Service, "*.cs", SearchOption.AllDirectories)
            .Where(file => Regex.IsMatch(File.ReadAllText(file), $@"\b(?:using|Matchmaking\.)\s*(?:Matchmaking\.)?{room}\b|(?<![\w.]){room}\.[A-Z]"))
            .Select(file => Path.GetRelativePath(Service, file).Split(Path.DirectorySeparatorChar)[0])
            .Where(name => name is not ("bin" or "obj" or "Program.cs")).Distinct().Order(StringComparer.Ordinal)];
}
