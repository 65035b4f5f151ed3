using System.Text;
using Matchmaking.Importing;
using Matchmaking.Needs;
using Matchmaking.Patents;
using Matchmaking.Store;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Benchmarks.Reverse;

/// <summary>Patents and needs in any number, made of the demo's sentences with words of the lexicon in the place of some of theirs.</summary>
/// <remarks>So they have the demo's lengths and its common words, and as many rare words as a large stock has. The same for the same seed.</remarks>
internal sealed class InventedStock
{
    private readonly Random _random;
    private readonly List<Patent> _patents;
    private readonly List<Need> _needs;
    private readonly string[] _words;

    private InventedStock(List<Patent> patents, List<Need> needs, string[] words, int seed)
    {
        (_patents, _needs, _words) = (patents, needs, words);
        _random = new Random(seed);
    }

    public static async Task<InventedStock> LoadAsync(int seed)
    {
        var directory = Directory.CreateTempSubdirectory("stock").FullName;
        try
        {
            using var stores = await new Installation(directory, Provider.Sqlite, $"Data Source={Path.Combine(directory, "store.db")};Pooling=False").OpenStoreAsync(TimeProvider.System, CancellationToken.None);
            var options = new ImportOptions { RejectsPath = Path.Combine(directory, "rejects.tsv") };
            foreach (var (kind, file) in ((ImportKind, string)[])[(ImportKind.Patents, "patents-1.csv"), (ImportKind.Patents, "patents-2.xlsx"), (ImportKind.Needs, "needs.xlsx")])
                await Importer.RunAsync(stores, kind, Repository.PathTo("data-seeds", "demo", file), options, CancellationToken.None);
            await using var store = stores.Open("test");
            var words = (await File.ReadAllLinesAsync(Repository.PathTo("data-seeds", "lexicon", "words.tsv"))).Select(l => l.Split('\t')[0]).Where(w => w.Length is 2 or 3 && w.All(c => c >= '\u4e00')).ToArray();
            return new InventedStock(await store.Patents.OrderBy(p => p.ApplicationNumber).ToListAsync(), await store.Needs.OrderBy(n => n.SourceId).ToListAsync(), words, seed);
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            Directory.Delete(directory, recursive: true);
        }
    }

    public Patent Patent()
    {
        var (model, subject) = (Pick(_patents), Subject());
        return new Patent
        {
            Id = Key(),
            Title = Blend(model.Title, subject),
            Abstract = Sentences(model.Abstract + Pick(_patents).Abstract, subject, 4),
            Claims = Sentences(model.Claims, subject, 2),
            Keywords = [.. subject],
            IpcCodes = model.IpcCodes,
            LegalStatus = LegalStatus.Granted,
        };
    }

    /// <summary>A need; every tenth is after what some patent has, in words of its own.</summary>
    public Need Need(IReadOnlyList<Patent> patents)
    {
        var model = Pick(_needs);
        if (_random.Next(10) == 0)
        {
            var wanted = patents[_random.Next(patents.Count)];
            return new Need { Id = Key(), Status = NeedStatus.Open, Title = "求" + wanted.Title, Description = Sentences(wanted.Abstract + model.Description, [.. wanted.Keywords], 3), Keywords = wanted.Keywords };
        }
        var subject = Subject();
        return new Need { Id = Key(), Status = NeedStatus.Open, Title = Blend(model.Title, subject), Description = Sentences(model.Description + Pick(_needs).Description, subject, 3), Keywords = [subject[0]], IpcHints = model.IpcHints };
    }

    private string[] Subject() => [Word() + Word(), Word(), Word()];

    // As in a language: a few words often, most of them seldom.
    private string Word() => _words[(int)(_words.Length * Math.Pow(_random.NextDouble(), 3))];

    private string Blend(string title, string[] subject)
    {
        var cut = title.Length / 3;
        return string.Concat(title.AsSpan(0, cut), subject[0], title.AsSpan(Math.Min(title.Length, cut + 4)));
    }

    private string Sentences(string? text, string[] subject, int most)
    {
        var made = new StringBuilder();
        var sentences = (text ?? "").Split('。', StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i < most && sentences.Length > 0; i++)
        {
            var sentence = sentences[_random.Next(sentences.Length)];
            var at = _random.Next(sentence.Length);
            made.Append(sentence.AsSpan(0, at)).Append(_random.Next(2) == 0 ? subject[_random.Next(subject.Length)] : Word()).Append(sentence.AsSpan(Math.Min(sentence.Length, at + 3))).Append('。');
        }
        return made.ToString();
    }

    private T Pick<T>(List<T> of) => of[_random.Next(of.Count)];

    private Guid Key()
    {
        Span<byte> bytes = stackalloc byte[16];
        _random.NextBytes(bytes);
        return new Guid(bytes);
    }
}
