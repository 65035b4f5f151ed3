using System.Globalization;
using CsCheck;
using Matchmaking.Matches;
using Xunit;

namespace Matchmaking.Tests.Matches;

public sealed class QuantitiesTests
{
    private const double Infinity = double.PositiveInfinity;

    [Theory]
    [InlineData("冷热转换效率≥67%", "≥67%", "ratio", 0.67, Infinity)]
    [InlineData("转化率不低于６７．５％", "不低于６７．５％", "ratio", 0.675, Infinity)]
    [InlineData("合格率达到98%以上", "达到98%以上", "ratio", 0.98, Infinity)]
    [InlineData("容量保持率＞80%", "＞80%", "ratio", 0.8, Infinity)]
    [InlineData("误差不得超过3%", "不得超过3%", "ratio", -Infinity, 0.03)]
    [InlineData("误差在±0.5%以内", "±0.5%以内", "ratio", -Infinity, 0.005)]
    [InlineData("处理能力500吨/日", "500吨/日", "mass/time", 500e3 / 86400, 500e3 / 86400)]
    [InlineData("日处理污泥５００吨", "５００吨", "mass/time", 500e3 / 86400, 500e3 / 86400)]
    [InlineData("年产不少于10万吨", "不少于10万吨", "mass/calendar", 1e8 / 12, Infinity)]
    [InlineData("产量1,200kg/h", "1,200kg/h", "mass/time", 1200.0 / 3600, 1200.0 / 3600)]
    [InlineData("耐-40℃低温", "-40℃", "temperature", -40, -40)]
    [InlineData("耐零下40℃低温", "零下40℃", "temperature", -40, -40)]
    [InlineData("工作温度－40℃～８０℃", "－40℃～８０℃", "temperature", -40, 80)]
    [InlineData("温度高达400-500℃", "高达400-500℃", "temperature", 400, 500)]
    [InlineData("温度25±2℃", "25±2℃", "temperature", 23, 27)]
    [InlineData("适用果径50至95毫米", "50至95毫米", "length", 0.05, 0.095)]
    [InlineData("厚度小于20μm", "小于20μm", "length", -Infinity, 20e-6)]
    [InlineData("抗拉强度600MPa级以上", "600MPa级以上", "pressure", 600e6, Infinity)]
    [InlineData("功率1.5万千瓦", "1.5万千瓦", "power", 15e6, 15e6)]
    [InlineData("比容量≥360mAh/g", "≥360mAh/g", "charge/mass", 360 * 3.6 / 1e-3, Infinity)]
    [InlineData("转速3000r/min", "3000r/min", "turns/time", 50, 50)]
    [InlineData("寿命超过5000次", "超过5000次", "cycles", 5000, Infinity)]
    [InlineData("氨氮小于或等于5mg/L", "小于或等于5mg/L", "mass/volume", -Infinity, 5e-3)]
    [InlineData("密度1.2g/cm³", "1.2g/cm³", "mass/volume", 1200, 1200)]
    [InlineData("浓度1.5×10^3 mg/L", "1.5×10^3 mg/L", "mass/volume", 1.5, 1.5)]
    [InlineData("产值10~20万元", "10~20万元", "money", 1e5, 2e5)]
    public void A_figure_is_read(string text, string stated, string dimension, double low, double high)
    {
        var quantity = Assert.Single(Quantities.Read(text));
        Assert.Equal((stated, dimension), (quantity.Text, quantity.Dimension));
        Assert.Equal(text.IndexOf(stated, StringComparison.Ordinal), quantity.Start);
        Assert.Equal(low, quantity.Stated.Low, Math.Abs(low) * 1e-9);
        Assert.Equal(high, quantity.Stated.High, double.IsInfinity(high) ? 0 : Math.Abs(high) * 1e-9);
    }

    [Theory]
    [InlineData("成立于2003年")]
    [InlineData("2016-2020年")]
    [InlineData("LiFePO4正极，Q235B钢")]
    [InlineData("支持5G和4A级景区")]
    [InlineData("建3D模型，容量5GB")]
    [InlineData("现有的效率为60%")]
    [InlineData("每批5吨/批")]
    [InlineData("3、高速激光熔覆")]
    [InlineData("GB 3100-1993")]
    [InlineData("浓度1×10^999999%")]
    public void What_is_no_figure_of_a_thing_is_left_alone(string text) => Assert.Empty(Quantities.Read(text));

