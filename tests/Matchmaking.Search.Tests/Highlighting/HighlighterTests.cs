using System.Net;
using System.Text.RegularExpressions;
using CsCheck;
using Matchmaking.Search.Highlighting;

namespace Matchmaking.Search.Tests.Highlighting;

public sealed partial class HighlighterTests
{
    private static readonly Highlighter s_highlighter = new(new CharacterAnalyzer());

    [Theory]
    [InlineData("一种锂电池", "锂", "一种<em>锂</em>电池")]
    [InlineData("一种锂电池", "锂池", "一种<em>锂</em>电<em>池</em>")]
    [InlineData("一种锂电池", "锂电", "一种<em>锂电</em>池")]
    [InlineData("a<b & \"c\" 'd' 锂", "锂", "a&lt;b &amp; &quot;c&quot; &#39;d&#39; <em>锂</em>")]
    [InlineData("<em>锂</em>", "锂", "&lt;em&gt;<em>锂</em>&lt;/em&gt;")]
    [InlineData("&amp;锂&", "锂", "&amp;amp;<em>锂</em>&amp;")]
    [InlineData("  锂\n", "锂", "<em>锂</em>")]
    [InlineData("𠮷锂𠮷", "锂", "𠮷<em>锂</em>𠮷")]
    public void A_short_text_is_shown_whole(string text, string terms, string expected) =>
        Assert.Equal([expected], s_highlighter.Highlight(text, Terms(terms)));

    [Theory]
    [InlineData("甲乙。丙丁锂戊。己庚", 6, "丙丁<em>锂</em>戊。")]
    [InlineData("甲乙，丙丁锂戊，己庚", 6, "丙丁<em>锂</em>戊，")]
    [InlineData("甲乙丙丁锂戊己庚", 5, "甲乙丙丁<em>锂</em>")]
    [InlineData("甲乙锂丙", 2, "<em>锂</em>丙")]
    [InlineData("A. B. 锂 C. D", 6, "<em>锂</em> C.")]
    public void Fragments_end_where_sentences_and_clauses_do(string text, int length, string expected) =>
        Assert.Equal([expected], s_highlighter.Highlight(text, Terms("锂"), 1, length));

    [Fact]
    public void The_best_fragments_come_first()
    {
        var terms = new Dictionary<string, double> { ["锂"] = 1, ["硫"] = 5, ["碳"] = 2 };
        var fragments = s_highlighter.Highlight("锂锂锂锂。无无无无。硫甲乙丙。锂碳甲乙。", terms, 2, 5);
        Assert.Equal(["<em>硫</em>甲乙丙。", "<em>锂碳</em>甲乙。"], fragments);
    }

    [Fact]
    public void Where_no_term_stands_there_is_nothing_to_show()
    {
        Assert.Empty(s_highlighter.Highlight("水泥", Terms("锂")));
        Assert.Empty(s_highlighter.Highlight("", Terms("锂")));
        Assert.Empty(s_highlighter.Highlight("锂", Terms("")));
        Assert.Null(s_highlighter.Snippet("水泥", "锂"));
        Assert.Equal("水<em>泥</em>", s_highlighter.Snippet("水泥", "泥"));
    }

    [Fact]
    public void A_fragment_is_a_part_of_the_text_and_not_too_long() =>
        Gen.Select(
            Gen.OneOfConst("锂", "电", "池", "。", "，", "\n", " ", "<", "&", "'", "𠮷", "Ａ", "é", "a. ").List[0, 80].Select(string.Concat),
            Gen.OneOfConst("锂", "锂电", "电池", "池a"),
            Gen.Int[2, 30],
            Gen.Int[0, 4]).Sample((text, terms, length, most) =>
        {
            var fragments = s_highlighter.Highlight(text, Terms(terms), most, length);
            Assert.True(fragments.Count <= most);
            foreach (var fragment in fragments)
            {
                var plain = WebUtility.HtmlDecode(Tags().Replace(fragment, ""));
                Assert.Contains(plain, text, StringComparison.Ordinal);
                Assert.True(plain.Length <= length);
                Assert.Contains("<em>", fragment, StringComparison.Ordinal);
                Assert.False(char.IsLowSurrogate(plain[0]) || char.IsHighSurrogate(plain[^1]));
                Assert.All(Marked().Matches(fragment), mark => Assert.All(mark.Groups[1].Value, c => Assert.Contains(c, terms)));
            }

            var whole = s_highlighter.Highlight(text, Terms(terms), 1, Math.Max(2, text.Length)).SingleOrDefault() ?? "";
            Assert.Equal(text.Count(terms.Contains), Marked().Matches(whole).Sum(mark => mark.Groups[1].Length));
        }, iter: 2000);

    private static Dictionary<string, double> Terms(string characters) => characters.ToDictionary(c => c.ToString(), _ => 1.0);

    [GeneratedRegex("</?em>")]
    private static partial Regex Tags();

    [GeneratedRegex("<em>(.*?)</em>", RegexOptions.Singleline)]
    private static partial Regex Marked();
}
