using Matchmaking.Importing.Normalizing;
using Matchmaking.Importing.Reading;
using Matchmaking.Organizations;
using Matchmaking.Patents;

namespace Matchmaking.Importing.Writing;

/// <summary>A row about a patent, understood.</summary>
internal sealed class PatentRow : ParsedRow
{
    public const int MaxTitle = 1_000;
    public const int MaxAbstract = 50_000;
    public const int MaxClaims = 2_000_000;

    public string? Application { get; private init; }

    public List<(string Number, DateOnly? On)> Publications { get; private init; } = [];

    public string? SourceId { get; private init; }

    public string? Title { get; private init; }

    public string? Abstract { get; private init; }

    public string? Claims { get; private init; }

    public List<string> Ipc { get; private init; } = [];

    public List<string> Keywords { get; private init; } = [];

    public List<string> Applicants { get; private init; } = [];

    public List<string> Inventors { get; set; } = [];

    public DateOnly? FiledOn { get; private init; }

    public DateOnly? PublishedOn { get; private init; }

    public DateOnly? GrantedOn { get; private init; }

    public DateOnly? ExpiresOn { get; private init; }

    public PatentKind? Kind { get; private init; }

    public List<LegalStatement> Legal { get; private init; } = [];

    public int? Readiness { get; private init; }

    public Prospect? Prospect { get; private init; }

    public List<TransferMode> Modes { get; private init; } = [];

    public decimal? Price { get; private init; }

    public override string Key => Application ?? (Publications.Count > 0 ? PatentNumber.Stem(Publications[0].Number) ?? Publications[0].Number : SourceId!);

    /// <summary>The latest day the row knows of: of two sources the one that knows a later day is the newer one.</summary>
    public DateOnly? AsOf { get; private init; }

    public static PatentRow? Read(RowReading row)
    {
        string? application = null;
        var numbers = new List<string>();
        ReadApplication(row, ref application, numbers);
        ReadPublications(row, Field.PublicationNumber, ref application, numbers);
        ReadPublications(row, Field.GrantNumber, ref application, numbers);
        application ??= numbers.Select(PatentNumber.ApplicationOf).FirstOrDefault(n => n is not null);

        var title = row.Text(Field.Title, MaxTitle, markup: true);
        var applicants = row.Names(Field.Applicants).Select(InstitutionNames.Normalize).Where(n => n.Length > 0).Distinct().ToList();
        var inventors = row.Names(Field.Inventors);
        var published = row.Date(Field.PublishedOn);
        var granted = row.Date(Field.GrantedOn);
        var kindWords = row.Text(Field.Kind, 200);
        var text = row.Text(Field.Abstract, MaxAbstract, markup: true);
        var claims = row.Text(Field.Claims, MaxClaims, markup: true);
        var kind = application is not null ? PatentNumber.KindOf(application) : numbers.Select(PatentNumber.KindOf).FirstOrDefault(k => k is not null);
        kind ??= kindWords is null ? null : Words.Kind(kindWords);
        kind ??= text is null ? null : text.StartsWith("本实用新型", StringComparison.Ordinal) ? PatentKind.UtilityModel : text.StartsWith("本外观设计", StringComparison.Ordinal) ? PatentKind.Design : null;
        if (kindWords is not null && kind is null)
            row.Note("kind of patent not understood, taken for an invention");

        var legal = row.Text(Field.LegalStatus, 20_000) is { } words ? LegalWords.Read(words, row.Date(Field.LegalStatusOn), out var unknown) : Unsaid(out unknown);
        if (unknown)
            row.Note("legal status not understood, recorded as an event");
        var publications = Dated(numbers, published, granted);
        if (publications.Count == 0 && published is not null && granted is null
            && (kind is PatentKind.UtilityModel or PatentKind.Design || (kindWords?.Contains("授权", StringComparison.Ordinal) ?? false)))
            granted = published;
        var sourceId = row.Text(Field.SourceId, 200);
        if (application is null && numbers.Count == 0 && sourceId is null)
        {
            if (title is null)
            {
                row.Fail(Field.Title, "", "the row has neither a number nor a title");
                return null;
            }
            row.Note("rows without any patent number, told apart by title and applicant");
            sourceId = RowReading.Identity(title, applicants.Count > 0 ? applicants[0] : string.Join(';', inventors));
        }
        return new PatentRow
        {
            Place = row.Place,
            Application = application,
            Publications = publications,
            SourceId = sourceId,
            Title = title,
            Abstract = text,
            Claims = claims,
            Ipc = Symbols(row, kind),
            Keywords = row.Words(Field.Keywords),
            Applicants = applicants,
            Inventors = [.. inventors.Where(i => i is not ("不公告发明人" or "请求不公布姓名" or "不公开发明人"))],
            FiledOn = row.Date(Field.FiledOn),
            PublishedOn = published,
            GrantedOn = granted,
            ExpiresOn = row.Date(Field.ExpiresOn),
            Kind = kind,
            Legal = legal,
            Readiness = row.Readiness(Field.Readiness),
            Prospect = ReadProspect(row),
            Modes = ReadModes(row, Field.TransferModes),
            Price = row.Money(Field.Money),
            AsOf = Latest([published, granted, .. legal.Select(l => l.On)]),
        };
    }

