using System.Globalization;

namespace Matchmaking.Matches;

/// <summary>A unit of measurement, as figures of its kind are made comparable (计量单位).</summary>
/// <param name="Dimension">What it measures; for a quotient both, parted by a slash: mass/time (量纲).</param>
/// <param name="Factor">How many of the dimension's base unit it is (换算系数).</param>
internal readonly record struct Unit(string Dimension, double Factor)
{
    /// <summary>The unit of so many of this for one of <paramref name="other"/>.</summary>
    public Unit Per(Unit other) => new($"{Dimension}/{other.Dimension}", Factor / other.Factor);
}

/// <summary>The units that figures are read in.</summary>
/// <remarks>
/// Names and factors are those of GB 3100-1993 (国际单位制及其应用), with the quantities of the parts GB 3102.1-1993 to 3102.8-1993 under
/// GB/T 3101-1993 (有关量、单位和符号的一般原则); 亩 is 10000/15 square metres, bar and ppm are in wide use beside the standard. The spellings
/// that it forbids and firms use (KW, Mpa, HZ) are listed where they can't be taken for another unit. 度 is left out, being electricity, warmth
/// or an angle, and so are 日, 时 and 分 but after a slash, being dates. A year and a month are no number of days here: no plant runs on all of them.
/// </remarks>
internal static class Units
{
    private const string Table = """
        ratio        1e-2      % %RH wt% vol% mol% at%
        ratio        1e-3      ‰
        ratio        1e-6      ppm PPM
        ratio        1e-9      ppb
        points       1         个百分点 百分点
        times        1         倍
        temperature  1         ℃ °C 摄氏度
        length       1e-9      nm 纳米
        length       1e-6      µm μm um 微米
        length       1e-3      mm MM 毫米 ㎜
        length       1e-2      cm CM 厘米 公分 ㎝
        length       1         m 米
        length       1e3       km KM 千米 公里 ㎞
        area         1e-6      mm² mm2 平方毫米
        area         1e-4      cm² cm2 平方厘米
        area         1         m² m2 ㎡ 平方米 平米
        area         666.6666666666666 亩
        area         1e4       hm² hm2 公顷
        volume       1e-6      mL ml cm³ cm3 毫升 立方厘米
        volume       1e-3      L l 升 dm³
        volume       1         m³ m3 立方米 立方 Nm³ Nm3
        mass         1e-9      µg μg ug 微克
        mass         1e-6      mg 毫克
        mass         1e-3      g 克
        mass         1         kg KG Kg 千克 公斤 ㎏
        mass         1e3       t 吨
        time         1e-6      µs μs us 微秒
        time         1e-3      ms 毫秒
        time         1         s 秒 秒钟
        time         60        min 分钟
        time         3600      h 小时 个小时
        time         86400     d 天
        calendar     1         个月
        calendar     12        年 a
        turns/time   1.6666666666666667e-2 rpm RPM
        turns        1         r 转
        frequency    1         Hz HZ hz 赫兹 赫
        frequency    1e3       kHz KHz KHZ 千赫
        frequency    1e6       MHz MHZ 兆赫
        frequency    1e9       GHz GHZ 吉赫
        force        1         N 牛 牛顿
        force        1e3       kN KN 千牛
        torque       1         N·m Nm N.m 牛·米 牛米
        pressure     1         Pa 帕
        pressure     1e3       kPa KPa Kpa 千帕
        pressure     1e5       bar 巴
        pressure     1e6       MPa Mpa MPA 兆帕 N/mm²
        pressure     1e9       GPa Gpa 吉帕
        viscosity    1e-3      mPa·s mPa.s cP
        viscosity    1         Pa·s Pa.s
        energy       1         J 焦 焦耳
        energy       1e3       kJ KJ 千焦
        energy       1e6       MJ 兆焦
        energy       3600      Wh W·h 瓦时
        energy       3.6e6     kWh kW·h KWh KWH 千瓦时 千瓦·时
        energy       3.6e9     MWh MW·h 兆瓦时
        power        1e-3      mW 毫瓦
        power        1         W 瓦
        power        1e3       kW KW Kw 千瓦
        power        1e6       MW 兆瓦
        power        1e9       GW 吉瓦
        voltage      1e-3      mV 毫伏
        voltage      1         V 伏
        voltage      1e3       kV KV Kv 千伏
        current      1e-3      mA 毫安
        current      1         A 安
        current      1e3       kA KA 千安
        charge       3.6       mAh mA·h 毫安时
        charge       3600      Ah A·h 安时
        resistance   1e-3      mΩ
        resistance   1         Ω 欧姆
        resistance   1e3       kΩ KΩ
        resistance   1e6       MΩ
        conduction   1         W/(m·K) W/m·K W/mK W/(m.K) W/m.K
        level        1         dB 分贝
        money        1         元
        cycles       1         次 个循环 次循环
        """;

    private static readonly Dictionary<string, Unit> BySymbol = Parse();
    private static readonly Dictionary<string, Unit> AfterSlash = new(StringComparer.Ordinal)
    {
        ["日"] = BySymbol["天"],
        ["时"] = BySymbol["h"],
        ["分"] = BySymbol["min"],
        ["月"] = BySymbol["个月"],
    };
    private static readonly int Longest = BySymbol.Keys.Max(symbol => symbol.Length);

    /// <summary>Every spelling that is known.</summary>
    public static IEnumerable<string> Symbols => BySymbol.Keys;

    /// <summary>The unit whose spelling stands at the beginning of <paramref name="text"/>, the longest, with what it is divided by; null where none does.</summary>
    /// <param name="text">Half-width text.</param>
    /// <param name="length">How many characters the spelling has.</param>
    public static Unit? Read(ReadOnlySpan<char> text, out int length)
    {
        if (ReadOne(text, isDivisor: false, out length) is not { } unit)
            return null;
        var rest = text[length..];
        if (rest.Length < 2 || rest[0] is not ('/' or '每'))
            return unit;
        if (ReadOne(rest[1..], isDivisor: true, out var divisorLength) is { } divisor)
        {
            length += 1 + divisorLength;
            return unit.Per(divisor);
        }
        // 5吨/批 is no mass; in 1.5m/2m the slash parts two.
        return rest[0] == '/' && char.IsLetter(rest[1]) ? null : unit;
    }

    private static Unit? ReadOne(ReadOnlySpan<char> text, bool isDivisor, out int length)
    {
        var spellings = BySymbol.GetAlternateLookup<ReadOnlySpan<char>>();
        for (length = Math.Min(Longest, text.Length); length > 0; length--)
        {
            if ((spellings.TryGetValue(text[..length], out var unit) || (isDivisor && length == 1 && AfterSlash.TryGetValue(text[..1].ToString(), out unit))) && Ends(text, length))
                return unit;
        }
        return null;
    }

    // 5GB is no gram, 4A级 no current, 3维 no unit at all.
    private static bool Ends(ReadOnlySpan<char> text, int length) =>
        length == text.Length || !char.IsAsciiLetter(text[length - 1]) || (!char.IsAsciiLetterOrDigit(text[length]) && !(length == 1 && text[length] == '级'));

    private static Dictionary<string, Unit> Parse()
    {
        var units = new Dictionary<string, Unit>(StringComparer.Ordinal);
        foreach (var line in Table.Split('\n'))
        {
            var columns = line.Split((char[])[' ', '\r'], StringSplitOptions.RemoveEmptyEntries);
            foreach (var symbol in columns[2..])
                units.Add(symbol, new Unit(columns[0], double.Parse(columns[1], CultureInfo.InvariantCulture)));
        }
        return units;
    }
}
