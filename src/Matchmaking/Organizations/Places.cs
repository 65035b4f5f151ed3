using System.Collections.Frozen;
using System.Text;
using Matchmaking.Patents;

namespace Matchmaking.Organizations;

/// <summary>The provinces of China and their cities, as far as names must be understood (省份、城市).</summary>
/// <remarks>The 34 divisions of GB/T 2260 and their prefecture-level cities, by the names in use in 2024.</remarks>
public static class Places
{
    /// <summary>What a province is called when nobody said which.</summary>
    public const string Unknown = "未知";

    private const string Table = """
        北京:11
        天津:12
        河北:13:石家庄,唐山,秦皇岛,邯郸,邢台,保定,张家口,承德,沧州,廊坊,衡水,雄安
        山西:14:太原,大同,阳泉,长治,晋城,朔州,晋中,运城,忻州,临汾,吕梁
        内蒙古:15:呼和浩特,包头,乌海,赤峰,通辽,鄂尔多斯,呼伦贝尔,巴彦淖尔,乌兰察布,兴安盟,锡林郭勒,阿拉善
        辽宁:21:沈阳,大连,鞍山,抚顺,本溪,丹东,锦州,营口,阜新,辽阳,盘锦,铁岭,朝阳,葫芦岛
        吉林:22:长春,四平,辽源,通化,白山,松原,白城,延边
        黑龙江:23:哈尔滨,齐齐哈尔,鸡西,鹤岗,双鸭山,大庆,伊春,佳木斯,七台河,牡丹江,黑河,绥化,大兴安岭
        上海:31
        江苏:32:南京,无锡,徐州,常州,苏州,南通,连云港,淮安,盐城,扬州,镇江,泰州,宿迁,昆山,江阴,常熟
        浙江:33:杭州,宁波,温州,嘉兴,湖州,绍兴,金华,衢州,舟山,台州,丽水,义乌
        安徽:34:合肥,芜湖,蚌埠,淮南,马鞍山,淮北,铜陵,安庆,黄山,滁州,阜阳,宿州,六安,亳州,池州,宣城
        福建:35:福州,厦门,莆田,三明,泉州,漳州,南平,龙岩,宁德
        江西:36:南昌,景德镇,萍乡,九江,新余,鹰潭,赣州,吉安,宜春,抚州,上饶
        山东:37:济南,青岛,淄博,枣庄,东营,烟台,潍坊,济宁,泰安,威海,日照,临沂,德州,聊城,滨州,菏泽,莱芜
        河南:41:郑州,开封,洛阳,平顶山,安阳,鹤壁,新乡,焦作,濮阳,许昌,漯河,三门峡,南阳,商丘,信阳,周口,驻马店,济源
        湖北:42:武汉,黄石,十堰,宜昌,襄阳,鄂州,荆门,孝感,荆州,黄冈,咸宁,随州,恩施,仙桃,潜江,天门,神农架
        湖南:43:长沙,株洲,湘潭,衡阳,邵阳,岳阳,常德,张家界,益阳,郴州,永州,怀化,娄底,湘西
        广东:44:广州,韶关,深圳,珠海,汕头,佛山,江门,湛江,茂名,肇庆,惠州,梅州,汕尾,河源,阳江,清远,东莞,中山,潮州,揭阳,云浮
        广西:45:南宁,柳州,桂林,梧州,北海,防城港,钦州,贵港,玉林,百色,贺州,河池,来宾,崇左
        海南:46:海口,三亚,三沙,儋州,琼州
        重庆:50
        四川:51:成都,自贡,攀枝花,泸州,德阳,绵阳,广元,遂宁,内江,乐山,南充,眉山,宜宾,广安,达州,雅安,巴中,资阳,阿坝,甘孜,凉山
        贵州:52:贵阳,六盘水,遵义,安顺,毕节,铜仁,黔西南,黔东南,黔南
        云南:53:昆明,曲靖,玉溪,保山,昭通,丽江,普洱,临沧,楚雄,红河,文山,西双版纳,大理,德宏,怒江,迪庆
        西藏:54:拉萨,日喀则,昌都,林芝,山南,那曲,阿里
        陕西:61:西安,铜川,宝鸡,咸阳,渭南,延安,汉中,榆林,安康,商洛,杨凌
        甘肃:62:兰州,嘉峪关,金昌,白银,天水,武威,张掖,平凉,酒泉,庆阳,定西,陇南,临夏,甘南
        青海:63:西宁,海东,海北,黄南,果洛,玉树,海西
        宁夏:64:银川,石嘴山,吴忠,固原,中卫
        新疆:65:乌鲁木齐,克拉玛依,吐鲁番,哈密,昌吉,博尔塔拉,巴音郭楞,阿克苏,克孜勒苏,喀什,和田,伊犁,塔城,阿勒泰,石河子,塔里木
        台湾:71:台北,高雄,台中,台南,新竹,桃园,新北
        香港:81
        澳门:82
        """;

