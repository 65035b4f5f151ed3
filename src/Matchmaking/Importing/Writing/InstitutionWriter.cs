using Matchmaking.Importing.Normalizing;
using Matchmaking.Importing.Reading;
using Matchmaking.Organizations;
using Matchmaking.Store;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Importing.Writing;

/// <summary>Writes institutions: by code, or by name where patents had made one without a code.</summary>
internal sealed class InstitutionWriter : RecordWriter
{
    private readonly HashSet<Guid> _seen = [];

    public override ParsedRow? Read(RowReading row)
    {
        var name = row.Text(Field.Name, 300) is { } given ? InstitutionNames.Normalize(given) : null;
        if (name is null)
            row.Fail(Field.Name, "", "an institution must have a name");
        var code = row.Text(Field.Code, 60)?.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();
        InstitutionKind? kind = null;
        if (row.Text(Field.Level, 100) is { } words && (kind = Words.Institution(words)) is null)
            row.Note("types of institution not understood, taken from the name");
        var city = row.Text(Field.City, 100);
        string? province = null;
        if (row.Text(Field.Province, 100) is { } where && (province = Places.Province(where) ?? Places.ProvinceOfCity(where)) is null)
            row.Fail(Field.Province, where, "no province of China is called this");
        province ??= city is null ? null : Places.ProvinceOfCity(city);
        return row.Reject is null ? new Row { Place = row.Place, Name = name!, Code = code, Kind = kind, Province = province, City = city } : null;
    }

    public override async Task ApplyAsync(StoreContext store, IReadOnlyList<ParsedRow> rows, Tally tally, CancellationToken cancellation)
    {
        var names = rows.Cast<Row>().Select(r => r.Name).Distinct().ToList();
        var codes = rows.Cast<Row>().Select(r => r.Code ?? InstitutionNames.UnlistedCode(r.Name)).Distinct().ToList();
        var known = await store.Institutions.AsTracking().Where(i => EF.Parameter(names).Contains(i.Name) || EF.Parameter(codes).Contains(i.Code)).ToListAsync(cancellation);
        var byName = known.ToDictionary(i => i.Name, StringComparer.Ordinal);
        var byCode = known.ToDictionary(i => i.Code, StringComparer.Ordinal);
        var now = store.Now;
        foreach (var row in rows.Cast<Row>())
        {
            var coded = row.Code is null ? null : byCode.GetValueOrDefault(row.Code);
            var named = byName.GetValueOrDefault(row.Name);
            if (coded is not null && named is not null && coded != named)
            {
                tally.Rejects.Add(new Reject(row.Place, nameof(Field.Code), row.Code!, $"the code belongs to '{coded.Name}', and '{row.Name}' is another institution of the store"));
                continue;
            }
            if (named is not null && row.Code is not null && named.Code != row.Code && !named.Code.StartsWith("UNLISTED-", StringComparison.Ordinal))
            {
                tally.Rejects.Add(new Reject(row.Place, nameof(Field.Code), row.Code, $"'{row.Name}' has the code {named.Code} already"));
                continue;
            }
            var institution = coded ?? named;
            var isNew = institution is null;
            institution ??= new Institution { Id = store.NewKey(), CreatedAt = now, UpdatedAt = now };
            var repeats = row.Repeats || !_seen.Add(institution.Id);
            var changed = isNew;
            var code = row.Code ?? (isNew ? InstitutionNames.UnlistedCode(row.Name) : institution.Code);
            if (code != institution.Code)
            {
                byCode.Remove(institution.Code);
                (institution.Code, changed) = (code, true);
            }
            if (row.Name != institution.Name && !repeats)
            {
                byName.Remove(institution.Name);
                (institution.Name, changed) = (row.Name, true);
            }
            var kind = row.Kind ?? (isNew ? InstitutionNames.Recognize(row.Name) ?? InstitutionKind.Other : institution.Kind);
            if (kind != institution.Kind && !repeats)
                (institution.Kind, changed) = (kind, true);
            var province = row.Province ?? (isNew ? Places.ProvinceInName(row.Name) ?? Places.Unknown : institution.Province);
            if (province != institution.Province && !repeats)
                (institution.Province, changed) = (province, true);
            if (row.City is not null && row.City != institution.City && !repeats)
                (institution.City, changed) = (row.City, true);
            byCode[institution.Code] = institution;
            byName[institution.Name] = institution;
            if (isNew)
                store.Institutions.Add(institution);
            if (changed)
                institution.UpdatedAt = now;
            tally.Count(isNew, changed);
        }
    }

    private sealed class Row : ParsedRow
    {
        public required string Name { get; init; }

        public string? Code { get; init; }

        public InstitutionKind? Kind { get; init; }

        public string? Province { get; init; }

        public string? City { get; init; }

        public override string Key => Code ?? Name;
    }
}
