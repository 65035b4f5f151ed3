using System.CommandLine;
using Matchmaking.Store;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Access.Auditing;

/// <summary>The verb <c>audit</c>: looks whether the trail is as it was written.</summary>
internal static class AuditCommand
{
    public static Command Create(Func<ParseResult, CancellationToken, Task<StoreFactory>> open, params Option[] shared)
    {
        var anchor = new Option<string?>("--anchor") { Description = "An end seen earlier, as POSITION:HASH: a trail that was written anew doesn't hold it" };
        var verify = new Command("verify", "Walk the audit trail and name the first entry that was altered, removed or put in (校验审计记录)") { anchor };
        foreach (var option in shared)
            verify.Options.Add(option);
        verify.SetAction(async (parsed, cancellation) =>
        {
            await Task.Yield();
            var stores = await open(parsed, cancellation);
            return await VerifyAsync(stores, parsed.GetValue(anchor), Console.Out, Console.Error, cancellation);
        });
        return new Command("audit", "The audit trail (审计)") { verify };
    }

    /// <summary>0 where the trail holds, 1 where it doesn't.</summary>
    public static async Task<int> VerifyAsync(StoreFactory stores, string? anchor, TextWriter output, TextWriter errors, CancellationToken cancellation)
    {
        (long Position, string Hash)? seen = anchor is null ? null
            : anchor.Split(':') is [var at, var hash] && long.TryParse(at, out var number) && hash.Length == 64 ? (number, hash)
            : throw new ConfigurationException($"--anchor: '{anchor}' is not POSITION:HASH, as audit verify prints it.");
        await using var store = stores.Open("audit");
        var head = await store.FeedHeads.SingleAsync(cancellation);
        var (position, previous) = (0L, AuditEntry.Start);
        await foreach (var entry in store.AuditTrail.Where(e => e.Id <= head.Audited).OrderBy(e => e.Id).AsAsyncEnumerable().WithCancellation(cancellation))
        {
            if (entry.Id != position + 1)
                return await BrokenAsync($"entry {position + 1} is missing: entry {entry.Id} follows entry {position}");
            if (entry.Hash != entry.HashBehind(previous))
                return await BrokenAsync($"entry {entry.Id} was altered, or the one before it: its hash isn't that of what it says");
            if (seen is { } end && end.Position == entry.Id && end.Hash != entry.Hash)
                return await BrokenAsync($"entry {entry.Id} isn't the one of the anchor: the trail was written anew");
            (position, previous) = (entry.Id, entry.Hash);
        }
        // What is written meanwhile isn't part of it.
        if (position != head.Audited || previous != head.AuditHash)
            return await BrokenAsync($"the trail ends with entry {position}, but {head.Audited} were written");
        if (seen is { } anchored && anchored.Position > position)
            return await BrokenAsync($"the trail ends with entry {position}, before the anchor {anchored.Position}");
        await output.WriteLineAsync(FormattableString.Invariant($"The audit trail holds: {position} entries. Its end, to be kept elsewhere and given as --anchor: {position}:{previous}"));
        return 0;

        async Task<int> BrokenAsync(string what)
        {
            await errors.WriteLineAsync($"The audit trail is broken: {what}.");
            return 1;
        }
    }
}
