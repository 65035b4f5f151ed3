using CsCheck;
using Matchmaking.Search.Indexing;
using Matchmaking.Search.Ranking;

namespace Matchmaking.Search.Tests;

// Random documents, queries and histories over the words of Samples.
internal static class SampleGen
{
    private static readonly Gen<string> s_text = Gen.OneOfConst(Samples.Words).List[0, 12].Select(words => string.Join(' ', words));

    public static readonly Gen<TextDocument> Document = Gen.Select(
        Gen.Int[0, 30],
        s_text,
        s_text,
        s_text,
        Gen.OneOfConst(Samples.Symbols).HashSet[0, 3],
        Gen.OneOfConst("甲", "乙", "丙").HashSet[0, 2],
        Gen.Int[2015, 2024],
        Gen.Bool,
        (key, title, text, claims, symbols, holders, year, dated) =>
        {
            var document = Samples.Document(key, title, text, claims).SetNumber("year", dated ? year : null);
            document.AddIdentifier("number", $"2017{key:D8}");
            foreach (var symbol in symbols)
            {
                document.AddSymbol("ipc", symbol);
            }

            foreach (var holder in holders)
            {
                document.AddTag("holder", holder);
            }

            return document;
        });

    public static readonly Gen<WeightedQuery> Query = Gen.Select(
        Gen.Select(Gen.OneOfConst([.. Samples.Words, "无此词"]), Gen.Double[0.1, 5]).List[0, 10],
        Gen.Select(Gen.OneOfConst([.. Samples.Symbols, "A61K"]), Gen.Double[0.1, 2]).List[0, 3],
        Gen.Int[1, 8],
        (words, symbols, most) => new WeightedQuery(
            words.Select(word => new WeightedTerm(IndexTerm.Word(word.Item1), word.Item2, []))
                .Concat(symbols.Select(symbol => new WeightedTerm(IndexTerm.Symbol("ipc", symbol.Item1), symbol.Item2, []))),
            most));

    // What happened to an index: puts, removals, commits.
    public static readonly Gen<List<Step>> History = Gen.Frequency(
        (6, Document.Select(document => new Step(document, null, false))),
        (2, Gen.Int[0, 30].Select(key => new Step(null, Samples.Key(key), false))),
        (2, Gen.Const(new Step(null, null, true)))).List[0, 60];

    public sealed record Step(TextDocument? Put, Guid? Remove, bool Commit);
}
