using Matchmaking.Store;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Recommendations;

/// <summary>What some needs have answered so far, for the pairs that may be told to them next.</summary>
internal sealed class NeedAnswers
{
    private const int Chunk = 500;

    private readonly Dictionary<Guid, List<Answer>> _answers;
    private readonly DateTime _now;

    private NeedAnswers(Dictionary<Guid, List<Answer>> answers, DateTime now) => (_answers, _now) = (answers, now);

    public static async Task<NeedAnswers> LoadAsync(StoreContext store, IEnumerable<Guid> needs, CancellationToken cancellation)
    {
        var answers = new Dictionary<Guid, List<Answer>>();
        var since = store.Now - Adjusting.Memory;
        foreach (var ids in needs.Distinct().Chunk(Chunk))
        {
            var rows = await store.Recommendations.Where(r => ids.Contains(r.NeedId) && r.Feedback!.GivenAt >= since && r.Position != null).ToListAsync(cancellation);
            var patents = await FactsAsync(store, rows.Select(r => r.PatentId), cancellation);
            foreach (var row in rows)
            {
                var kin = new Kin(row.Family, row.Filing);
                // Of a patent that is gone by now, its family and what it offered are known still.
                var facts = patents.GetValueOrDefault(row.PatentId) ?? new PatentFacts(row.PatentId, kin, null, [], new Offer());
                if (!answers.TryGetValue(row.NeedId, out var list))
                    answers[row.NeedId] = list = [];
                list.Add(new Answer(row.Feedback!.Verdict, row.Feedback.Reason, row.Feedback.GivenAt, row.NeedVersion, row.PatentVersion, facts with { Kin = kin, Offer = row.Offer ?? facts.Offer }));
            }
        }
        return new NeedAnswers(answers, store.Now);
    }

    /// <summary>What answers may speak of, of some patents.</summary>
    public static async Task<Dictionary<Guid, PatentFacts>> FactsAsync(StoreContext store, IEnumerable<Guid> patents, CancellationToken cancellation)
    {
        var facts = new Dictionary<Guid, PatentFacts>();
        foreach (var ids in patents.Distinct().Chunk(Chunk))
        {
            foreach (var patent in await store.Patents.Where(p => ids.Contains(p.Id)).ToListAsync(cancellation))
                facts[patent.Id] = PatentFacts.Of(patent);
        }
        return facts;
    }

    public Adjusted Adjust(Guid need, long needVersion, long patentVersion, PatentFacts patent) =>
        _answers.TryGetValue(need, out var answers) ? Adjusting.Of(answers, needVersion, patentVersion, patent, _now) : Adjusted.Unchanged;
}
