using System.CommandLine;
using System.Text.Json;
using Matchmaking.Access.Auditing;
using Matchmaking.Patents;
using Matchmaking.Store;
using Matchmaking.Transport;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Access;

/// <summary>The verb <c>person</c>: what is kept of a person, for the person to have or to have deleted (《个人信息保护法》 arts. 45 and 47).</summary>
internal static class PersonCommand
{
    private const int BatchSize = 200;

    private static readonly JsonSerializerOptions Readable = new() { Encoder = PlainJsonEncoder.Instance };

    public static Command Create(Func<ParseResult, CancellationToken, Task<StoreFactory>> open, params Option[] shared)
    {
        var name = new Argument<string>("NAME") { Description = "The person's name, exactly as patents give it" };
        var institution = new Option<string?>("--institution") { Description = "Only as an inventor of this institution, by its code: names are shared by many" };
        var everywhere = new Option<bool>("--everywhere") { Description = "As an inventor of any holder's patents" };
        var export = new Command("export", "Print all that is kept of a person, a JSON object a line (导出个人信息)") { name, institution, everywhere };
        var erase = new Command("erase", "Delete a person's name from patents, for good: later imports don't bring it back (删除个人信息)") { name, institution, everywhere };
        foreach (var option in shared)
        {
            export.Options.Add(option);
            erase.Options.Add(option);
        }
        export.SetAction(async (parsed, cancellation) =>
        {
            await Task.Yield();
            using var stores = await open(parsed, cancellation);
            var (person, holder) = await WhoAsync(stores, parsed.GetValue(name)!, parsed.GetValue(institution), parsed.GetValue(everywhere), cancellation);
            await ExportAsync(stores, person, holder, Console.Out, cancellation);
            return 0;
        });
        erase.SetAction(async (parsed, cancellation) =>
        {
            await Task.Yield();
            using var stores = await open(parsed, cancellation);
            var (person, holder) = await WhoAsync(stores, parsed.GetValue(name)!, parsed.GetValue(institution), parsed.GetValue(everywhere), cancellation);
            var patents = await EraseAsync(stores, person, holder, cancellation);
            Console.Out.WriteLine(FormattableString.Invariant($"The name was deleted from {patents} patents. What the person did here stays in the audit trail, which the law asks for: person export shows it."));
            return 0;
        });
        return new Command("person", "What is kept of a person (个人信息)") { export, erase };
    }

    /// <summary>Writes the patents that name the person, then what stands in the audit trail under the name.</summary>
    public static async Task ExportAsync(StoreFactory stores, string name, Guid? holder, TextWriter output, CancellationToken cancellation)
    {
        var count = 0;
        await using (var store = stores.Open("person export"))
        {
            await foreach (var patent in Naming(store, name, holder).OrderBy(p => p.Id).Select(p => new { p.ApplicationNumber, p.PublicationNumber, p.Title, Holder = p.Holder!.Name, p.CreatedAt, p.UpdatedAt }).AsAsyncEnumerable().WithCancellation(cancellation))
            {
                await output.WriteLineAsync(JsonSerializer.Serialize(new { kind = "inventor", name, patent.ApplicationNumber, patent.PublicationNumber, patent.Title, patent.Holder, patent.CreatedAt, patent.UpdatedAt }, Readable));
                count++;
            }
            await foreach (var entry in store.AuditTrail.Where(e => e.Actor == name).OrderBy(e => e.Id).AsAsyncEnumerable().WithCancellation(cancellation))
                await output.WriteLineAsync(JsonSerializer.Serialize(new { kind = "actor", name, entry.At, Action = entry.Action.ToString(), thing = entry.Kind, entry.Address, entry.RequestId }, Readable));
        }
        await using var audit = stores.Open("person export");
        await audit.RecordAsync([AuditWriter.Make(audit, AuditAction.Exported, "Person", default, (null, false), after: $"{{\"patents\":{count}}}")], cancellation);
    }

    /// <summary>Deletes the name from all patents that bear it, batch by batch; killed in between, the same command goes on.</summary>
    public static async Task<int> EraseAsync(StoreFactory stores, string name, Guid? holder, CancellationToken cancellation)
    {
        // First what keeps imports from bringing it back, so that none slips in between.
        await using (var store = stores.Open("person erase"))
        {
            var erased = await store.ErasedPersons.ToListAsync(cancellation);
            if (ErasedPerson.Without(erased, holder, [name]).Count > 0)
            {
                store.ErasedPersons.Add(ErasedPerson.Of(store.NewKey(), holder, name));
                await store.CommitAsync(cancellation);
            }
        }
        var patents = 0;
        while (true)
        {
            await using var store = stores.Open("person erase");
            var batch = await Naming(store, name, holder).AsTracking().OrderBy(p => p.Id).Take(BatchSize).ToListAsync(cancellation);
            if (batch.Count == 0)
                return patents;
            foreach (var patent in batch)
            {
                patent.Inventors = patent.Inventors.FindAll(inventor => inventor != name);
                patent.UpdatedAt = Api.Writing.After(store.Now, patent.UpdatedAt);
            }
            await store.CommitAsync(cancellation);
            patents += batch.Count;
        }
    }

    private static IQueryable<Patent> Naming(StoreContext store, string name, Guid? holder) =>
        store.Patents.Where(p => p.Inventors.Contains(name) && (holder == null || p.HolderId == holder));

    private static async Task<(string Name, Guid? Holder)> WhoAsync(StoreFactory stores, string name, string? institution, bool everywhere, CancellationToken cancellation)
    {
        if (string.IsNullOrWhiteSpace(name))
            throw new ConfigurationException("NAME: a name is expected.");
        if (institution is null != everywhere)
            throw new ConfigurationException("Either --institution CODE or --everywhere is expected: a name alone is shared by many.");
        if (institution is null)
            return (name.Trim(), null);
        await using var store = stores.Open("person");
        var holder = await store.Institutions.Where(i => i.Code == institution).Select(i => (Guid?)i.Id).SingleOrDefaultAsync(cancellation);
        return (name.Trim(), holder ?? throw new ConfigurationException($"--institution: no institution has the code '{institution}'."));
    }
}
