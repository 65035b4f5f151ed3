using System.CommandLine;
using System.Globalization;
using Matchmaking.Patents;
using Matchmaking.Search.Associations;
using Matchmaking.Search.NewWords;
using Matchmaking.Store;
using Microsoft.EntityFrameworkCore;

namespace Matchmaking.Indexing;

/// <summary>The verb <c>lexicon</c>: learns about words from the stock that is loaded.</summary>
internal static class LexiconCommand
{
    /// <summary>Makes the verb.</summary>
    /// <param name="open">Opens the configured store from the parsed command line.</param>
    /// <param name="shared">Options of the program, such as --data.</param>
    public static Command Create(Func<ParseResult, CancellationToken, Task<StoreFactory>> open, params Option[] shared)
    {
        var output = new Option<string>("--out") { Description = "The file to write", Required = true };
        var origin = new Option<string>("--origin") { Description = "What it was learned from, in words, kept in the file", DefaultValueFactory = _ => "the loaded stock" };
        var alone = new Option<bool>("--alone") { Description = "Learn from the loaded stock alone, not on top of the published patents that were counted for this service" };
        var learn = new Command("associations", "Learn from titles, keywords and abstracts which words mean the like; put the file as associations.br into the data directory (词语关联)") { output, origin, alone };
        foreach (var option in shared)
            learn.Options.Add(option);
        learn.SetAction(async (parsed, cancellation) =>
        {
            await Task.Yield();
            var learner = await LearnerAsync(await open(parsed, cancellation), parsed.GetValue(alone) ? null : AssociationCounts.Shipped, cancellation);
            AssociationTable table;
            try
            {
                table = learner.Learn(parsed.GetValue(origin)!);
            }
            catch (InvalidOperationException e)
            {
                parsed.InvocationConfiguration.Error.WriteLine(e.Message);
                return 1;
            }
            return Put(parsed, output, table.Write, $"{learner.Texts:N0} texts, {learner.Tokens:N0} words read; {table.Count:N0} words learned, version {table.Version}");
        });
        var count = new Command("counts", "Count in titles, keywords and abstracts which words stand near each other, for others to learn on top of (词语共现)") { output, origin };
        foreach (var option in shared)
            count.Options.Add(option);
        count.SetAction(async (parsed, cancellation) =>
        {
            await Task.Yield();
            var learner = await LearnerAsync(await open(parsed, cancellation), null, cancellation);
            return Put(parsed, output, learner.Count(parsed.GetValue(origin)!).Write, $"{learner.Texts:N0} texts, {learner.Tokens:N0} words counted");
        });
        var near = new Argument<string>("WORD") { Description = "A word" };
        var show = new Command("near", "Show the words that lie closest to one among the associations in use (近义)") { near };
        show.SetAction(parsed =>
        {
            foreach (var (word, closeness) in AssociationTable.Shipped.Near(parsed.GetValue(near)!, 20))
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{closeness:0.00}\t{word}"));
            return 0;
        });
        return new Command("lexicon", "What is known of words (词库)") { learn, count, show, Words(open, shared) };
    }

    /// <summary>Reads the loaded stock to learn associations from.</summary>
    /// <param name="stores">The store.</param>
    /// <param name="before">What it learns on top of; null: nothing.</param>
    /// <param name="cancellation">Stops reading.</param>
    internal static async Task<AssociationLearner> LearnerAsync(StoreFactory stores, AssociationCounts? before, CancellationToken cancellation)
    {
        var learner = new AssociationLearner(before);
        await ReadAsync(stores, (text, codes) => learner.Add(text, IpcSymbol.Subclasses(codes)), cancellation);
        return learner;
    }

    // Writes what was made and says so.
    private static int Put(ParseResult parsed, Option<string> output, Action<Stream> write, FormattableString done)
    {
        var path = parsed.GetValue(output)!;
        try
        {
            using var file = File.Create(path);
            write(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            parsed.InvocationConfiguration.Error.WriteLine($"{path} can't be written: {e.Message}");
            return 1;
        }
        parsed.InvocationConfiguration.Output.WriteLine(done.ToString(CultureInfo.InvariantCulture));
        return 0;
    }

    private static Command Words(Func<ParseResult, CancellationToken, Task<StoreFactory>> open, Option[] shared)
    {
        var least = new Option<int>("--least") { Description = "How often a word must stand in the stock", DefaultValueFactory = _ => 10 };
        var information = new Option<double>("--information") { Description = "How many bits more often than by chance its parts must stand together", DefaultValueFactory = _ => 5 };
        var entropy = new Option<double>("--entropy") { Description = "How many bits of freedom its neighbours must have on either side", DefaultValueFactory = _ => 2 };
        least.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 2)
                result.AddError("--least must be 2 or more: what stands once has no company to change.");
        });
        var words = new Command("words", "Propose words that titles, keywords and abstracts use and no lexicon has, as tab-separated lines (新词发现)") { least, information, entropy };
        foreach (var option in shared)
            words.Options.Add(option);
        words.SetAction(async (parsed, cancellation) =>
        {
            await Task.Yield();
            var finder = new NewWordFinder();
            await ReadAsync(await open(parsed, cancellation), (text, _) => finder.Add(text), cancellation);
            var output = parsed.InvocationConfiguration.Output;
            output.WriteLine("word\tfrequency\tinformation\tleft_entropy\tright_entropy");
            foreach (var word in finder.Find(parsed.GetValue(least), parsed.GetValue(information), parsed.GetValue(entropy)))
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{word.Text}\t{word.Frequency}\t{word.Information:0.00}\t{word.LeftEntropy:0.00}\t{word.RightEntropy:0.00}"));
            return 0;
        });
        return words;
    }

    // Needs are left out: a need that must not be seen mustn't be felt either.
    private static async Task ReadAsync(StoreFactory stores, Func<string?, List<string>, bool> add, CancellationToken cancellation)
    {
        await using var store = stores.Open("lexicon");
        var patents = store.Patents.OrderBy(p => p.Id).Select(p => new { p.Title, p.Keywords, p.Abstract, p.IpcCodes }).AsAsyncEnumerable();
        await foreach (var patent in patents.WithCancellation(cancellation))
        {
            add(patent.Title, patent.IpcCodes);
            add(string.Join('；', patent.Keywords), patent.IpcCodes);
            if (!add(patent.Abstract, []))
                break;
        }
    }
}
