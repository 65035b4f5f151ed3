using CsCheck;
using Matchmaking.Importing.Normalizing;
using Matchmaking.Organizations;
using Matchmaking.Patents;
using Xunit;

namespace Matchmaking.Tests.Importing;

public class NormalizerTests
{
    [Theory]
    [InlineData("H01M4/36", "H01M 4/36")]
    [InlineData("H01M 4/36(2006.01)I", "H01M 4/36")]
    [InlineData("H01M0004360000", "H01M 4/36")]
    [InlineData("B03C0003090000", "B03C 3/09")]
    [InlineData("H01M0010052500", "H01M 10/0525")]
    [InlineData("A01G9/02", "A01G 9/02")]
    [InlineData("A01C", "A01C")]
    [InlineData("h01m 4/36", "H01M 4/36")]
    [InlineData("G06F9/30036", "G06F 9/30036")]
    [InlineData("H04L   27/26    (2006.01)", "H04L 27/26")]
    [InlineData("B82B1/00(2006.01)I;", "B82B 1/00")]
    [InlineData("C22C 9/04 (2006.01); ??C22C 1/02", "C22C 9/04|C22C 1/02")]
    [InlineData("H01M4/36,H01M10/05|C01B 32/05\nH01M4/36", "H01M 4/36|H01M 10/05|C01B 32/05")]
    [InlineData("H01M4/36 H01M10/05", "H01M 4/36|H01M 10/05")]
    [InlineData("Int.Cl. G01C21/00(2006.01)I", "G01C 21/00")]
    [InlineData("14-02(12)", "")]
    public void Reads_IPC_symbols(string text, string expected) => Assert.Equal(expected, string.Join('|', IpcSymbol.List(text)));

    [Fact]
    public void A_normalised_symbol_stays_as_it_is() =>
        Gen.Select(Gen.Char["ABCDEFGH"], Gen.Int[1, 99], Gen.Char["BCDFGHKLMNPQ"], Gen.Int[1, 999], Gen.Int[0, 9999]).Sample((section, @class, subclass, group, sub) =>
        {
            var symbol = $"{section}{@class:D2}{subclass} {group}/{sub:D2}";
            return IpcSymbol.Normalize(symbol) == symbol && IpcSymbol.Normalize(symbol.Replace(" ", "") + "(2006.01)I") == symbol;
        });

    [Theory]
    [InlineData("2019-07-09")]
    [InlineData("2019.07.09")]
    [InlineData("20190709")]
    [InlineData("2019/7/9")]
    [InlineData("2019年7月9日")]
    [InlineData("２０１９．０７．０９")]
    [InlineData("2019-07-09 13:05:00")]
    [InlineData("2019-07-09T00:00:00Z")]
    [InlineData("43655")]
    [InlineData("43655.5")]
    [InlineData("Jul 9, 2019")]
    public void Reads_dates(string text)
    {
        Assert.True(Dates.TryRead(text, out var date));
        Assert.Equal(new DateOnly(2019, 7, 9), date);
    }

    [Theory]
    [InlineData("2019-13-01")]
    [InlineData("2019-02-30")]
    [InlineData("7/9/2019")]
    [InlineData("昨天")]
    [InlineData("20191340")]
    public void Refuses_what_is_no_date(string text) => Assert.False(Dates.TryRead(text, out _));

    [Fact]
    public void Every_day_reads_back_in_every_spelling() =>
        Gen.Select(Gen.Int[0, 50_000], Gen.OneOfConst("yyyy-MM-dd", "yyyy.MM.dd", "yyyyMMdd", "yyyy/M/d", "yyyy年M月d日")).Sample((days, format) =>
        {
            var day = new DateOnly(1950, 1, 1).AddDays(days);
            return Dates.TryRead(day.ToString(format, System.Globalization.CultureInfo.InvariantCulture), out var read) && read == day;
        });

