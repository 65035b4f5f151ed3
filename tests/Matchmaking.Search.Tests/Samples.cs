using Lucene.Net.Analysis;
using Lucene.Net.Util;
using Matchmaking.Search.Indexing;

namespace Matchmaking.Search.Tests;

// A small schema with every kind of field, and documents over few words, so that random documents collide.
internal static class Samples
{
    public static readonly string[] Words =
        ["电池", "石墨烯", "薄膜", "散热", "涂层", "催化剂", "机器人", "传感器", "水泥", "钢", "锂", "lifepo4", "5g", "激光", "𠮷"];

    public static readonly string[] Symbols = ["H", "H01", "H01M", "H01M4/36", "C", "C04", "C04B"];

    public static Analyzer Analyzer { get; } = new WordAnalyzer();

    public static TextIndexSchema Schema { get; } = MakeSchema();

    public static TextIndexSchema MakeSchema(string analysis = "words 1") => new(
        analysis,
        [
            new TextField("title", 3, 0.4) { Aliases = ["标题", "名称"] },
            new TextField("abstract", 1) { Aliases = ["摘要"] },
            new TextField("claims", 0.5, 0.9),
            new SymbolField("ipc", 0.7) { Aliases = ["分类号"], Normalise = static s => s.Replace(" ", "").ToUpperInvariant() },
            new TagField("holder") { Aliases = ["专利权人"] },
            new TagField("province"),
            new NumberField("year") { Aliases = ["年份"] },
            new IdentifierField("number"),
        ])
    {
        RecogniseIdentifier = static word =>
        {
            var digits = word.Replace("CN", "", StringComparison.OrdinalIgnoreCase).Replace(".", "", StringComparison.Ordinal);
            return digits.Length is 12 or 13 && digits.All(char.IsAsciiDigit) ? digits[..12] : null;
        },
    };

    public static Guid Key(int n) => new(n, 0, 0, new byte[8]);

    public static TextDocument Document(int key, string title, string? text = null, string? claims = null) =>
        new TextDocument(Key(key)).AddText("title", title).AddText("abstract", text).AddText("claims", claims);

    public static TextIndex Build(Lucene.Net.Store.Directory directory, IEnumerable<TextDocument> documents)
    {
        var index = TextIndex.Open("memory", directory, Schema, Analyzer);
        foreach (var document in documents)
        {
            index.Put(document);
        }

        index.Commit(1);
        return index;
    }

    // Words parted by blanks, lowercased: what a test sees is what is indexed.
    private sealed class WordAnalyzer : Analyzer
    {
        protected override TokenStreamComponents CreateComponents(string fieldName, TextReader reader)
        {
            var tokenizer = new Lucene.Net.Analysis.Core.WhitespaceTokenizer(LuceneVersion.LUCENE_48, reader);
            return new(tokenizer, new Lucene.Net.Analysis.Core.LowerCaseFilter(LuceneVersion.LUCENE_48, tokenizer));
        }
    }
}
