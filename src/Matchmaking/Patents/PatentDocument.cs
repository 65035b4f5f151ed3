using System.Globalization;
using GraphQL;
using Matchmaking.Organizations;
using Matchmaking.Search;
using Matchmaking.Search.Indexing;
using Matchmaking.Search.Queries;
using Matchmaking.Store;

namespace Matchmaking.Patents;

/// <summary>What the index sees of a patent.</summary>
internal static class PatentDocument
{
    public const string Title = "title";
    public const string Abstract = "abstract";
    public const string Claims = "claims";
    public const string Keywords = "keywords";
    public const string Ipc = "ipc";
    public const string Industry = "industry";
    public const string LegalStatus = "legalStatus";
    public const string ExpiresOn = "expiresOn";
    public const string Holder = "holder";
    public const string Province = "province";
    public const string Prospect = "prospect";
    public const string Kind = "kind";
    public const string Mode = "mode";
    public const string IpcSection = "ipcSection";
    public const string IpcClass = "ipcClass";
    public const string FiledYear = "filedYear";
    public const string Readiness = "readiness";
    public const string FiledOn = "filedOn";
    public const string PublishedOn = "publishedOn";
    public const string GrantedOn = "grantedOn";
    public const string HolderKey = "holderKey";
    public const string TwinKey = "twinKey";
    public const string Described = "described";

    /// <summary>The fields and how much a word in each counts.</summary>
    public static readonly IndexField[] Fields =
    [
        new TextField(Title, 3, 0.6) { Aliases = ["标题", "名称"], Characters = true, Meaning = true },
        new TextField(Abstract, 1, 0.75) { Aliases = ["摘要"] },
        new TextField(Claims, 0.5, 0.75) { Aliases = ["权利要求"] },
        new TextField(Keywords, 2, 0.3) { Aliases = ["关键词"], Characters = true, Meaning = true },
        new SymbolField(Ipc, 1) { Aliases = ["分类号"], Normalise = Compact },
        // One symbol for each industry that works in any of a patent's classes: however many of them fit, an industry counts once.
        new SymbolField(Industry, 1) { IsHint = true, Aliases = ["行业"], Normalise = text => IndustryClasses.Entry(text) ?? Compact(text) },
        new IdentifierField("number") { Aliases = ["号码"] },
        EnumTag<PatentKind>(Kind, "类型", Wording.InChinese),
        EnumTag<LegalStatus>(LegalStatus, "法律状态", Wording.InChinese),
        EnumTag<Prospect>(Prospect, "前景", Wording.InChinese),
        EnumTag<TransferMode>(Mode, "转化方式", Wording.InChinese),
        new TagField(Holder) { Aliases = ["专利权人"] },
        new TagField(Province) { Aliases = ["省份"], Normalise = text => Places.Province(text) ?? text.Trim() },
        new TagField(IpcSection) { Normalise = Compact },
        new TagField(IpcClass) { Normalise = Compact },
        new TagField(FiledYear),
        new NumberField("year") { Aliases = ["年份"] },
        new NumberField(Readiness) { Aliases = ["就绪度"] },
        new NumberField(FiledOn),
        new NumberField(PublishedOn),
        new NumberField(GrantedOn),
        new NumberField(ExpiresOn),
        new NumberField(HolderKey),
        new NumberField(TwinKey),
        new NumberField(Described),
    ];

