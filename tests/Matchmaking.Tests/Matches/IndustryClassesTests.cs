using Matchmaking.Patents;
using Matchmaking.Tests.Running;
using Xunit;

namespace Matchmaking.Tests.Matches;

/// <summary>The concordance of industries with the classification says nothing of what doesn't exist, and leaves no manufacturer out.</summary>
public sealed class IndustryClassesTests
{
    private static readonly List<string[]> Rows = Read("industry-classes.tsv");

    [Fact]
    public void Each_entry_is_an_industry_and_its_classes_are_classes_none_of_them_twice()
    {
        var industries = Read("industries.tsv").Where(r => r[1] != "section").Select(r => r[0]).ToHashSet();
        var symbols = Read("ipc.tsv").Where(r => r[1] is "class" or "subclass").Select(r => r[0]).ToHashSet();
        Assert.Equal(Rows.Select(r => r[0]).Distinct().Order(StringComparer.Ordinal), Rows.Select(r => r[0]));
        Assert.All(Rows, row =>
        {
            var classes = row[1].Split(' ');
            Assert.Contains(row[0], industries);
            Assert.All(classes, symbol => Assert.Contains(symbol, symbols));
            Assert.Equal(classes.Distinct().Order(StringComparer.Ordinal), classes);
            // A class says what its subclasses would.
            Assert.All(classes, symbol => Assert.False(symbol.Length > 3 && classes.Contains(symbol[..3]), $"{row[0]}: {symbol} beside its class"));
        });
    }

    [Fact]
    public void Every_division_of_manufacturing_has_an_entry() =>
        Assert.Empty(Read("industries.tsv").Where(r => r[1] == "division" && r[0][0] == 'C').Select(r => r[0]).Except(Rows.Select(r => r[0])));

    [Theory]
    [InlineData("C3841", "C384")]
    [InlineData("c3491", "C3491")]
    [InlineData("C3499", "C349")]
    [InlineData("C38", "C38")]
    [InlineData("C", null)]
    [InlineData("J66", null)]
    [InlineData("电池", null)]
    [InlineData(null, null)]
    public void A_code_has_the_entry_of_its_longest_known_beginning(string? code, string? entry) => Assert.Equal(entry, IndustryClasses.Entry(code));

    [Fact]
    public void What_is_said_of_a_group_holds_for_its_division()
    {
        Assert.Contains("H01M", IndustryClasses.Of("C38"));
        Assert.Equal(["C38", "C384"], IndustryClasses.Serving(["H01M 4/36"]).Where(code => code.StartsWith("C38", StringComparison.Ordinal)));
        Assert.Equal(["C02F"], IndustryClasses.Shared("D46", ["C02F 1/44", "C02F 9/00", "H01M 10/05", "C"]));
    }

    private static List<string[]> Read(string table) => [.. File.ReadLines(Repository.At("data-seeds", "reference", table)).Skip(1).Select(line => line.Split('\t'))];
}
