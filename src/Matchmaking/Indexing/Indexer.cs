using Matchmaking.Needs;
using Matchmaking.Observing;
using Matchmaking.Organizations;
using Matchmaking.Patents;
using Matchmaking.Search;
using Matchmaking.Store;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Indexing;

/// <summary>Follows the change feed into the indexes.</summary>
/// <remarks>What a change says is only that a thing changed: the indexer reads the thing as it is now, so a change seen twice does
/// no harm, and a crash between two commits only repeats work.</remarks>
internal sealed class Indexer(StoreFactory stores, Indexes indexes, FeedSignal signal, ILogger<Indexer> log) : BackgroundService
{
    private const int BatchSize = 1000;

    // So that an operator, or a test that counts, can tell its statements from those of requests.
    private const string Tag = "indexer";

    /// <summary>Brings the indexes to the head of the feed.</summary>
    /// <param name="progress">Told the position reached and the head, after each batch.</param>
    public async Task CatchUpAsync(Action<long, long>? progress, CancellationToken cancellation)
    {
        while (true)
        {
            await using var store = stores.Open(Tag);
            var from = indexes.Position;
            var changes = await store.Changes.TagWith(Tag).Where(c => c.Position > from).OrderBy(c => c.Position).Take(BatchSize).ToListAsync(cancellation);
            if (changes.Count == 0)
            {
                signal.Head = from;
                indexes.Steps.Reached(new IndexAdvance(from, 0, store.Now));
                return;
            }
            var to = changes[^1].Position;
            signal.Head = changes.Count < BatchSize ? to : await store.FeedHeads.TagWith(Tag).Select(h => h.Position).SingleAsync(cancellation);
            await IndexAsync(store, changes, cancellation);
            using (Measures.Commit("patents"))
                indexes.Patents.Commit(to);
            using (Measures.Commit("needs"))
                indexes.Needs.Commit(to);
            signal.Reached(to);
            indexes.Steps.Reached(new IndexAdvance(to, Math.Max(0, signal.Head - to), store.Now));
            progress?.Invoke(to, signal.Head);
            // After all who wait for these changes were told: a merge may take a while.
            indexes.Tidy();
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await CatchUpAsync(null, stoppingToken);
                signal.Failure = null;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // A full disk or an absent database mends itself or is mended; the feed waits.
                signal.Failure = Outline.Line(e);
                log.LogError(e, "Indexing stands at change {Position}; trying again", indexes.Position);
            }
            await signal.WaitAsync(TimeSpan.FromSeconds(1), stoppingToken);
        }
    }

    private async Task IndexAsync(StoreContext store, List<Change> changes, CancellationToken cancellation)
    {
        var needs = changes.Where(c => c.Kind == ChangedKind.Need).Select(c => c.EntityId).Distinct().ToList();
        if (needs.Count > 0)
        {
            var found = await store.Needs.TagWith(Tag).Where(n => needs.Contains(n.Id)).ToDictionaryAsync(n => n.Id, cancellation);
            Measures.IndexedDocuments("needs", needs.Count);
            foreach (var id in needs)
                PutOrRemove(indexes.Needs, id, found.TryGetValue(id, out var need) ? NeedDocument.Of(need) : null);
        }
        var patents = changes.Where(c => c.Kind == ChangedKind.Patent).Select(c => c.EntityId).ToHashSet();
        // An institution's name and province stand in the documents of its patents.
        var institutions = changes.Where(c => c.Kind == ChangedKind.Institution).Select(c => c.EntityId).Distinct().ToList();
        if (institutions.Count > 0)
        {
            await foreach (var id in store.Patents.TagWith(Tag).Where(p => p.HolderId != null && institutions.Contains(p.HolderId.Value)).Select(p => p.Id).AsAsyncEnumerable().WithCancellation(cancellation))
                patents.Add(id);
        }
        foreach (var ids in patents.Order().Chunk(BatchSize))
            await PutPatentsAsync(store, ids, cancellation);
    }

    private async Task PutPatentsAsync(StoreContext store, Guid[] ids, CancellationToken cancellation)
    {
        var found = await store.Patents.TagWith(Tag).Include(p => p.Holder).Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, cancellation);
        var numbers = (await store.Publications.TagWith(Tag).Where(p => ids.Contains(p.PatentId)).Select(p => new { p.PatentId, p.Number }).ToListAsync(cancellation))
            .ToLookup(p => p.PatentId, p => p.Number);
        Measures.IndexedDocuments("patents", ids.Length);
        foreach (var id in ids)
        {
            PutOrRemove(indexes.Patents, id, found.TryGetValue(id, out var patent)
                ? PatentDocument.Of(patent, patent.Holder, Numbers(patent, numbers[id]))
                : null);
        }
    }

    private static IEnumerable<string> Numbers(Patent patent, IEnumerable<string> publications) =>
        new[] { patent.ApplicationNumber, patent.PublicationNumber }.Concat(publications).OfType<string>().Distinct(StringComparer.Ordinal);

    private static void PutOrRemove(TextIndex index, Guid id, Search.Indexing.TextDocument? document)
    {
        if (document is null)
            index.Remove(id);
        else
            index.Put(document);
    }
}
