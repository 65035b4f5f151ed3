using CsCheck;
using Matchmaking.Patents;
using Xunit;

namespace Matchmaking.Tests.Importing;

public class PatentNumberTests
{
    [Theory]
    [InlineData("CN201910000001.9", "CN201910000001.9")]
    [InlineData("ZL201910000001.9", "CN201910000001.9")]
    [InlineData("2019100000019", "CN201910000001.9")]
    [InlineData("201910000001", "CN201910000001.9")]
    [InlineData(" cn 2019 1 0000001.9 ", "CN201910000001.9")]
    [InlineData("ＣＮ２０１９１００００００１．９", "CN201910000001.9")]
    [InlineData("CN201610895413.X", "CN201610895413.X")]
    [InlineData("201610895413x", "CN201610895413.X")]
    [InlineData("CN85107119", "CN85107119.8")]
    [InlineData("96117076.X", "CN96117076.X")]
    [InlineData("CN96111345.6", "CN96111345.6")]
    [InlineData("ZL 96111345.6", "CN96111345.6")]
    [InlineData("CNZL201910000001.9", "CN201910000001.9")]
    public void Reads_application_numbers(string text, string expected)
    {
        var read = PatentNumber.ReadApplication(text);
        Assert.Equal(NumberForm.Application, read.Form);
        Assert.Equal(expected, read.Number);
    }

    [Theory]
    [InlineData("CN102889890B", "CN102889890B")]
    [InlineData("cn 102889890 b", "CN102889890B")]
    [InlineData("CN-102889890-B", "CN102889890B")]
    [InlineData("CN209078969U", "CN209078969U")]
    [InlineData("CN1003829B", "CN1003829B")]
    [InlineData("CN85100312A", "CN85100312A")]
    [InlineData("CN116893989A8", "CN116893989A8")]
    [InlineData("CN102889890", "CN102889890")]
    [InlineData("US2019123456A1", "US2019123456A1")]
    [InlineData("WO2019/123456A1", "WO2019/123456A1")]
    public void Reads_publication_numbers(string text, string expected)
    {
        var read = PatentNumber.ReadPublication(text);
        Assert.Equal((NumberForm.Publication, expected), (read.Form, read.Number));
    }

    [Theory]
    [InlineData("CN201910000001.8", "check digit is wrong: it is 8 and should be 9")]
    [InlineData("CN201970000001.8", "names no kind")]
    [InlineData("CN2019100001", "8 or 12 digits")]
    [InlineData("CN18121234567", "8 or 12 digits")]
    [InlineData("CN12345B", "7 to 9 digits")]
    [InlineData("CN05112345.1", "the year")]
    [InlineData("一种装置", "no patent number")]
    public void Says_why_a_number_is_none(string text, string reason)
    {
        var read = PatentNumber.Read(text);
        Assert.Equal(NumberForm.Invalid, read.Form);
        Assert.Contains(reason, read.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2.01E+12", NumberForm.Ruined)]
    [InlineData("2.01721E+12", NumberForm.Ruined)]
    [InlineData("2E12", NumberForm.Ruined)]
    [InlineData("", NumberForm.Empty)]
    [InlineData("--", NumberForm.Empty)]
    [InlineData("暂无", NumberForm.Empty)]
    public void Never_makes_a_number_of_what_is_lost(string text, NumberForm form) =>
        Assert.Equal(new NumberReading(form), PatentNumber.Read(text) with { Problem = null });

    [Theory]
    [InlineData("CN201910000001.9", PatentKind.Invention)]
    [InlineData("CN201620000001.9", PatentKind.UtilityModel)]
    [InlineData("CN201530462470.5", PatentKind.Design)]
    [InlineData("CN96211345.6", PatentKind.UtilityModel)]
    [InlineData("CN209078969U", PatentKind.UtilityModel)]
    [InlineData("CN1003829B", PatentKind.Invention)]
    [InlineData("CN306123456S", PatentKind.Design)]
    public void Knows_the_kind_of_a_number(string number, PatentKind kind) => Assert.Equal(kind, PatentNumber.KindOf(number));

    [Fact]
    public void Any_spelling_of_a_valid_number_reads_as_that_number() =>
        Gen.Select(Gen.Int[1985, 2030], Gen.OneOfConst(1, 2, 3, 8, 9), Gen.Int[0, 9_999_999], Gen.Int[0, 4]).Sample((year, kind, serial, spelling) =>
        {
            var core = $"{year:D4}{kind}{serial:D7}";
            var check = PatentNumber.CheckDigit(core);
            var text = spelling switch
            {
                0 => $"CN{core}.{check}",
                1 => $"ZL {core}.{check}",
                2 => $"{core}{check}",
                3 => core,
                _ => string.Concat($"cn{core}.{check}".Select(c => (char)(c is > ' ' and < '\u007F' ? c + 0xFEE0 : c))),
            };
            return PatentNumber.Read(text) == new NumberReading(NumberForm.Application, $"CN{core}.{check}");
        });

    [Fact]
    public void One_wrong_digit_never_passes() =>
        Gen.Select(Gen.Int[0, 9_999_999], Gen.Int[5, 11], Gen.Int[1, 9]).Sample((serial, place, shift) =>
        {
            var core = $"20191{serial:D7}".ToCharArray();
            var check = PatentNumber.CheckDigit(core);
            core[place] = (char)('0' + (core[place] - '0' + shift) % 10);
            return PatentNumber.Read($"CN{new string(core)}.{check}").Form == NumberForm.Invalid;
        });
}