    public static TextDocument Of(Patent patent, Institution? holder, IEnumerable<string> numbers)
    {
        var year = patent.FiledOn?.Year ?? patent.PublishedOn?.Year ?? patent.GrantedOn?.Year;
        var document = new TextDocument(patent.Id)
            .AddText(Title, patent.Title)
            .AddText(Abstract, patent.Abstract)
            .AddText(Claims, patent.Claims)
            .AddTag(Kind, Constant(patent.Kind))
            .AddTag(LegalStatus, Constant(patent.LegalStatus))
            .AddTag(Prospect, Constant(patent.Prospect))
            .AddTag(Holder, holder?.Name)
            .AddTag(Province, holder?.Province)
            .AddTag(FiledYear, year?.ToString(CultureInfo.InvariantCulture))
            .SetNumber("year", year)
            .SetNumber(Readiness, patent.Readiness)
            .SetNumber(FiledOn, patent.FiledOn?.DayNumber)
            .SetNumber(PublishedOn, patent.PublishedOn?.DayNumber)
            .SetNumber(GrantedOn, patent.GrantedOn?.DayNumber)
            .SetNumber(ExpiresOn, patent.ExpiresOn?.DayNumber)
            .SetNumber(Described, patent.IsDescribed() ? 1 : 0)
            .SetNumber(HolderKey, patent.HolderId is { } key ? TextHash.Of(key.ToString()) : null)
            .SetNumber(TwinKey, patent.HolderId is { } titled ? TextHash.Of(titled.ToString(), PatentTitle.Normalized(patent.Title)) : null);
        foreach (var keyword in patent.Keywords)
            document.AddText(Keywords, keyword);
        foreach (var symbol in patent.IpcCodes.SelectMany(IpcLevels).Distinct(StringComparer.Ordinal))
            document.AddSymbol(Ipc, symbol);
        foreach (var industry in IndustryClasses.Serving(patent.IpcCodes))
            document.AddSymbol(Industry, industry);
        foreach (var section in patent.IpcCodes.Select(code => code[..1]).Distinct(StringComparer.Ordinal))
            document.AddTag(IpcSection, section);
        foreach (var subclass in IpcSymbol.Subclasses(patent.IpcCodes))
            document.AddTag(IpcClass, subclass);
        foreach (var mode in patent.TransferModes)
            document.AddTag(Mode, Constant(mode));
        foreach (var number in numbers.Select(n => Identifier(n) ?? n).Distinct(StringComparer.Ordinal))
            document.AddIdentifier("number", number);
        return document;
    }

    /// <summary>What a number in any spelling is indexed under, without the letter of the kind; null where it is no number.</summary>
    public static string? Identifier(string text) =>
        PatentNumber.Read(text).Number is { } number ? PatentNumber.Stem(number) ?? number : null;

    /// <summary>An IPC symbol at every level: H, H01, H01M, H01M4, H01M4/36.</summary>
    public static IEnumerable<string> IpcLevels(string code)
    {
        var symbol = code.Replace(" ", "", StringComparison.Ordinal);
        foreach (var length in (int[])[1, 3, 4])
        {
            if (symbol.Length > length)
                yield return symbol[..length];
        }
        if (symbol.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash)
            yield return symbol[..slash];
        yield return symbol;
    }

    /// <summary>What a licence can still be taken of on this day.</summary>
    public static IndexFilter Living(DateOnly today) => IndexFilter.All(
        IndexFilter.Not(IndexFilter.Tag(LegalStatus, LegalStatuses.Dead.Select(status => Constant(status)))),
        IndexFilter.Not(IndexFilter.Range(ExpiresOn, null, today.DayNumber - 1)));

    /// <summary>What a value of a facet is called in Chinese.</summary>
    public static string Label(string field, string value) => field switch
    {
        LegalStatus => Chinese<LegalStatus>(value, Wording.InChinese),
        Prospect => Chinese<Prospect>(value, Wording.InChinese),
        IpcSection or IpcClass => IpcTitles.Of(value),
        _ => value,
    };

    /// <summary>An enum member as GraphQL spells it: UTILITY_MODEL.</summary>
    public static string Constant<T>(T value) where T : struct, Enum => value.ToString().ToConstantCase();

    private static TagField EnumTag<T>(string name, string alias, Func<T, string> chinese) where T : struct, Enum
    {
        var byWord = Enum.GetValues<T>().ToDictionary(chinese, value => Constant(value), StringComparer.Ordinal);
        return new TagField(name) { Aliases = [alias], Normalise = text => byWord.GetValueOrDefault(text.Trim()) ?? text.Trim().ToUpperInvariant() };
    }

    private static string Chinese<T>(string constant, Func<T, string> chinese) where T : struct, Enum =>
        Enum.GetValues<T>().Where(value => Constant(value) == constant).Select(chinese).FirstOrDefault(constant);

    private static string Compact(string symbol) => symbol.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();
}
