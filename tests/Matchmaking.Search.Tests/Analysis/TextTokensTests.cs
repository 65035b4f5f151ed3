using System.Globalization;
using System.Text;
using CsCheck;
using Matchmaking.Search.Analysis;

namespace Matchmaking.Search.Tests.Analysis;

public class TextTokensTests
{
    private const string Telling = "锂离子电池号型的，。.-/+# \u3000\nＡa5９５Ｇ①㎡é\u0301𠮷😀\uD840\uDC00\uFFFF電動H01M";

    private static readonly Gen<string> AnyText = Gen.OneOf(
        Gen.Char.Array[0, 80].Select(units => new string(units)),
        Gen.OneOfConst(Telling.ToCharArray()).Array[0, 80].Select(units => new string(units)),
        Gen.OneOfConst(Telling.ToCharArray()).Array[1000, 2500].Select(units => new string(units)));

    /// <summary>Wholes are separated by blanks; = stands before what shares the position, in order.</summary>
    [Theory]
    [InlineData("7号", "7号/0-2 =7/0-1 =号/1-2")]
    [InlineData("LiFePO4", "lifepo4/0-7 =lifepo/0-6 =4/6-7")]
    [InlineData("５Ｇ通信", "5g通信/0-4 =5g/0-2 =5/0-1 =g/1-2 =通信/2-4")]
    [InlineData("PM2.5", "pm2.5/0-5 =pm/0-2 =2.5/2-5")]
    [InlineData("C3841", "c3841/0-5 =c/0-1 =3841/1-5")]
    [InlineData("7075铝合金", "7075铝合金/0-7 =7075/0-4 铝合金/4-7")]
    [InlineData("H01M 4/36", "h01m4/36/0-9 =h01m/0-4 =4/5-6 =36/7-9")]
    [InlineData("H01M4/36", "h01m4/36/0-8 =h01m4/0-5 =h01m/0-4 =36/6-8")]
    [InlineData("H01M4.5/36", "h01m4.5/0-7 =h/0-1 =01/1-3 =m/3-4 =4.5/4-7 36/8-10")]
    [InlineData("CN202310123456.7", "cn202310123456.7/0-16 =cn/0-2 =202310123456.7/2-16")]
    [InlineData("XYZ－1200A", "xyz1200a/0-9 =xyz/0-3 =1200a/4-9 =1200/4-8")]
    [InlineData("C++和C#", "c++/0-3 =c/0-1 c#/4-6 =c/4-5")]
    [InlineData("5-10mm", "5/0-1 10mm/2-6 =10/2-4 =mm/4-6")]
    [InlineData("永磁同步電機", "永磁同步电机/0-6 =同步/2-4 =电机/4-6")]
    [InlineData("锂离子电池负极材料", "锂离子电池/0-5 =离子/1-3 =电池/3-5 负极材料/5-9 =负极/5-7 =材料/7-9")]
    [InlineData("elastic fibers", "elastic/0-7 fibers/8-14")]
    [InlineData("naïve 10㎡", "naive/0-5 10m2/6-9 =10/6-8 =m/8-9 =2/8-9")]
    [InlineData("𝐀𝐁数据", "ab/0-4 数据/4-6")]
    [InlineData("材料的性能", "材料/0-2 性能/3-5")]
    [InlineData("残膜回收", "残/0-1 =残膜/0-2 膜/1-2 回收/2-4")]
    [InlineData("膜的厚", "膜/0-1 厚/2-3")]
    [InlineData("，。 ①", "")]
    public void Wholes_and_their_parts(string text, string expected)
    {
        var analysis = new TextTokens(TechnicalLexicon.Default, expandsSynonyms: false);
        Assert.Equal(expected, Print(analysis, text));
    }

    [Fact]
    public void Every_synonym_names_its_kind_and_where_its_fact_comes_from()
    {
        var rows = SeedTable.Read("synonyms.tsv", 3).ToList();
        Assert.InRange(rows.Count, 200, int.MaxValue);
        Assert.All(rows, row =>
        {
            Assert.Contains(row[0], (string[])["abbreviation", "formula", "variant", "related"]);
            Assert.Matches(@"^(own|IUPAC|GB/T \d+(\.\d+)?-\d{4})$", row[1]);
            var names = row[2].Split('|');
            Assert.InRange(names.Length, 2, int.MaxValue);
            Assert.Equal(names.Length, names.Select(TextFolding.Fold).Distinct(StringComparer.Ordinal).Count());
        });
    }

    [Fact]
    public void Synonyms_stand_at_the_position_of_the_whole_and_say_so()
    {
        var lexicon = new TechnicalLexicon([], [["电动汽车", "EV"], ["EV", "电动车"]], []);
        var analysis = new TextTokens(lexicon);
        Assert.Equal("ev/0-2 =电动汽车/0-2 =电动车/0-2", Print(analysis, "EV"));
        Assert.Equal("电动汽车/0-4 =ev/0-4 =电动/0-2 =汽车/2-4", Print(analysis, "电动汽车"));
        Assert.Equal(TextTokenKind.Synonym, analysis.Analyze("EV")[1].Kind);
    }

