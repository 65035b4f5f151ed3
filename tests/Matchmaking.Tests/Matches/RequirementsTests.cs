using Matchmaking.Matches;
using Matchmaking.Needs;
using Matchmaking.Patents;
using Matchmaking.Search.Associations;
using Xunit;

namespace Matchmaking.Tests.Matches;

public sealed class RequirementsTests
{
    [Fact]
    public void A_need_requires_what_its_clauses_say_and_not_what_stands_around()
    {
        var need = new Need
        {
            Title = "压铸件真空除气工艺",
            Description = "公司成立于2003年，占地面积200亩。\n需求内容：\n1、铸件内部气孔率低于百分之一；\n（二）模具寿命提高三成。\n拟投入资金300万元。希望与高校合作。\n技术指标：\n短句。",
        };
        Assert.Equal(["压铸件真空除气工艺", "铸件内部气孔率低于百分之一", "模具寿命提高三成"], Requirements.Of(need));
    }

    [Theory]
    [InlineData("预期目标", true)]
    [InlineData("技术指标：", true)]
    [InlineData("我公司是国家高新技术企业", true)]
    [InlineData("提供技术转让或技术入股", true)]
    [InlineData("镀层厚度不小于20微米", false)]
    [InlineData("解决焊缝开裂的问题", false)]
    public void Boilerplate_is_known(string clause, bool isBoilerplate) => Assert.Equal(isBoilerplate, Requirements.IsBoilerplate(clause));

    [Theory]
    [InlineData("1、铸件内部气孔率低", "铸件内部气孔率低")]
    [InlineData("（十二）铸件内部气孔率低", "铸件内部气孔率低")]
    [InlineData("④铸件内部气孔率低", "铸件内部气孔率低")]
    [InlineData("一种低气孔率铸件", "一种低气孔率铸件")]
    [InlineData("３D打印的铸件气孔率", "３D打印的铸件气孔率")]
    [InlineData("20吨级铸件的气孔率", "20吨级铸件的气孔率")]
    [InlineData("2.5吨铸件的气孔率", "2.5吨铸件的气孔率")]
    public void A_clauses_number_goes_and_its_figures_stay(string clause, string told) =>
        Assert.Equal(["压铸件真空除气工艺", told], Requirements.Of(new Need { Title = "压铸件真空除气工艺", Description = clause }));

    [Fact]
    public void Each_requirement_shows_its_figures()
    {
        var need = new Need { Title = "污泥干化设备的研制", Description = "污泥处理能力≥５００吨/日，含水率降至30%以下" };
        var patent = new Patent { Title = "污泥干化装置", Abstract = "污泥的处理能力为600t/d，干化后含水率为35%。" };
        var checks = Requirements.Check(need, patent, associations: null);
        Assert.Empty(checks[0].Figures);
        Assert.Equal([new Figure("≥５００吨/日", "600t/d", FigureVerdict.Met), new Figure("降至30%以下", "35%", FigureVerdict.NotMet)], checks[1].Figures);
    }

    [Fact]
    public void At_most_eight_are_told_each_once()
    {
        var need = new Need { Title = "耐磨涂层的制备方法", Description = string.Join('。', Enumerable.Range(0, 20).Select(n => $"要求{(char)('甲' + (n % 12))}号涂层耐磨")) };
        var told = Requirements.Of(need);
        Assert.Equal(Requirements.Most, told.Count);
        Assert.Equal(told.Distinct(StringComparer.Ordinal), told);
    }

    [Fact]
    public void A_patent_covers_what_it_speaks_of_in_the_same_or_in_near_words()
    {
        var need = new Need { Title = "石墨烯散热膜的制备", Description = "果树枝条的修剪" };
        var patent = new Patent { Title = "一种石墨散热片制备方法", Abstract = "用于手机散热。" };
        var checks = Requirements.Check(need, patent, AssociationTable.Shipped);
        Assert.Equal([Coverage.Covered, Coverage.NotMentioned], checks.Select(check => check.Coverage));
        Assert.Contains("石墨烯→石墨", checks[0].Found);
        Assert.Contains("散热", checks[0].Found);
        // By the same words alone less is found.
        var plain = Requirements.Check(need, patent, associations: null);
        Assert.DoesNotContain(plain.SelectMany(check => check.Found), found => found.Contains('→', StringComparison.Ordinal));
        Assert.Equal([Coverage.Partly, Coverage.NotMentioned], plain.Select(check => check.Coverage));
    }
}
