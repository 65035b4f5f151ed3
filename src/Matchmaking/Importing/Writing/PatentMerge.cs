using Matchmaking.Importing.Normalizing;
using Matchmaking.Patents;

namespace Matchmaking.Importing.Writing;

/// <summary>What a row teaches a patent that is already known.</summary>
/// <remarks>Nothing known is ever blanked. Where both know something different of what was published, the newer source wins: the row,
/// unless the patent knows a later day than the row does (a row without any day contradicts none that has one), or an earlier row of the
/// same file already spoke. What only the holder can say (readiness, prospect, modes, price, keywords) is the last import's. Publications
/// and legal events only gather; a coarser class never replaces a finer one; the legal status follows <see cref="LegalWords.Follows"/>.</remarks>
internal static class PatentMerge
{
    /// <summary>Takes the row over; returns whether that changed anything.</summary>
    public static bool Apply(Patent patent, PatentRow row, Guid? holder, List<string> coHolders, bool isNew, Func<Guid> newKey)
    {
        var changed = false;
        var fillOnly = !isNew && (row.Repeats || AsOf(patent) > (row.AsOf ?? DateOnly.MinValue));
        var holderFillOnly = !isNew && row.Repeats;

        if (patent.ApplicationNumber is null && row.Application is not null)
        {
            patent.ApplicationNumber = row.Application;
            changed = true;
        }
        if (patent.SourceId is null && row.SourceId is not null)
        {
            patent.SourceId = row.SourceId;
            changed = true;
        }
        changed |= Publish(patent, row);
        var (oldKind, oldFiled) = (patent.Kind, patent.FiledOn);
        var kind = (patent.ApplicationNumber is { } number ? PatentNumber.KindOf(number) : null)
            ?? (patent.PublicationNumber is { } publication ? PatentNumber.KindOf(publication) : null)
            ?? (row.Kind is { } said && (isNew || !fillOnly) ? said : patent.Kind);
        if (kind != patent.Kind)
        {
            patent.Kind = kind;
            changed = true;
        }
        bool Takes<T>(T? known, T? next) where T : class => next is not null && !next.Equals(known) && (known is null or "" || !fillOnly);
        static bool TakesValue<T>(T? known, T? next, bool fillOnly) where T : struct => next is not null && !next.Equals(known) && (known is null || !fillOnly);
        static bool TakesList<T>(List<T> known, List<T> next, bool fillOnly) => next.Count > 0 && !known.SequenceEqual(next) && (known.Count == 0 || !fillOnly);

        if (Takes(patent.Title, row.Title))
            (patent.Title, changed) = (row.Title!, true);
        if (Takes(patent.Abstract, row.Abstract))
            (patent.Abstract, changed) = (row.Abstract, true);
        if (Takes(patent.Claims, row.Claims))
            (patent.Claims, changed) = (row.Claims, true);
        if (TakesList(patent.IpcCodes, row.Ipc, fillOnly) && !row.Ipc.All(next => patent.IpcCodes.Any(known => IpcSymbol.Covers(next, known))))
            (patent.IpcCodes, changed) = (row.Ipc, true);
        if (TakesList(patent.Keywords, row.Keywords, holderFillOnly))
            (patent.Keywords, changed) = (row.Keywords, true);
        if (TakesList(patent.Inventors, row.Inventors, fillOnly))
            (patent.Inventors, changed) = (row.Inventors, true);
        if (row.Applicants.Count > 0 && (holder != patent.HolderId || !patent.CoHolders.SequenceEqual(coHolders)) && (!fillOnly || (patent.HolderId is null && patent.CoHolders.Count == 0)))
            (patent.HolderId, patent.CoHolders, changed) = (holder, coHolders, true);
        if (TakesValue(patent.FiledOn, row.FiledOn, fillOnly))
            (patent.FiledOn, changed) = (row.FiledOn, true);
        changed |= Days(patent, row, fillOnly);
        if (TakesValue(patent.Readiness, row.Readiness, holderFillOnly))
            (patent.Readiness, changed) = (row.Readiness, true);
        if (row.Prospect is { } prospect && prospect != patent.Prospect && (patent.Prospect == Prospect.Ungraded || !holderFillOnly))
            (patent.Prospect, changed) = (prospect, true);
        if (TakesList(patent.TransferModes, row.Modes, holderFillOnly))
            (patent.TransferModes, changed) = (row.Modes, true);
        if (TakesValue(patent.AskingPrice, row.Price, holderFillOnly))
            (patent.AskingPrice, changed) = (row.Price, true);

        var computed = patent.ExpiresOn is null || (oldFiled is { } before && patent.ExpiresOn == Patent.TermEnd(oldKind, before));
        var expires = row.ExpiresOn is not null && (computed || !fillOnly) ? row.ExpiresOn
            : computed && patent.FiledOn is { } filed ? Patent.TermEnd(patent.Kind, filed) : patent.ExpiresOn;
        if (expires != patent.ExpiresOn)
            (patent.ExpiresOn, changed) = (expires, true);
        return changed | Live(patent, row, newKey);
    }