    [Theory]
    [InlineData("含量由60%提高到80%", new[] { "提高到80%" })]
    [InlineData("能耗降低20%，寿命≥5年", new[] { "降低20%", "≥5年" })]
    [InlineData("长10mm，宽５ｍｍ", new[] { "10mm", "５ｍｍ" })]
    [InlineData("流量3，500吨煤", new[] { "500吨" })]
    public void Several_are_read_each_once(string text, string[] stated) => Assert.Equal(stated, Quantities.Read(text).Select(q => q.Text));

    [Theory]
    [InlineData("效率达到95%", 0.95, Infinity)]
    [InlineData("能耗降低20%", 0.2, Infinity)]
    [InlineData("水分降至8%", -Infinity, 0.08)]
    [InlineData("水分8%", 0.08, 0.08)]
    public void What_is_to_be_reached_may_be_passed(string text, double low, double high)
    {
        var quantity = Assert.Single(Quantities.Read(text));
        Assert.True(quantity.Stated.IsPoint);
        Assert.Equal((low, high), (Math.Round(quantity.Wanted.Low, 9), Math.Round(quantity.Wanted.High, 9)));
    }

    [Fact]
    public void Whatever_is_printed_is_read_again()
    {
        var bounds = Gen.OneOfConst("", "≥", "＞", "不低于", "大于", "≤", "＜", "不超过", "小于", "约");
        var ends = Gen.OneOfConst("", "以上", "以下");
        Gen.Select(bounds, Gen.Int[1, 999_999], Gen.Int[0, 2], Gen.OneOfConst([.. Units.Symbols]), ends, Gen.Bool).Sample((before, digits, places, symbol, after, isWide) =>
        {
            after = before is "" or "约" ? after : "";
            var number = (digits / Math.Pow(10, places)).ToString("0.##", CultureInfo.InvariantCulture);
            var value = double.Parse(number, CultureInfo.InvariantCulture);
            if (value is >= 1900 and < 2100 && symbol == "年")
                return;
            var printed = isWide ? string.Concat(number.Select(c => (char)(c + 0xFEE0))) : number;
            var quantity = Assert.Single(Quantities.Read($"它的值{before}{printed}{symbol}{after}。"));
            var unit = Units.Read(symbol, out var length)!.Value;
            Assert.Equal(symbol.Length, length);
            Assert.Equal(unit.Dimension, quantity.Dimension);
            var figure = new Bounds(value * unit.Factor, value * unit.Factor);
            var expected = before switch
            {
                "≥" or "不低于" => Bounds.AtLeast(figure.Low),
                "＞" or "大于" => Bounds.AtLeast(figure.Low, isOpen: true),
                "≤" or "不超过" => Bounds.AtMost(figure.High),
                "＜" or "小于" => Bounds.AtMost(figure.High, isOpen: true),
                _ => after switch { "以上" => Bounds.AtLeast(figure.Low), "以下" => Bounds.AtMost(figure.High), _ => figure },
            };
            Assert.Equal(expected, quantity.Stated);
            Assert.Equal((before == "约" ? "" : before) + printed + symbol + after, quantity.Text);
        });
    }

    [Fact]
    public void No_text_is_too_odd_and_what_is_read_lies_in_it_in_order()
    {
        var pieces = Gen.OneOf(Gen.String[0, 4], Gen.OneOfConst("９", "12", ".", ",", "-", "±", "~", "至", "≥", "不低于", "达到", "万", "亿", "×10^", "吨/", "日", "每", "年", "%", "％", "由", "以上", "℃", "mm", " ", "\ud840", "𠀀"));
        pieces.Array[0, 12].Sample(parts =>
        {
            var text = string.Concat(parts);
            var last = 0;
            foreach (var quantity in Quantities.Read(text))
            {
                Assert.InRange(quantity.Start, 0, text.Length);
                Assert.Contains(quantity.Text, text[quantity.Start..], StringComparison.Ordinal);
                Assert.True(double.IsFinite(quantity.Stated.Low) || double.IsFinite(quantity.Stated.High));
                Assert.True(quantity.Stated.Low <= quantity.Stated.High);
                Assert.True(quantity.Start >= last);
                last = quantity.Start + 1;
            }
        });
    }

    [Theory]
    [InlineData("5km/h", "length/time")]
    [InlineData("5吨每小时", "mass/time")]
    [InlineData("1.5m/2m", "length")]
    [InlineData("10W/(m·K)", "conduction")]
    public void Quotients_are_units(string text, string dimension) => Assert.Equal(dimension, Quantities.Read(text)[0].Dimension);
}
