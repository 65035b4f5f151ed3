using Matchmaking.Organizations;
using Matchmaking.Store;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Importing.Writing;

/// <summary>The institutions that a batch's applicants name: found in the store, or made where the name says what it is.</summary>
internal sealed class InstitutionBook
{
    private readonly Dictionary<string, Institution> _byName = new(StringComparer.Ordinal);

    public static async Task<InstitutionBook> OpenAsync(StoreContext store, IEnumerable<PatentRow> rows, CancellationToken cancellation)
    {
        var book = new InstitutionBook();
        var names = rows.SelectMany(r => r.Applicants).Distinct().ToList();
        if (names.Count > 0)
        {
            foreach (var institution in await store.Institutions.Where(i => EF.Parameter(names).Contains(i.Name)).ToListAsync(cancellation))
                book._byName[institution.Name] = institution;
        }
        return book;
    }

    /// <summary>The first applicant that is an institution, and the names of all others.</summary>
    public (Guid? Holder, List<string> CoHolders) Holder(StoreContext store, List<string> applicants)
    {
        for (var i = 0; i < applicants.Count; i++)
        {
            if (!_byName.TryGetValue(applicants[i], out var institution))
            {
                if (InstitutionNames.Recognize(applicants[i]) is not { } kind)
                    continue;
                institution = new Institution
                {
                    Id = store.NewKey(),
                    Code = InstitutionNames.UnlistedCode(applicants[i]),
                    Name = applicants[i],
                    Kind = kind,
                    Province = Places.ProvinceInName(applicants[i]) ?? Places.Unknown,
                    CreatedAt = store.Now,
                    UpdatedAt = store.Now,
                };
                store.Institutions.Add(institution);
                _byName[institution.Name] = institution;
            }
            var holder = i;
            return (institution.Id, [.. applicants.Where((_, at) => at != holder)]);
        }
        return (null, [.. applicants]);
    }
}