    [Fact]
    public void Stop_words_and_sentence_ends_leave_a_gap()
    {
        var analysis = new TextTokens(new TechnicalLexicon([], [], ["的"]));
        Assert.Equal([1, 2, 2], analysis.Analyze("材料的性能。电池").ToArray().Where(token => token.Kind != TextTokenKind.Character).Select(token => token.PositionIncrement));
    }

    /// <summary>A dot stands for the mark before a character.</summary>
    [Theory]
    [InlineData("电池", "电池/0-2 =·电/0-1 =·池/1-2")]
    [InlineData("膜的厚", "膜/0-1 =·膜/0-1 厚/2-3 =·厚/2-3")]
    [InlineData("永磁同步電機", "永磁同步电机/0-6 =同步/2-4 =电机/4-6 =·永/0-1 =·磁/1-2 =·同/2-3 =·步/3-4 =·电/4-5 =·机/5-6")]
    [InlineData("𠮷3D", "𠮷/0-2 =·𠮷/0-2 3d/2-4 =3/2-3 =d/3-4")]
    [InlineData("5G通信", "5g通信/0-4 =5g/0-2 =5/0-1 =g/1-2 =通信/2-4 =·通/2-3 =·信/3-4")]
    public void Characters_stand_last_at_the_position_of_their_word(string text, string expected) =>
        Assert.Equal(expected, Print(new TextTokens(TechnicalLexicon.Default, expandsSynonyms: false), text, characters: true).Replace(TextTokens.CharacterMark, '·'));

    [Fact]
    public void Any_text_gives_tokens_inside_it_in_order() => AnyText.Sample(
        text =>
        {
            var analysis = new TextTokens();
            int wholeEnd = 0;
            int start = 0;
            foreach (var token in analysis.Analyze(text).ToArray())
            {
                Assert.InRange(token.TermLength, 1, TextTokens.LongestTerm);
                Assert.InRange(token.Start, token.Kind == TextTokenKind.Character ? 0 : start, text.Length - 1);
                Assert.InRange(token.End, token.Start + 1, text.Length);
                if (token.Kind == TextTokenKind.Character)
                {
                    // Each of a word, and nothing besides.
                    Assert.Equal(0, token.PositionIncrement);
                    Assert.InRange(token.End, 1, wholeEnd);
                    Assert.Equal(TextTokens.CharacterMark + TextFolding.Fold(text[token.Start..token.End]), analysis.Term(token).ToString());
                    continue;
                }
                if (token.PositionIncrement > 0)
                    wholeEnd = token.End;
                else if (token.Kind is TextTokenKind.Part or TextTokenKind.Synonym)
                    Assert.True(token.End <= wholeEnd || token.Kind == TextTokenKind.Part, "a synonym is longer than its whole");
                start = token.Start;
                if (token.Kind == TextTokenKind.Synonym)
                    continue;
                string covered = TextFolding.Fold(text[token.Start..token.End]);
                string term = analysis.Term(token).ToString();
                Assert.Contains(term, Squeeze(covered), StringComparison.Ordinal);
            }
        },
        iter: 2000);

    [Fact]
    public void A_used_analysis_answers_as_a_new_one()
    {
        var used = new TextTokens();
        AnyText.Sample(text => Assert.Equal(Print(new TextTokens(), text), Print(used, text)), iter: 500, threads: 1);
    }

    [Fact]
    public void The_token_stream_gives_the_same_tokens() => AnyText.Sample(
        text =>
        {
            using var analyzer = new TechnicalTextAnalyzer();
            Assert.Equal(
                Print(new TextTokens(), text, characters: true).Replace("=", "", StringComparison.Ordinal),
                Segmentation.Tokens.Print(analyzer, text).Replace("=", "", StringComparison.Ordinal));
        },
        iter: 300);

    [Fact]
    public void Analyzing_allocates_nothing_once_warm()
    {
        var analysis = new TextTokens();
        string text = string.Concat(Enumerable.Repeat("一种電動汽车用LiFePO4锂离子电池，容量为160mAh/g。", 100));
        int expected = analysis.Analyze(text).Length;
        long before = GC.GetAllocatedBytesForCurrentThread();
        int found = analysis.Analyze(text).Length;
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(expected, found);
    }

    private static string Print(TextTokens analysis, string text, bool characters = false)
    {
        var printed = new StringBuilder();
        foreach (var token in analysis.Analyze(text))
        {
            if (token.Kind == TextTokenKind.Character && !characters)
                continue;
            printed.Append(printed.Length > 0 ? " " : "").Append(token.PositionIncrement == 0 ? "=" : "").Append(analysis.Term(token))
                .Append(CultureInfo.InvariantCulture, $"/{token.Start}-{token.End}");
        }
        return printed.ToString();
    }

    private static string Squeeze(string text) => string.Concat(text
        .Where(unit => !" \t\r\n\u3000-\u2010\u2011－".Contains(unit, StringComparison.Ordinal))
        .Select(unit => unit switch { '．' => '.', '／' => '/', _ => unit }));
}
