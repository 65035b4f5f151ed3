using System.CommandLine;
using Matchmaking.Hosting;
using Xunit;

namespace Matchmaking.Tests.Hosting;

public sealed class ExplainCommandTests
{
    [Fact]
    public void Each_step_of_an_analysis_is_shown()
    {
        var lines = Run("analysis", "一种石墨烯的ＰＴＣ加热膜。敷設電纜");
        Assert.Equal("folded     一种石墨烯的ptc加热膜。敷设电缆", lines[0]);
        Assert.Equal("words      一 | 种 | 石墨 | 烯 | 的 | ptc | 加热 | 膜", lines[1]);
        Assert.Equal("words      敷设 | 电缆", lines[2]);
        Assert.Equal("left out   一 | 种 | 的", lines[3]);
        // Stop words leave gaps, and so does the end of a sentence: no phrase goes across.
        Assert.Equal("3          石墨烯 (technical), graphene (synonym), 石墨 (part); characters 石 墨 烯", lines[4]);
        Assert.Equal(["5          ptc", "6          加热; characters 加 热", "7          膜; characters 膜", "9          敷设; characters 敷 设", "10         电缆; characters 电 缆"], lines[5..10]);
        Assert.StartsWith("near       石墨烯: 石墨 0.", lines[10], StringComparison.Ordinal);
        Assert.Equal(16, lines.Length);
    }

    [Fact]
    public void Nothing_comes_of_nothing_and_an_unknown_word_has_no_neighbours()
    {
        Assert.Equal(["folded     ，", "left out   nothing"], Run("analysis", "，"));
        Assert.Contains("near       qzxqzx: not among the associations", Run("analysis", "qzxqzx"));
    }

    private static string[] Run(params string[] args)
    {
        var output = new StringWriter { NewLine = "\n" };
        Assert.Equal(0, ExplainCommand.Create().Parse(args).Invoke(new InvocationConfiguration { Output = output }));
        return output.ToString().TrimEnd('\n').Split('\n');
    }
}