    /// <summary>Makes one patent of two that turned out to be the same application; the younger one's knowledge fills the older one's gaps.</summary>
    public static void Absorb(Patent older, Patent younger)
    {
        older.ApplicationNumber ??= younger.ApplicationNumber;
        if (older.Title.Length == 0)
            older.Title = younger.Title;
        older.Abstract ??= younger.Abstract;
        older.Claims ??= younger.Claims;
        if (older.IpcCodes.Count == 0 || older.IpcCodes.All(known => younger.IpcCodes.Any(next => next != known && IpcSymbol.Covers(known, next))))
            older.IpcCodes = younger.IpcCodes.Count > 0 ? [.. younger.IpcCodes] : older.IpcCodes;
        older.Keywords = older.Keywords.Count > 0 ? older.Keywords : [.. younger.Keywords];
        older.Inventors = older.Inventors.Count > 0 ? older.Inventors : [.. younger.Inventors];
        if (older.HolderId is null && older.CoHolders.Count == 0)
            (older.HolderId, older.CoHolders) = (younger.HolderId, [.. younger.CoHolders]);
        older.FiledOn ??= younger.FiledOn;
        older.PublishedOn = Earliest(older.PublishedOn, younger.PublishedOn);
        older.GrantedOn = Earliest(older.GrantedOn, younger.GrantedOn);
        older.ExpiresOn ??= younger.ExpiresOn;
        older.Readiness ??= younger.Readiness;
        if (older.Prospect == Prospect.Ungraded)
            older.Prospect = younger.Prospect;
        older.TransferModes = older.TransferModes.Count > 0 ? older.TransferModes : [.. younger.TransferModes];
        older.AskingPrice ??= younger.AskingPrice;
        older.OpenLicense ??= younger.OpenLicense;
        older.SourceId ??= younger.SourceId;
        if (LegalWords.Follows(older.LegalStatus, older.LegalStatusOn, younger.LegalStatus, younger.LegalStatusOn))
            (older.LegalStatus, older.LegalStatusOn) = (younger.LegalStatus, younger.LegalStatusOn);
        foreach (var publication in younger.Publications.ToList())
        {
            publication.PatentId = older.Id;
            younger.Publications.Remove(publication);
            older.Publications.Add(publication);
        }
        foreach (var legalEvent in younger.LegalEvents.ToList())
        {
            legalEvent.PatentId = older.Id;
            younger.LegalEvents.Remove(legalEvent);
            older.LegalEvents.Add(legalEvent);
        }
        older.PublicationNumber = LatestNumber(older);
    }

    private static DateOnly? AsOf(Patent patent) =>
        PatentRow.Latest([patent.PublishedOn, patent.GrantedOn, patent.LegalStatusOn, .. patent.Publications.Select(p => p.On), .. patent.LegalEvents.Select(e => e.On)]);

    private static bool Publish(Patent patent, PatentRow row)
    {
        var changed = false;
        foreach (var (number, on) in row.Publications)
        {
            var known = patent.Publications.Find(p => p.Number == number);
            if (known is null)
            {
                // A number without its kind code says nothing where a full one of the same digits is known.
                if (number.Length == 11 && patent.Publications.Exists(p => p.Number.StartsWith(number, StringComparison.Ordinal)))
                    continue;
                patent.Publications.Add(new Publication { Number = number, PatentId = patent.Id, On = on });
                changed = true;
            }
            else if (on is not null && known.On != on && (known.On is null || !row.Repeats))
            {
                known.On = on;
                changed = true;
            }
        }
        var latest = LatestNumber(patent);
        if (latest != patent.PublicationNumber)
            (patent.PublicationNumber, changed) = (latest, true);
        return changed;
    }

    /// <summary>Publication and grant: from the publications where they know the day, else from what the row says.</summary>
    private static bool Days(Patent patent, PatentRow row, bool fillOnly)
    {
        var first = patent.Publications.Where(p => PatentNumber.KindLetter(p.Number) is not ('B' or 'C' or '\0')).Min(p => p.On);
        var grant = patent.Publications.Where(p => PatentNumber.IsGrant(p.Number)).Min(p => p.On);
        // With a grant's number and a day of grant beside it, the other day is the application's publication.
        var said = row.Publications.Count == 1 && PatentNumber.IsGrant(row.Publications[0].Number) && (row.GrantedOn is null || row.PublishedOn >= row.GrantedOn) ? null : row.PublishedOn;
        var published = first ?? (patent.PublishedOn is { } known && fillOnly ? known : said ?? patent.PublishedOn);
        var granted = grant ?? (patent.GrantedOn is { } knownGrant && fillOnly ? knownGrant : row.GrantedOn ?? patent.GrantedOn);
        if (published == patent.PublishedOn && granted == patent.GrantedOn)
            return false;
        (patent.PublishedOn, patent.GrantedOn) = (published, granted);
        return true;
    }

    private static bool Live(Patent patent, PatentRow row, Func<Guid> newKey)
    {
        var changed = false;
        foreach (var statement in row.Legal)
        {
            if ((statement.On is not null || statement.Status is null) && !patent.LegalEvents.Exists(e => e.On == statement.On && e.Text == statement.Text))
            {
                patent.LegalEvents.Add(new LegalEvent { Id = newKey(), PatentId = patent.Id, On = statement.On, Text = statement.Text });
                changed = true;
            }
        }
        var published = row.Publications.Where(p => PatentNumber.KindLetter(p.Number) != '\0')
            .Select(p => new LegalStatement(PatentNumber.IsGrant(p.Number) ? LegalStatus.Granted : LegalStatus.Pending, p.On, p.Number));
        if (LegalWords.Deciding(row.Legal.Concat(published)) is { Status: { } status } deciding
            && LegalWords.Follows(patent.LegalStatus, patent.LegalStatusOn, status, deciding.On))
        {
            (patent.LegalStatus, patent.LegalStatusOn, changed) = (status, deciding.On, true);
        }
        return changed;
    }

    private static string? LatestNumber(Patent patent) => patent.Publications
        .OrderBy(p => p.On ?? DateOnly.MinValue).ThenBy(p => PatentNumber.IsGrant(p.Number)).ThenBy(p => p.Number, StringComparer.Ordinal)
        .LastOrDefault()?.Number;

    private static DateOnly? Earliest(DateOnly? a, DateOnly? b) => a is null || b < a ? b : a;
}
