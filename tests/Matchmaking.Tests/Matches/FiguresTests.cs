using Matchmaking.Matches;
using Matchmaking.Patents;
using Xunit;

namespace Matchmaking.Tests.Matches;

public sealed class FiguresTests
{
    [Theory]
    [InlineData("转化率≥67%", "转化率为70%", FigureVerdict.Met)]
    [InlineData("转化率≥67%", "转化率为60%", FigureVerdict.NotMet)]
    [InlineData("转化率≥67%", "转化率大于60%", FigureVerdict.Unknown)]
    [InlineData("转化率≥67%", "转化率高达６７％", FigureVerdict.Met)]
    [InlineData("转化率大于67%", "转化率为67%", FigureVerdict.NotMet)]
    [InlineData("转化率达到67%", "转化率为70%", FigureVerdict.Met)]
    [InlineData("转化率67%", "转化率70%", FigureVerdict.Unknown)]
    [InlineData("转化率67%", "转化率60~70%", FigureVerdict.Met)]
    [InlineData("处理污泥不少于500吨/日", "处理污泥25t/h", FigureVerdict.Met)]
    [InlineData("日处理污泥不少于500吨", "污泥10t/h", FigureVerdict.NotMet)]
    [InlineData("处理污泥不少于500吨/日", "处理污泥30万吨/年", FigureVerdict.Unknown)]
    [InlineData("工作温度-40℃~80℃", "工作温度－50～100℃", FigureVerdict.Met)]
    [InlineData("工作温度-40℃~80℃", "工作温度20～60℃", FigureVerdict.Unknown)]
    [InlineData("工作温度-40℃~80℃", "工作温度100～200℃", FigureVerdict.NotMet)]
    [InlineData("厚度小于20μm", "厚度0.01mm", FigureVerdict.Met)]
    [InlineData("定位精度±0.02mm", "定位精度±10µm", FigureVerdict.Met)]
    [InlineData("能耗降低20%", "能耗降低了25%", FigureVerdict.Met)]
    [InlineData("能耗降低20%", "能耗为25%", FigureVerdict.Unknown)]
    [InlineData("能耗降低20%", "能耗增加25%", FigureVerdict.Unknown)]
    public void One_figure_meets_another(string needed, string stated, FigureVerdict verdict) =>
        Assert.Equal(verdict, Figures.Judge(Assert.Single(Quantities.Read(needed)), Assert.Single(Quantities.Read(stated))));

    [Fact]
    public void The_figure_of_the_same_thing_is_taken()
    {
        var figures = new Figures(new Patent { Title = "一种水稻育苗方法", Abstract = "处理后，水稻种子发芽率达95%，幼苗成活率80%。适用ＰＶＣ管径５０～９５毫米。" });
        Assert.Equal(new Figure("≥90%", "达95%", FigureVerdict.Met), Assert.Single(figures.Check("发芽率≥90%")));
        Assert.Equal(new Figure("不低于９０％", "80%", FigureVerdict.NotMet), Assert.Single(figures.Check("幼苗成活率不低于９０％")));
        Assert.Equal(new Figure("60mm", "５０～９５毫米", FigureVerdict.Met), Assert.Single(figures.Check("PVC管径60mm")));
    }

    [Fact]
    public void Of_another_thing_nothing_is_said()
    {
        var figures = new Figures(new Patent { Title = "一种水稻育苗方法", Abstract = "水稻种子经浸泡，发芽率达95%。" });
        // The sentence speaks of the same crop, the figure of something else.
        Assert.Equal(new Figure("≥90%", "达95%", FigureVerdict.Unknown), Assert.Single(figures.Check("水稻结实率≥90%")));
        Assert.Equal(new Figure("≥90%", null, FigureVerdict.Unknown), Assert.Single(figures.Check("脱硫效率≥90%")));
        Assert.Equal(new Figure("3天", null, FigureVerdict.Unknown), Assert.Single(figures.Check("水稻发芽3天")));
        Assert.Empty(figures.Check("水稻发芽要快"));
    }

    [Fact]
    public void Of_several_examples_one_suffices()
    {
        var figures = new Figures(new Patent { Title = "高强钢", Claims = "1.一种钢，其抗拉强度600MPa。2.如权利要求1所述的钢，其抗拉强度0.8GPa。" });
        Assert.Equal(new Figure("≥700MPa", "0.8GPa", FigureVerdict.Met), Assert.Single(figures.Check("抗拉强度≥700MPa")));
    }

    [Fact]
    public void What_a_part_of_a_sentence_doesnt_name_stands_in_the_one_before()
    {
        var figures = new Figures(new Patent { Title = "秸秆转化", Abstract = "木质纤维素的转化率高，达95%。" });
        Assert.Equal(FigureVerdict.Met, Assert.Single(figures.Check("木质纤维素转化率：≥90%")).Verdict);
    }
}
