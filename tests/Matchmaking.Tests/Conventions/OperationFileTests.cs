using Matchmaking.Tests.Operations;
using Xunit;

namespace Matchmaking.Tests.Conventions;

public sealed class OperationFileTests
{
    [Fact]
    public void Each_operation_has_a_snapshot_and_the_reverse() => Assert.Equal(
        SampleOperation.All.Select(o => o.Name),
        Directory.EnumerateFiles(Path.Combine(OperationTests.Snapshots, "__snapshots__"), "*.snap").Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal));

    [Fact]
    public void Each_file_is_named_as_its_operation_and_begins_with_the_question_it_answers() => Assert.All(SampleOperation.All, operation =>
    {
        Assert.Matches(@"\A# [A-Z].*\?( .*？)?\n", operation.Document);
        Assert.Matches($@"(?m)^(query|mutation|subscription) {operation.Name}\b", operation.Document);
    });
}
