using System.CommandLine;
using Matchmaking.Indexing;
using Matchmaking.Patents;
using Matchmaking.Search.Associations;
using Matchmaking.Store;
using Matchmaking.Tests.Importing;
using Xunit;

namespace Matchmaking.Tests.Hosting;

public sealed class LexiconCommandTests : IDisposable
{
    // More words than a table has dimensions twice, or it couldn't be learned.
    private const int Subjects = 22;
    private const int WordsOfEach = 25;

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

    [Fact]
    public async Task Associations_learned_alone_know_the_loaded_stock_and_nothing_else()
    {
        await LoadSubjectsAsync();
        var line = Assert.Single(await RunAsync("associations", "--alone", "--out", Beside("learned.br"), "--origin", "invented subjects"));
        using var file = File.OpenRead(Beside("learned.br"));
        var table = AssociationTable.Read(file);
        Assert.Equal("invented subjects", table.Origin);
        Assert.Equal($"44 texts, 1,672 words read; {table.Count} words learned, version {table.Version}", line);
        Assert.Equal(Subjects * WordsOfEach, table.Count);
        Assert.All(table.Near(Word(3, 4), 5), near => Assert.StartsWith(Word(3, 4)[..1], near.Word, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Counts_of_the_loaded_stock_say_what_was_counted()
    {
        await LoadSubjectsAsync();
        Assert.Equal("44 texts, 1,672 words counted", Assert.Single(await RunAsync("counts", "--out", Beside("counts.br"), "--origin", "invented subjects")));
        using var file = File.OpenRead(Beside("counts.br"));
        var counts = AssociationCounts.Read(file);
        Assert.Equal(("invented subjects", 44), (counts.Origin, counts.Texts));
    }

    [Fact]
    public async Task Too_little_text_writes_no_associations()
    {
        Assert.Contains("too little text", await FailAsync("associations", "--alone", "--out", Beside("learned.br")), StringComparison.Ordinal);
        Assert.False(File.Exists(Beside("learned.br")));
    }

    [Fact]
    public async Task A_file_that_cannot_be_written_is_named()
    {
        var path = Beside("no such folder", "counts.br");
        Assert.StartsWith($"{path} can't be written: ", await FailAsync("counts", "--out", path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Counts_in_the_place_of_associations_are_refused_by_name()
    {
        await LoadSubjectsAsync();
        await RunAsync("counts", "--out", Beside(Indexes.AssociationsFile));
        var refused = Assert.Throws<ConfigurationException>(() => Indexes.Open(Beside(), long.MaxValue));
        Assert.Contains(Beside(Indexes.AssociationsFile), refused.Message, StringComparison.Ordinal);
        Assert.Contains("lexicon associations", refused.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _store.Dispose();

    // Each patent is of one subject and names its words three times, in three orders.
    private async Task LoadSubjectsAsync()
    {
        await using var store = _store.Factory.Open("test");
        for (var subject = 0; subject < Subjects; subject++)
        {
            store.Patents.Add(new Patent
            {
                Id = store.NewKey(),
                Title = Word(subject, 0),
                Abstract = string.Join(' ', Enumerable.Range(0, 3 * WordsOfEach).Select(i => Word(subject, i * (1 + (i / WordsOfEach)) % WordsOfEach))),
            });
        }
        await store.CommitAsync();
    }

    private static string Word(int subject, int word) => $"{(char)('a' + subject)}{(char)('a' + word)}x";

    private string Beside(params string[] names) => Path.Combine([Path.GetDirectoryName(_store.RejectsPath)!, .. names]);

    private Command Create() => LexiconCommand.Create((_, _) => Task.FromResult(_store.Factory));

    private async Task<string[]> RunAsync(params string[] args)
    {
        var output = new StringWriter { NewLine = "\n" };
        Assert.Equal(0, await Create().Parse(args).InvokeAsync(new InvocationConfiguration { Output = output }));
        return output.ToString().TrimEnd('\n').Split('\n');
    }

    private async Task<string> FailAsync(params string[] args)
    {
        var error = new StringWriter { NewLine = "\n" };
        Assert.Equal(1, await Create().Parse(args).InvokeAsync(new InvocationConfiguration { Error = error }));
        return error.ToString();
    }
}
