using System.Text.RegularExpressions;
using Matchmaking.Importing.Normalizing;
using Matchmaking.Importing.Reading;
using Matchmaking.Needs;
using Matchmaking.Organizations;
using Matchmaking.Patents;
using Matchmaking.Store;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Importing.Writing;

/// <summary>Writes needs: the source's identifier tells them apart, else enterprise and title.</summary>
internal sealed partial class NeedWriter : RecordWriter
{
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private HashSet<string> _industries = [];

    public override async Task BeginAsync(StoreContext store, CancellationToken cancellation) => _industries = await Reference.IndustriesAsync(store, cancellation);

    public override ParsedRow? Read(RowReading row)
    {
        var description = row.Text(Field.Description, Need.MaxDescription, markup: true);
        var title = row.Text(Field.Title, Need.MaxTitle, markup: true);
        if (description is null && row.Reject is null)
        {
            // Many firms say all they have to say in the title; a need that can be matched isn't thrown away.
            if ((description = title) is null)
                row.Fail(Field.Description, "", "a need must have a description or a title");
            else
                row.Note("needs without a description, described by their title");
        }
        if (title is null && description is not null && row.Reject is null)
        {
            title = Sentence().Match(description).Value.Trim() is { Length: > 0 } first ? first : description[..Math.Min(60, description.Length)];
            row.Note("needs without a title, named by their first words");
        }
        string? creditCode = null;
        if (row.Text(Field.Code, 100) is { } code && (creditCode = CreditCode.Normalize(code, out var problem)) is null)
            row.Fail(Field.Code, code, problem!);
        var name = row.Text(Field.Name, 300) is { } named ? InstitutionNames.Normalize(named) : null;
        var provinces = new List<string>();
        foreach (var word in row.Words(Field.Province))
        {
            if (word is "不限" or "全国" or "无" or "任意")
                continue;
            if ((Places.Province(word) ?? Places.ProvinceOfCity(word)) is not { } province)
                row.Fail(Field.Province, word, "no province of China is called this");
            else if (!provinces.Contains(province))
                provinces.Add(province);
        }
        var visibility = NeedVisibility.Public;
        if (row.Text(Field.Visibility, 100) is { } seen)
        {
            // Guessing here could publish what was told in confidence.
            if (Words.Visibility(seen) is { } known)
                visibility = known;
            else if (seen is "是" or "否" && row.Heading(Field.Visibility).Contains("保密", StringComparison.Ordinal))
                visibility = seen == "是" ? NeedVisibility.Confidential : NeedVisibility.Public;
            else if (seen is "是" or "否" && row.Heading(Field.Visibility).Contains("公开", StringComparison.Ordinal))
                visibility = seen == "是" ? NeedVisibility.Public : NeedVisibility.Confidential;
            else
                row.Fail(Field.Visibility, seen, "a visibility is 公开, 匿名 or 保密");
        }
        NeedStatus? status = null;
        if (row.Text(Field.Status, 100) is { } stands && (status = Words.NeedStatuses(stands)) is null)
            row.Fail(Field.Status, stands, "a status is 草稿, 征集中, 暂停, 关闭 or 到期");
        string? industry = null;
        if (row.Text(Field.Industry, 200) is { } trade && (industry = Industries.Find(trade, _industries)) is null)
            row.Note("industries that are not in GB/T 4754-2017, left unknown");
        var read = new NeedRow
        {
            Place = row.Place,
            SourceId = row.Text(Field.SourceId, 200) ?? RowReading.Identity(creditCode ?? name, title, creditCode is null && name is null ? description : null),
            Title = title ?? "",
            Description = description ?? "",
            Keywords = row.Words(Field.Keywords),
            CreditCode = creditCode,
            EnterpriseName = name,
            Visibility = row.Has(Field.Visibility) ? visibility : null,
            Status = status,
            Industry = industry,
            Ipc = row.Text(Field.Ipc, 2_000) is { } symbols ? IpcSymbol.List(symbols) : [],
            Modes = PatentRow.ReadModes(row, Field.TransferModes),
            Budget = row.Money(Field.Money),
            MinReadiness = row.Readiness(Field.Readiness),
            Provinces = provinces,
            Deadline = row.Date(Field.Deadline),
        };
        return row.Reject is null ? read : null;
    }