    public static List<TransferMode> ReadModes(RowReading row, Field field)
    {
        if (row.Text(field, 1_000) is not { } text)
            return [];
        if (Words.Modes(text, out var unknown) is { } modes)
            return modes;
        row.Fail(field, text, $"'{unknown}' is no way of transfer; known are 转让, 普通许可, 独占许可, 开放许可, 作价入股, 合作开发");
        return [];
    }

    public static DateOnly? Latest(IEnumerable<DateOnly?> days) => days.Max();

    private static List<LegalStatement> Unsaid(out bool unknown)
    {
        unknown = false;
        return [];
    }

    private static void ReadApplication(RowReading row, ref string? application, List<string> publications)
    {
        if (row.Text(Field.ApplicationNumber, 200) is not { } text)
            return;
        var read = PatentNumber.ReadApplication(text);
        switch (read.Form)
        {
            case NumberForm.Application:
                application = read.Number;
                break;
            case NumberForm.Publication:
                publications.Add(read.Number!);
                break;
            case NumberForm.Ruined:
                row.Note("application numbers ruined by a spreadsheet, taken as unknown");
                break;
            case NumberForm.Invalid:
                row.Fail(Field.ApplicationNumber, text, read.Problem!);
                break;
        }
    }

    private static void ReadPublications(RowReading row, Field field, ref string? application, List<string> publications)
    {
        if (row.Text(field, 2_000) is not { } text)
            return;
        foreach (var part in text.Split([';', '；', '|', ',', '，', '、', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var read = PatentNumber.ReadPublication(part);
            switch (read.Form)
            {
                case NumberForm.Publication when !publications.Contains(read.Number!):
                    publications.Add(read.Number!);
                    break;
                case NumberForm.Application:
                    if (application is not null && application != read.Number)
                        row.Fail(field, part, $"another application number than {application} of the same row");
                    application ??= read.Number;
                    break;
                case NumberForm.Ruined:
                    row.Note("publication numbers ruined by a spreadsheet, taken as unknown");
                    break;
                case NumberForm.Invalid when row.Heading(field).Equals("id", StringComparison.OrdinalIgnoreCase):
                    row.Note("values of the column 'id' that are no patent numbers");
                    break;
                case NumberForm.Invalid:
                    row.Fail(field, part, read.Problem!);
                    break;
            }
        }
    }

    /// <summary>Gives each publication the day that the row's columns mean for it.</summary>
    private static List<(string Number, DateOnly? On)> Dated(List<string> numbers, DateOnly? published, DateOnly? granted)
    {
        var dated = new List<(string, DateOnly?)>(numbers.Count);
        foreach (var number in numbers)
        {
            var grant = PatentNumber.IsGrant(number);
            dated.Add((number, grant ? granted ?? (numbers.Count == 1 ? published : null) : published));
        }
        return dated;
    }

    private static List<string> Symbols(RowReading row, PatentKind? kind)
    {
        if (row.Text(Field.Ipc, 20_000) is not { } text)
            return [];
        var symbols = IpcSymbol.List(text, out var leftOver);
        if (leftOver.Length > 0)
            row.Note(kind == PatentKind.Design ? "Locarno classes of designs, left out" : "classification symbols that are no IPC, left out");
        return symbols;
    }

    private static Prospect? ReadProspect(RowReading row)
    {
        if (row.Text(Field.Prospect, 200) is not { } text)
            return null;
        if (Words.Prospects(text) is { } prospect)
            return prospect;
        row.Fail(Field.Prospect, text, "a prospect is 较高, 一般, 较低 or 未分级");
        return null;
    }
}
