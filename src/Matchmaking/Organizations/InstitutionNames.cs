using System.Security.Cryptography;
using System.Text;
using Matchmaking.Patents;

namespace Matchmaking.Organizations;

/// <summary>Recognises universities, institutes and hospitals by their names (机构名称).</summary>
public static class InstitutionNames
{
    private static readonly string[] Companies =
        ["公司", "集团", "企业", "合作社", "合伙", "事务所", "商行", "经营部", "工作室", "加工厂", "Co.", "Ltd", "LTD", "Inc.", "INC.", "Corp", "GmbH", "株式会社"];

    private static readonly (string Suffix, InstitutionKind Kind)[] Suffixes =
    [
        ("大学", InstitutionKind.University), ("学院", InstitutionKind.University), ("学校", InstitutionKind.University), ("分校", InstitutionKind.University),
        ("校区", InstitutionKind.University), ("研究生院", InstitutionKind.University), ("医院", InstitutionKind.Hospital), ("卫生院", InstitutionKind.Hospital),
        ("防治院", InstitutionKind.Hospital), ("妇幼保健院", InstitutionKind.Hospital), ("保健院", InstitutionKind.Hospital),
        ("科学院", InstitutionKind.ResearchInstitute), ("研究院", InstitutionKind.ResearchInstitute), ("研究总院", InstitutionKind.ResearchInstitute),
        ("研究所", InstitutionKind.ResearchInstitute), ("研究室", InstitutionKind.ResearchInstitute), ("研究中心", InstitutionKind.ResearchInstitute),
        ("实验室", InstitutionKind.ResearchInstitute), ("设计院", InstitutionKind.ResearchInstitute), ("工程院", InstitutionKind.ResearchInstitute),
        ("农科院", InstitutionKind.ResearchInstitute), ("科学院所", InstitutionKind.ResearchInstitute), ("试验站", InstitutionKind.ResearchInstitute),
        ("观测站", InstitutionKind.ResearchInstitute), ("研究站", InstitutionKind.ResearchInstitute), ("天文台", InstitutionKind.ResearchInstitute),
        ("植物园", InstitutionKind.ResearchInstitute), ("科学馆", InstitutionKind.ResearchInstitute), ("检验所", InstitutionKind.ResearchInstitute),
        ("检测所", InstitutionKind.ResearchInstitute), ("监测站", InstitutionKind.ResearchInstitute), ("推广站", InstitutionKind.Other),
        ("中心", InstitutionKind.Other),
    ];

    /// <summary>What the name says the institution is; null where the name is not an institution's.</summary>
    public static InstitutionKind? Recognize(string name)
    {
        if (Companies.Any(word => name.Contains(word, StringComparison.Ordinal)) || name.EndsWith('厂') || name.EndsWith('店'))
            return null;
        var bare = name;
        // 中国石油大学（华东）, 中国地质大学（武汉）
        if (bare.EndsWith('）') && bare.LastIndexOf('（') is > 2 and var open)
            bare = bare[..open];
        if (bare.Contains("解放军", StringComparison.Ordinal) && (bare.EndsWith("部队", StringComparison.Ordinal) || bare.EndsWith('院')))
            return bare.EndsWith("医院", StringComparison.Ordinal) ? InstitutionKind.Hospital : InstitutionKind.ResearchInstitute;
        foreach (var (suffix, kind) in Suffixes)
        {
            if (bare.Length >= suffix.Length + 2 && bare.EndsWith(suffix, StringComparison.Ordinal))
                return kind;
        }
        // A department of an institution: 清华大学深圳研究生院 ended above, 中国科学院大学温州研究院筹 and 浙江大学医学院附属二院 end here.
        if (bare.Contains("大学", StringComparison.Ordinal) && (bare.EndsWith('院') || bare.EndsWith('系') || bare.EndsWith('所')))
            return InstitutionKind.University;
        if ((bare.Contains("科学院", StringComparison.Ordinal) || bare.Contains("研究院", StringComparison.Ordinal)) && (bare.EndsWith('所') || bare.EndsWith('院')))
            return InstitutionKind.ResearchInstitute;
        return RecognizeLatin(name);
    }

    /// <summary>One spelling for a name: width and brackets evened out, no blanks beside Chinese characters.</summary>
    public static string Normalize(string name)
    {
        var text = HalfWidth.Of(name).Trim();
        var evened = new StringBuilder(text.Length);
        var chinese = text.Any(IsHan);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsWhiteSpace(c))
            {
                if (evened.Length > 0 && !char.IsWhiteSpace(evened[^1]) && !IsHan(evened[^1]) && i + 1 < text.Length && !IsHan(text[i + 1]))
                    evened.Append(' ');
            }
            else
            {
                evened.Append(!chinese ? c : c switch { '(' or '[' or '【' or '〔' => '（', ')' or ']' or '】' or '〕' => '）', _ => c });
            }
        }
        return evened.ToString();
    }

    /// <summary>The code of an institution that a source only named: UNLISTED- and eight hexadecimal digits of the name's SHA-256.</summary>
    public static string UnlistedCode(string name) => "UNLISTED-" + Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 4));

    private static InstitutionKind? RecognizeLatin(string name)
    {
        if (name.Contains("university", StringComparison.OrdinalIgnoreCase) || name.Contains("college", StringComparison.OrdinalIgnoreCase))
            return InstitutionKind.University;
        if (name.Contains("institute", StringComparison.OrdinalIgnoreCase) || name.Contains("academy of", StringComparison.OrdinalIgnoreCase))
            return InstitutionKind.ResearchInstitute;
        return name.EndsWith("hospital", StringComparison.OrdinalIgnoreCase) ? InstitutionKind.Hospital : null;
    }

    private static bool IsHan(char c) => c is >= '\u2E80' and <= '\u9FFF' or >= '\uF900' and <= '\uFAFF' or '（' or '）' || char.IsSurrogate(c);
}
