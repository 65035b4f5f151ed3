using System.Globalization;
using System.Text;

namespace Matchmaking.Tests.Crashing.Drill;

/// <summary>Invented patents and needs in any number, the same for the same seed.</summary>
internal static class InventedPatents
{
    private static readonly string[] Things =
    [
        "离心泵", "锂离子电池负极材料", "柑橘采摘末端执行器", "铝合金压铸模具", "光纤光栅传感器", "污泥干化装置", "血糖检测试纸", "混凝土外加剂", "数控机床主轴", "无人机避障系统",
        "茶叶杀青机", "燃料电池双极板", "桥梁支座", "水性聚氨酯涂料", "图像去噪电路", "膜生物反应器", "齿轮箱轴承", "高压直流断路器", "水产养殖增氧机", "碳纤维预浸料",
    ];

    private static readonly string[] Methods = ["激光熔覆", "真空除气", "超声辅助", "梯度掺杂", "微波烘干", "等离子体处理", "自适应控制", "深度学习", "溶胶凝胶", "磁流变减振", "多孔造粒", "在线监测"];

    private static readonly string[] Troubles = ["使用寿命短", "能耗高", "表面气孔多", "检测精度低", "安装费时", "振动噪声大", "首次效率低", "容易堵塞", "高温下失效", "成本难以下降"];

    private static readonly string[] Effects = ["寿命延长两倍以上", "能耗降低三成", "气孔率低于百分之一", "误差小于千分之五", "免去人工校正", "噪声下降六分贝", "循环五百次后容量保持九成", "连续运行半年不需清洗"];

    private static readonly string[] Places = ["临江", "望海", "云岭", "青塘", "北原", "南浦", "石桥", "金沙", "松湖", "白鹭"];

    private static readonly string[] Schools = ["理工大学", "农业大学", "工程学院", "材料研究所", "医科大学"];

    private static readonly string[] Classes = ["F04D 29/22", "H01M 4/62", "A01D 46/30", "B22D 17/22", "G01D 5/353", "C02F 11/12", "G01N 33/66", "C04B 24/26", "B23Q 5/04", "G05D 1/10"];

    /// <summary>Writes a file of patents; about one row in a hundred can't be taken.</summary>
    public static void Write(string path, int rows, int seed)
    {
        var random = new Random(seed);
        using var file = new StreamWriter(path, false, new UTF8Encoding(true));
        file.Write("申请号,专利名称,摘要,IPC分类号,关键词,当前权利人,发明人,申请日,法律状态,技术就绪度,意向价格（元）\n");
        for (var i = 0; i < rows; i++)
        {
            var (thing, method) = (random.Next(Things.Length), Pick(random, Methods));
            var year = 2010 + random.Next(15);
            var number = Number(year, seed % 10, i);
            var bad = random.Next(300);
            if (bad == 0)
                number = number[..^1] + (number[^1] == '5' ? '6' : '5');
            var readiness = bad == 1 ? "很高" : (1 + random.Next(9)).ToString(CultureInfo.InvariantCulture);
            var filed = bad == 2 ? "去年" : string.Create(CultureInfo.InvariantCulture, $"{year}-{1 + random.Next(12):00}-{1 + random.Next(28):00}");
            file.Write(string.Create(CultureInfo.InvariantCulture, $"{number},一种采用{method}的{Things[thing]},{Text(random, thing, method)},{Classes[thing % Classes.Length]},{Things[thing]};{method},{Pick(random, Places)}{Pick(random, Schools)},李{i % 97};王{i % 89},{filed},{(random.Next(8) == 0 ? "失效" : "有效")},{readiness},{10_000 * random.Next(1, 200)}\n"));
        }
    }

    /// <summary>Needs as mutations give them, each with a title of its own.</summary>
    public static IEnumerable<(string Title, string Description)> Needs(int count, int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < count; i++)
        {
            var thing = Pick(random, Things);
            yield return (string.Create(CultureInfo.InvariantCulture, $"{i:000} 求购{thing}改进技术"), $"我厂的{thing}{Pick(random, Troubles)}，试过{Pick(random, Methods)}但不稳定，希望{Pick(random, Effects)}。");
        }
    }

    /// <summary>What somebody may search for.</summary>
    public static IEnumerable<string> Searches() => Methods.Zip(Things, (method, thing) => $"{method} {thing}");

    private static string Text(Random random, int thing, string method)
    {
        var text = new StringBuilder($"现有{Things[thing]}{Pick(random, Troubles)}。");
        for (var i = random.Next(1, 4); i >= 0; i--)
            text.Append(CultureInfo.InvariantCulture, $"本方案以{Pick(random, Methods)}与{method}相结合，处理{random.Next(2, 90)}分钟，{Pick(random, Effects)}。");
        return text.ToString();
    }

    private static string Pick(Random random, string[] words) => words[random.Next(words.Length)];

    private static string Number(int year, int series, int i)
    {
        var digits = string.Create(CultureInfo.InvariantCulture, $"{year}1{series}{i:000000}");
        var sum = 0;
        for (var at = 0; at < 12; at++)
            sum += (digits[at] - '0') * (2 + at % 8);
        return $"CN{digits}.{"0123456789X"[sum % 11]}";
    }
}