    [Theory]
    [InlineData("80万", 1, 800_000)]
    [InlineData("1,200,000元", 1, 1_200_000)]
    [InlineData("￥3.5亿", 1, 350_000_000)]
    [InlineData("80", 10_000, 800_000)]
    [InlineData("80元", 10_000, 80)]
    [InlineData("５０万元", 1, 500_000)]
    [InlineData("面议", 1, null)]
    [InlineData("-", 1, null)]
    public void Reads_money(string text, int unit, int? expected)
    {
        Assert.True(Amounts.TryMoney(text, unit, out var yuan));
        Assert.Equal(expected, yuan);
    }

    [Theory]
    [InlineData("TRL 6", 6)]
    [InlineData("6级", 6)]
    [InlineData("第六级", 6)]
    [InlineData("trl-9", 9)]
    [InlineData("10", null)]
    [InlineData("很高", null)]
    public void Reads_readiness(string text, int? expected) => Assert.Equal(expected, Amounts.TryReadiness(text, out var level) ? level : null);

    [Theory]
    [InlineData("实质审查的生效", LegalStatus.Pending)]
    [InlineData("发明专利申请公布", LegalStatus.Pending)]
    [InlineData("发明专利权授予", LegalStatus.Granted)]
    [InlineData("授权", LegalStatus.Granted)]
    [InlineData("发明专利申请公布后的驳回", LegalStatus.Rejected)]
    [InlineData("发明专利申请公布后的视为撤回", LegalStatus.Withdrawn)]
    [InlineData("专利权的终止", LegalStatus.Lapsed)]
    [InlineData("未缴年费专利权终止", LegalStatus.Lapsed)]
    [InlineData("避免重复授权放弃专利权", LegalStatus.Lapsed)]
    [InlineData("专利权有效期届满", LegalStatus.Expired)]
    [InlineData("专利权全部无效宣告", LegalStatus.Invalidated)]
    [InlineData("部分无效", LegalStatus.Granted)]
    [InlineData("无权-未缴年费", LegalStatus.Lapsed)]
    [InlineData("审中-实审", LegalStatus.Pending)]
    [InlineData("有效", LegalStatus.Granted)]
    [InlineData("失效", LegalStatus.Lapsed)]
    [InlineData("Active", LegalStatus.Granted)]
    [InlineData("Inactive", LegalStatus.Lapsed)]
    [InlineData("专利申请权、专利权的转移", null)]
    [InlineData("专利实施许可合同备案的生效", null)]
    [InlineData("专利权质押合同登记的生效", null)]
    public void Understands_legal_words(string text, LegalStatus? expected)
    {
        var statement = Assert.Single(LegalWords.Read(text, null, out var unknown));
        Assert.False(unknown);
        Assert.Equal(expected, statement.Status);
    }

    [Theory]
    [InlineData(LegalStatus.Lapsed, "2020-01-01", LegalStatus.Granted, "2015-01-01", false)]
    [InlineData(LegalStatus.Granted, "2015-01-01", LegalStatus.Lapsed, "2020-01-01", true)]
    [InlineData(LegalStatus.Lapsed, null, LegalStatus.Granted, "2015-01-01", false)]
    [InlineData(LegalStatus.Lapsed, "2020-01-01", LegalStatus.Granted, null, false)]
    [InlineData(LegalStatus.Lapsed, "2020-01-01", LegalStatus.Granted, "2021-01-01", true)]
    [InlineData(LegalStatus.Unknown, null, LegalStatus.Pending, null, true)]
    public void Older_events_never_undo_newer_ones(LegalStatus known, string? knownOn, LegalStatus next, string? nextOn, bool follows) =>
        Assert.Equal(follows, LegalWords.Follows(known, knownOn is null ? null : DateOnly.Parse(knownOn), next, nextOn is null ? null : DateOnly.Parse(nextOn)));

