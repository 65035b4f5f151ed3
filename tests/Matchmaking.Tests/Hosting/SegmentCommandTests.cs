using System.CommandLine;
using Matchmaking.Hosting;
using Xunit;

namespace Matchmaking.Tests.Hosting;

public sealed class SegmentCommandTests : IDisposable
{
    private readonly string file = Path.GetTempFileName();

    [Theory]
    [InlineData("smart", "石墨/0-2 烯/2-3 的/3-4 elast/4-11\n\n电池/0-2\n")]
    [InlineData("technical", "石墨烯/0-3 graphene/0-3 石墨/0-2 elastic/4-11\n\n电池/0-2\n")]
    public void Each_line_gives_a_line_of_tokens(string analyzer, string expected)
    {
        File.WriteAllText(file, "石墨烯的elastic\n\n电池");
        var (code, output, error) = Run("--analyzer", analyzer, file);
        Assert.Equal(("", 0), (error, code));
        Assert.Equal(expected, output);
    }

    [Fact]
    public void A_missing_file_is_one_clear_line_and_exit_code_1()
    {
        string missing = file + ".missing";
        var (code, output, error) = Run(missing);
        Assert.Equal(("", 1), (output, code));
        Assert.Contains(missing, error, StringComparison.Ordinal);
        Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void An_unknown_analyzer_is_refused() => Assert.NotEqual(0, Run("--analyzer", "clever", file).Code);

    public void Dispose() => File.Delete(file);

    private static (int Code, string Output, string Error) Run(params string[] args)
    {
        var output = new StringWriter { NewLine = "\n" };
        var error = new StringWriter { NewLine = "\n" };
        int code = SegmentCommand.Create().Parse(args).Invoke(new InvocationConfiguration { Output = output, Error = error });
        return (code, output.ToString(), error.ToString());
    }
}