    public override async Task ApplyAsync(StoreContext store, IReadOnlyList<ParsedRow> rows, Tally tally, CancellationToken cancellation)
    {
        var ids = rows.Select(r => r.Key).Distinct().ToList();
        var known = await store.Needs.AsTracking().Where(n => EF.Parameter(ids).Contains(n.SourceId!)).ToDictionaryAsync(n => n.SourceId!, StringComparer.Ordinal, cancellation);
        var enterprises = await EnterprisesAsync(store, rows.Cast<NeedRow>(), cancellation);
        var now = store.Now;
        foreach (var row in rows.Cast<NeedRow>())
        {
            var enterprise = Enterprise(store, row, enterprises, tally);
            var isNew = !known.TryGetValue(row.SourceId, out var need);
            if (need is null)
            {
                need = new Need { Id = store.NewKey(), SourceId = row.SourceId, Status = NeedStatus.Open, CreatedAt = now, UpdatedAt = now };
            }
            row.Repeats |= !_seen.Add(row.SourceId);
            var (former, industry) = (need.Visibility, need.IndustryCode);
            var changed = row.Apply(need, enterprise, isNew);
            var firm = enterprises.Find(e => e.Id == need.EnterpriseId);
            if (firm is not null && Anonymity.Telltale(need, firm) is var (field, word))
            {
                if (!isNew)
                    store.Entry(need).CurrentValues.SetValues(store.Entry(need).OriginalValues);
                tally.Rejects.Add(new Reject(row.Place, field, word, "it tells whose need it is, which is to be anonymous"));
                continue;
            }
            need.TakeIndustry(firm, former, row.Industry is not null);
            changed |= need.IndustryCode != industry;
            if (isNew)
            {
                known[row.SourceId] = need;
                store.Needs.Add(need);
            }
            if (changed)
                need.UpdatedAt = now;
            tally.Count(isNew, changed);
        }
    }

    private static async Task<List<Enterprise>> EnterprisesAsync(StoreContext store, IEnumerable<NeedRow> rows, CancellationToken cancellation)
    {
        var codes = rows.Where(r => r.CreditCode is not null).Select(r => r.CreditCode!).Distinct().ToList();
        var names = rows.Where(r => r.EnterpriseName is not null).Select(r => r.EnterpriseName!).Distinct().ToList();
        return codes.Count + names.Count == 0 ? [] : await store.Enterprises
            .Where(e => EF.Parameter(codes).Contains(e.CreditCode) || EF.Parameter(names).Contains(e.Name)).OrderBy(e => e.Id).ToListAsync(cancellation);
    }

    private static Guid? Enterprise(StoreContext store, NeedRow row, List<Enterprise> known, Tally tally)
    {
        if (row.CreditCode is null && row.EnterpriseName is null)
            return null;
        var found = row.CreditCode is not null ? known.Find(e => e.CreditCode == row.CreditCode) : known.Find(e => e.Name == row.EnterpriseName);
        if (found is not null)
            return found.Id;
        if (row.CreditCode is null || row.EnterpriseName is null)
        {
            tally.Note("needs whose enterprise is not known, left without one (import enterprises first)");
            return null;
        }
        found = new Enterprise
        {
            Id = store.NewKey(),
            CreditCode = row.CreditCode,
            Name = row.EnterpriseName,
            Province = Places.ProvinceInName(row.EnterpriseName) ?? Places.Province(row.CreditCode[2..4]) ?? Places.Unknown,
            CreatedAt = store.Now,
            UpdatedAt = store.Now,
        };
        known.Add(found);
        store.Enterprises.Add(found);
        return found.Id;
    }

    [GeneratedRegex(@"^[^\n。！？!?；;]{1,60}", RegexOptions.CultureInvariant)]
    private static partial Regex Sentence();
}
