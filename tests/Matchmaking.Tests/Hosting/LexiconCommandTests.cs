using System.CommandLine;
using Matchmaking.Indexing;
using Matchmaking.Patents;
using Matchmaking.Tests.Importing;
using Xunit;

namespace Matchmaking.Tests.Hosting;

public sealed class LexiconCommandTests : IDisposable
{
    private readonly TestStore _store = new();

    [Fact]
    public async Task Words_of_the_loaded_stock_are_proposed_as_a_table()
    {
        await using (var store = _store.Factory.Open("test"))
        {
            foreach (var unit in "甲乙丙丁戊己庚辛壬癸子丑")
            {
                store.Patents.Add(new Patent
                {
                    Id = store.NewKey(),
                    Title = $"{unit}铕钬镥{unit}Ｃ１２",
                    Keywords = [$"{unit}铕钬镥"],
                    Abstract = $"{unit}铕钬镥{unit}的方法",
                });
            }
            await store.CommitAsync();
        }
        var lines = await RunAsync("words", "--least", "36", "--information", "1");
        Assert.Equal("word\tfrequency\tinformation\tleft_entropy\tright_entropy", lines[0]);
        // 36 times three of 204 characters; twelve neighbours before it, and behind it these or the end of a keyword, twelve times.
        Assert.Equal("铕钬镥\t36\t2.50\t3.58\t4.50", Assert.Single(lines[1..]));
    }

    [Fact]
    public void What_stands_once_can_be_no_word() =>
        Assert.Contains("--least", Assert.Single(Create().Parse(["words", "--least", "1"]).Errors).Message, StringComparison.Ordinal);

    public void Dispose() => _store.Dispose();

    private Command Create() => LexiconCommand.Create((_, _) => Task.FromResult(_store.Factory));

    private async Task<string[]> RunAsync(params string[] args)
    {
        var output = new StringWriter { NewLine = "\n" };
        Assert.Equal(0, await Create().Parse(args).InvokeAsync(new InvocationConfiguration { Output = output }));
        return output.ToString().TrimEnd('\n').Split('\n');
    }
}