    private static readonly FrozenDictionary<string, string> ProvinceOf = Read(out Codes).ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string> Codes;

    private static readonly int Longest = ProvinceOf.Keys.Max(k => k.Length);

    private static readonly string[] CountryPrefixes = ["中国", "国家", "中科院", "国网", "中国人民解放军", "中华"];

    /// <summary>The short form of a province named in any way: 江苏省, 江苏, 320000, Jiangsu's 32, 内蒙古自治区; null where it is none.</summary>
    public static string? Province(string text)
    {
        var name = HalfWidth.Of(text).Trim();
        if (name.Length == 0)
            return null;
        // A database's country-and-province column: 浙江;33 or 中国|江苏.
        foreach (var part in name.Split([';', ',', '|', '/', ' ', '、', '-'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (part is "中国" or "CN" or "全国")
                continue;
            if (part.Length is 2 or 6 && Codes.TryGetValue(part[..2], out var coded) && part.All(char.IsAsciiDigit))
                return coded;
            var short_ = part.StartsWith("中国", StringComparison.Ordinal) ? part[2..] : part;
            for (var length = Math.Min(3, short_.Length); length >= 2; length--)
            {
                if (ProvinceOf.TryGetValue(short_[..length], out var province) && province == short_[..length])
                    return province;
            }
            return null;
        }
        return null;
    }

    /// <summary>The province of a city named in any way: 南京市, 南京; null where it isn't known.</summary>
    public static string? ProvinceOfCity(string city) => Prefix(HalfWidth.Of(city).Trim());

    /// <summary>The province that an organisation's name betrays: 北京科技大学, 佳木斯大学, 中国科学院上海药物研究所; null where it betrays none.</summary>
    public static string? ProvinceInName(string name)
    {
        if (Prefix(name) is { } province)
            return province;
        // Only a national body's name carries its place further in; elsewhere an inner match is too often chance.
        if (!CountryPrefixes.Any(p => name.StartsWith(p, StringComparison.Ordinal)))
            return null;
        for (var i = 2; i < name.Length - 1; i++)
        {
            if (Prefix(name[i..]) is { } inner)
                return inner;
        }
        return null;
    }

    private static string? Prefix(string name)
    {
        for (var length = Math.Min(Longest, name.Length); length >= 2; length--)
        {
            if (ProvinceOf.TryGetValue(name[..length], out var province))
                return province;
        }
        return null;
    }

    private static Dictionary<string, string> Read(out FrozenDictionary<string, string> codes)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        var byCode = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in Table.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var parts = line.Split(':');
            names[parts[0]] = parts[0];
            byCode[parts[1]] = parts[0];
        }
        foreach (var parts in Table.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(l => l.Split(':')).Where(p => p.Length > 2))
        {
            foreach (var city in parts[2].Split(','))
                names.TryAdd(city, parts[0]);
        }
        codes = byCode.ToFrozenDictionary(StringComparer.Ordinal);
        return names;
    }
}
