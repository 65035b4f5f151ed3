using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Matchmaking.Tests.Running;
using Xunit;

namespace Matchmaking.Tests.Conventions;

public sealed class ReadmeTests
{
    [Fact]
    public async Task The_query_of_both_readmes_gives_the_answer_they_show()
    {
        await using var service = await RunningService.StartAsync(demo: true);
        foreach (var file in (string[])["README.md", "README.zh-CN.md"])
        {
            var text = await File.ReadAllTextAsync(Repository.At(file));
            var query = Block("graphql").Match(text).Groups[1].Value;
            var shown = JsonNode.Parse(Block("json").Match(text).Groups[1].Value);
            var answer = await service.AskAsync(query);
            Assert.True(JsonNode.DeepEquals(shown, answer), $"{file} shows another answer than\n{answer}");
        }
    }

    private static Regex Block(string language) => new($"```{language}\n(.*?)```", RegexOptions.Singleline);
}
