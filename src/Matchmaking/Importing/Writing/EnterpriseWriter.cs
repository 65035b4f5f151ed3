using Matchmaking.Importing.Normalizing;
using Matchmaking.Importing.Reading;
using Matchmaking.Needs;
using Matchmaking.Organizations;
using Matchmaking.Store;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Importing.Writing;

/// <summary>Writes enterprises by their credit codes.</summary>
internal sealed class EnterpriseWriter : RecordWriter
{
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private HashSet<string> _industries = [];

    public override async Task BeginAsync(StoreContext store, CancellationToken cancellation) => _industries = await Reference.IndustriesAsync(store, cancellation);

    public override ParsedRow? Read(RowReading row)
    {
        string? code = null;
        if (row.Text(Field.Code, 100) is not { } given)
            row.Fail(Field.Code, "", "an enterprise must have a unified social credit code");
        else if ((code = CreditCode.Normalize(given, out var problem)) is null)
            row.Fail(Field.Code, given, problem!);
        var name = row.Text(Field.Name, 300) is { } named ? InstitutionNames.Normalize(named) : null;
        if (name is null)
            row.Fail(Field.Name, "", "an enterprise must have a name");
        var city = row.Text(Field.City, 100);
        string? province = null;
        if (row.Text(Field.Province, 100) is { } where && (province = Places.Province(where) ?? Places.ProvinceOfCity(where)) is null)
            row.Fail(Field.Province, where, "no province of China is called this");
        string? industry = null;
        if (row.Text(Field.Industry, 200) is { } trade && (industry = Industries.Find(trade, _industries)) is null)
            row.Fail(Field.Industry, trade, "no industry of GB/T 4754-2017 has this code or name");
        var qualifications = new List<Qualification>();
        if (row.Text(Field.Qualifications, 1_000) is { } titles)
        {
            qualifications = Words.Qualifications(titles, out var unknown);
            if (unknown.Length > 0)
                row.Note("titles of enterprises that we don't keep, left out");
        }
        var read = new Row
        {
            Place = row.Place,
            Code = code ?? "",
            Name = name ?? "",
            Province = province ?? (city is null ? null : Places.ProvinceOfCity(city)),
            City = city,
            Industry = industry,
            Employees = row.Count(Field.Employees),
            Revenue = row.Money(Field.Revenue),
            TotalAssets = row.Money(Field.TotalAssets),
            Qualifications = qualifications,
            SourceId = row.Text(Field.SourceId, 200),
        };
        return row.Reject is null ? read : null;
    }

    public override async Task ApplyAsync(StoreContext store, IReadOnlyList<ParsedRow> rows, Tally tally, CancellationToken cancellation)
    {
        var codes = rows.Select(r => r.Key).Distinct().ToList();
        var known = await store.Enterprises.AsTracking().Where(e => EF.Parameter(codes).Contains(e.CreditCode)).ToDictionaryAsync(e => e.CreditCode, StringComparer.Ordinal, cancellation);
        var now = store.Now;
        var industries = known.Values.ToDictionary(e => e.Id, e => e.IndustryCode);
        foreach (var row in rows.Cast<Row>())
        {
            var isNew = !known.TryGetValue(row.Code, out var enterprise);
            if (enterprise is null)
            {
                enterprise = new Enterprise { Id = store.NewKey(), CreditCode = row.Code, CreatedAt = now, UpdatedAt = now };
                known[row.Code] = enterprise;
                store.Enterprises.Add(enterprise);
            }
            row.Repeats |= !_seen.Add(row.Code);
            var changed = row.Apply(enterprise, isNew);
            if (changed)
                enterprise.UpdatedAt = now;
            tally.Count(isNew, changed);
        }
        await FollowAsync(store, [.. known.Values.Where(e => industries.TryGetValue(e.Id, out var former) && former != e.IndustryCode).Select(e => e.Id)], cancellation);
    }

    // Needs whose industry is their enterprise's, or that have none yet, follow it; as changed needs they are matched anew.
    private static async Task FollowAsync(StoreContext store, List<Guid> moved, CancellationToken cancellation)
    {
        if (moved.Count == 0)
            return;
        // The store still has the former industry; what is tracked has the new one.
        var following = store.Needs.AsTracking().Where(n => n.Status != NeedStatus.Closed && n.Visibility != NeedVisibility.Anonymous && EF.Parameter(moved).Contains(n.EnterpriseId!.Value)
            && (n.IndustryCode == null || n.IndustryCode == n.Enterprise!.IndustryCode));
        foreach (var need in await following.ToListAsync(cancellation))
            (need.IndustryCode, need.UpdatedAt) = (need.Enterprise!.IndustryCode, store.Now);
    }

    private sealed class Row : ParsedRow
    {
        public required string Code { get; init; }

        public required string Name { get; init; }

        public string? Province { get; init; }

        public string? City { get; init; }

        public string? Industry { get; init; }

        public int? Employees { get; init; }

        public decimal? Revenue { get; init; }

        public decimal? TotalAssets { get; init; }

        public List<Qualification> Qualifications { get; init; } = [];

        public string? SourceId { get; init; }

        public override string Key => Code;

        public bool Apply(Enterprise enterprise, bool isNew)
        {
            if (Repeats && !isNew)
                return false;
            var changed = isNew;
            // The third and fourth characters of a credit code are the province where it was given.
            var province = Province ?? (isNew ? Places.ProvinceInName(Name) ?? Places.Province(Code[2..4]) ?? Places.Unknown : enterprise.Province);
            if (Name != enterprise.Name)
                (enterprise.Name, changed) = (Name, true);
            if (province != enterprise.Province)
                (enterprise.Province, changed) = (province, true);
            if (City is not null && City != enterprise.City)
                (enterprise.City, changed) = (City, true);
            if (Industry is not null && Industry != enterprise.IndustryCode)
                (enterprise.IndustryCode, changed) = (Industry, true);
            if (Employees is not null && Employees != enterprise.Employees)
                (enterprise.Employees, changed) = (Employees, true);
            if (Revenue is not null && Revenue != enterprise.Revenue)
                (enterprise.Revenue, changed) = (Revenue, true);
            if (TotalAssets is not null && TotalAssets != enterprise.TotalAssets)
                (enterprise.TotalAssets, changed) = (TotalAssets, true);
            if (Qualifications.Count > 0 && !Qualifications.SequenceEqual(enterprise.Qualifications))
                (enterprise.Qualifications, changed) = (Qualifications, true);
            if (SourceId is not null && SourceId != enterprise.SourceId)
                (enterprise.SourceId, changed) = (SourceId, true);
            return changed;
        }
    }
}