    [Theory]
    [InlineData("戴明 ; 陈思平 ; 陈昕", "戴明|陈思平|陈昕")]
    [InlineData("甲大学，乙公司、丙研究所", "甲大学|乙公司|丙研究所")]
    [InlineData("A.尚穆加孙达拉姆;??S.彭纳姆巴拉姆", "A.尚穆加孙达拉姆|S.彭纳姆巴拉姆")]
    [InlineData("罗地亚经营管理公司;", "罗地亚经营管理公司")]
    [InlineData("中国石油大学（华东、青岛）；王五", "中国石油大学（华东、青岛）|王五")]
    [InlineData("Smith, John; Li, Wei", "Smith, John|Li, Wei")]
    [InlineData("甲|乙|甲", "甲|乙")]
    public void Splits_names(string text, string expected) => Assert.Equal(expected, string.Join('|', Lists.Names(text)));

    [Theory]
    [InlineData("北京科技大学", InstitutionKind.University)]
    [InlineData("中国石油大学(华东)", InstitutionKind.University)]
    [InlineData("中国科学院上海药物研究所", InstitutionKind.ResearchInstitute)]
    [InlineData("浙江大学医学院附属第一医院", InstitutionKind.Hospital)]
    [InlineData("江苏大学科技园有限公司", null)]
    [InlineData("华为技术有限公司", null)]
    [InlineData("国网电力科学研究院有限公司", null)]
    [InlineData("张三", null)]
    public void Recognises_institutions(string name, InstitutionKind? kind) => Assert.Equal(kind, InstitutionNames.Recognize(InstitutionNames.Normalize(name)));

    [Theory]
    [InlineData("江苏省", "江苏")]
    [InlineData("内蒙古自治区", "内蒙古")]
    [InlineData("320000", "江苏")]
    [InlineData("浙江;33", "浙江")]
    [InlineData("黑龙江", "黑龙江")]
    [InlineData("广西壮族自治区", "广西")]
    [InlineData("火星", null)]
    public void Knows_provinces(string text, string? expected) => Assert.Equal(expected, Places.Province(text));

    [Theory]
    [InlineData("佳木斯大学", "黑龙江")]
    [InlineData("中国科学院上海药物研究所", "上海")]
    [InlineData("西南交通大学", null)]
    public void Guesses_the_province_of_a_name(string name, string? expected) => Assert.Equal(expected, Places.ProvinceInName(name));

    [Theory]
    [InlineData("91500100MAEXGL621J", null)]
    [InlineData("91500100maexgl621j", null)]
    [InlineData("91500100MAEXGL621K", "should be J")]
    [InlineData("91500100MAEXGL62", "18 characters")]
    [InlineData("91500100MAEXGI621J", "occurs in no credit code")]
    public void Checks_credit_codes(string code, string? problem)
    {
        var read = CreditCode.Normalize(code, out var found);
        Assert.Equal(problem is null, read == "91500100MAEXGL621J");
        Assert.Contains(problem ?? "", found ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public void Cleaning_keeps_rare_characters_and_is_idempotent()
    {
        Assert.Equal("电池🔋𠮷\n二", Texts.Clean("\u0000电池🔋𠮷\r\n\u0007二\uD800 ", out var removed));
        Assert.True(removed);
        Gen.String.Sample(text =>
        {
            var once = Texts.Clean(text, out _);
            return Texts.Clean(once, out var again) == once && !again && (once is null || once.IsNormalizedUnicode());
        });
    }

    [Theory]
    [InlineData("Al<sub>7</sub>O<SUB>3</SUB>", "Al7O3")]
    [InlineData("TiS<base:Sub>2</base:Sub>为正极", "TiS2为正极")]
    [InlineData("a<b且c>d", "a<b且c>d")]
    [InlineData("0.5&lt;x", "0.5<x")]
    public void Takes_mark_up_out(string text, string expected) => Assert.Equal(expected, Texts.WithoutMarkup(text, out _));
}

internal static class UnicodeChecks
{
    public static bool IsNormalizedUnicode(this string text) =>
        text.EnumerateRunes().All(r => r.Value != 0xFFFD || text.Contains('\uFFFD')) && !text.Any(c => char.IsControl(c) && c is not ('\n' or '\t'));
}
