using Matchmaking.Access;
using Matchmaking.Importing.Reading;
using Matchmaking.Patents;
using Matchmaking.Store;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Importing.Writing;

/// <summary>Writes patents: finds each row's application by any of its numbers, merges those that turn out to be one.</summary>
internal sealed class PatentWriter : RecordWriter
{
    private readonly HashSet<Guid> _seen = [];
    private readonly List<Guid> _batch = [];
    private List<ErasedPerson> _erased = [];

    public override ParsedRow? Read(RowReading row)
    {
        var read = PatentRow.Read(row);
        return row.Reject is null ? read : null;
    }

    public override void Committed()
    {
        _seen.UnionWith(_batch);
        _batch.Clear();
    }

    public override async Task ApplyAsync(StoreContext store, IReadOnlyList<ParsedRow> rows, Tally tally, CancellationToken cancellation)
    {
        _batch.Clear();
        var patents = rows.Cast<PatentRow>().ToList();
        var known = await Known.LoadAsync(store, patents, cancellation);
        var institutions = await InstitutionBook.OpenAsync(store, patents, cancellation);
        _erased = await store.ErasedPersons.ToListAsync(cancellation);
        var now = store.Now;
        foreach (var row in patents)
        {
            var found = known.Find(row);
            if (Conflict(row, found) is { } conflict)
            {
                tally.Rejects.Add(conflict);
                continue;
            }
            var merged = found.Count > 1;
            var patent = found.Count == 0 ? null : await known.MergeAsync(store, found, cancellation);
            if (merged)
                tally.Note("patents that turned out to be the same application, merged");
            var isNew = patent is null;
            if (patent is null)
            {
                if (row.Title is null)
                {
                    tally.Rejects.Add(new Reject(row.Place, nameof(Field.Title), "", $"{row.Key} is not in the store yet and the row gives it no title"));
                    continue;
                }
                patent = new Patent { Id = store.NewKey(), CreatedAt = now, UpdatedAt = now };
            }
            row.Repeats |= _seen.Contains(patent.Id) || _batch.Contains(patent.Id);
            _batch.Add(patent.Id);
            var (holder, coHolders) = institutions.Holder(store, row.Applicants);
            row.Inventors = ErasedPerson.Without(_erased, holder ?? patent.HolderId, row.Inventors);
            var changed = PatentMerge.Apply(patent, row, holder, coHolders, isNew, store.NewKey) || merged;
            if (changed)
                patent.UpdatedAt = now;
            if (isNew)
                store.Patents.Add(patent);
            known.Remember(patent);
            tally.Count(isNew, changed);
        }
    }

    private static Reject? Conflict(PatentRow row, List<Patent> found)
    {
        var applications = found.Select(p => p.ApplicationNumber).Append(row.Application).Where(n => n is not null).Distinct().ToList();
        if (applications.Count <= 1)
            return null;
        var publication = row.Publications.Count > 0 ? row.Publications[0].Number : "";
        return new Reject(row.Place, nameof(Field.PublicationNumber), publication,
            $"the publication belongs to another application: {string.Join(", ", applications)}");
    }

    /// <summary>The patents that a batch may speak of, by each of their numbers.</summary>
    private sealed class Known
    {
        private readonly Dictionary<string, Patent> _byApplication = new(StringComparer.Ordinal);
        private readonly Dictionary<string, Patent> _byPublication = new(StringComparer.Ordinal);
        private readonly Dictionary<string, Patent> _bySource = new(StringComparer.Ordinal);

        public static async Task<Known> LoadAsync(StoreContext store, List<PatentRow> rows, CancellationToken cancellation)
        {
            var applications = rows.Where(r => r.Application is not null).Select(r => r.Application!).Distinct().ToList();
            var publications = rows.SelectMany(r => r.Publications).SelectMany(p => PatentNumber.Siblings(p.Number).Prepend(p.Number)).Distinct().ToList();
            var sources = rows.Where(r => r.SourceId is not null).Select(r => r.SourceId!).Distinct().ToList();
            var ids = publications.Count == 0 ? [] : await store.Publications
                .Where(p => EF.Parameter(publications).Contains(p.Number)).Select(p => p.PatentId).Distinct().ToListAsync(cancellation);
            var found = new List<Patent>();
            if (ids.Count > 0)
                found.AddRange(await store.Patents.AsTracking().Where(p => EF.Parameter(ids).Contains(p.Id)).ToListAsync(cancellation));
            if (applications.Count > 0)
                found.AddRange(await store.Patents.AsTracking().Where(p => EF.Parameter(applications).Contains(p.ApplicationNumber!)).ToListAsync(cancellation));
            if (sources.Count > 0)
                found.AddRange(await store.Patents.AsTracking().Where(p => EF.Parameter(sources).Contains(p.SourceId!)).ToListAsync(cancellation));
            var all = found.Distinct().ToList();
            var owners = all.ConvertAll(p => p.Id);
            if (owners.Count > 0)
            {
                // Tracked, so that EF hangs them on their patents; three flat queries instead of one product.
                await store.Publications.AsTracking().Where(p => EF.Parameter(owners).Contains(p.PatentId)).LoadAsync(cancellation);
                await store.LegalEvents.AsTracking().Where(e => EF.Parameter(owners).Contains(e.PatentId)).LoadAsync(cancellation);
            }
            var known = new Known();
            foreach (var patent in all)
                known.Remember(patent);
            return known;
        }

        /// <summary>All patents that one of the row's numbers names, the oldest first; by the source's identifier only where no number does.</summary>
        public List<Patent> Find(PatentRow row)
        {
            var found = new List<Patent>(2);
            void Take(Patent? patent)
            {
                if (patent is not null && !found.Contains(patent))
                    found.Add(patent);
            }

            if (row.Application is not null)
                Take(_byApplication.GetValueOrDefault(row.Application));
            foreach (var (number, _) in row.Publications)
                Take(_byPublication.GetValueOrDefault(PatentNumber.Stem(number) ?? number));
            if (found.Count == 0 && row.SourceId is not null && _bySource.GetValueOrDefault(row.SourceId) is { } sourced
                && (row.Application is null || sourced.ApplicationNumber is null || sourced.ApplicationNumber == row.Application))
                found.Add(sourced);
            found.Sort((a, b) => a.CreatedAt != b.CreatedAt ? a.CreatedAt.CompareTo(b.CreatedAt) : a.Id.CompareTo(b.Id));
            return found;
        }

        public void Remember(Patent patent)
        {
            if (patent.ApplicationNumber is not null)
                _byApplication[patent.ApplicationNumber] = patent;
            foreach (var publication in patent.Publications)
                _byPublication[PatentNumber.Stem(publication.Number) ?? publication.Number] = patent;
            if (patent.SourceId is not null)
                _bySource[patent.SourceId] = patent;
        }

        public async Task<Patent> MergeAsync(StoreContext store, List<Patent> found, CancellationToken cancellation)
        {
            var older = found[0];
            foreach (var younger in found.Skip(1))
            {
                PatentMerge.Absorb(older, younger);
                foreach (var alias in await store.PatentAliases.AsTracking().Where(a => a.PatentId == younger.Id).ToListAsync(cancellation))
                    alias.PatentId = older.Id;
                foreach (var alias in store.PatentAliases.Local.Where(a => a.PatentId == younger.Id))
                    alias.PatentId = older.Id;
                store.PatentAliases.Add(new PatentAlias { Id = younger.Id, PatentId = older.Id });
                store.Patents.Remove(younger);
            }
            return older;
        }
    }
}
