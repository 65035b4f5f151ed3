using System.Text;
using CsCheck;
using Lucene.Net.Util;
using Matchmaking.Search.Analysis;
using Matchmaking.Search.Segmentation;

namespace Matchmaking.Search.Tests.Segmentation;

public class SegmenterProperties
{
    private const string Telling = "中国科学院电池的，。.!?（）\"' \u3000\t\r\n\u2028\u2029aZ９Ａ0\uD840\uDC00\uFFFF\u0301\u00A0";

    private static readonly Gen<string> AnyText = Gen.OneOf(
        Gen.Char.Array[0, 60].Select(units => new string(units)),
        Gen.OneOfConst(Telling.ToCharArray()).Array[0, 60].Select(units => new string(units)),
        Gen.OneOfConst(Telling.ToCharArray()).Array[1000, 2100].Select(units => new string(units)));

    [Fact]
    public void Words_follow_one_another_and_only_blanks_lie_between() => AnyText.Sample(
        text =>
        {
            int end = 0;
            foreach (var word in new Segmenter().Segment(text))
            {
                Assert.InRange(word.Start, end, text.Length - 1);
                Assert.InRange(word.End, word.Start + 1, text.Length);
                Assert.True(Blank(text.AsSpan(end, word.Start - end)), "something was left out");
                end = word.End;
            }
            Assert.True(Blank(text.AsSpan(end)), "the end was left out");
        },
        iter: 2000);

    [Fact]
    public void A_term_is_the_text_it_covers_folded() => AnyText.Sample(
        text =>
        {
            foreach (var word in new Segmenter().Segment(text))
            {
                string covered = text[word.Start..word.End];
                var term = new char[word.Length];
                int length = word.CopyTerm(covered, term);
                string expected = word.Kind switch
                {
                    WordKind.Delimiter => ",",
                    WordKind.Word => string.Concat(covered.Where(unit => !" \t\r\n\u3000".Contains(unit, StringComparison.Ordinal))),
                    _ => string.Concat(covered.Select(unit =>
                        unit is (>= 'Ａ' and <= 'Ｚ') or (>= 'ａ' and <= 'ｚ') or (>= '０' and <= '９') or (>= 'A' and <= 'Z')
                            ? char.ToLowerInvariant((char)(unit > 0xFF00 ? unit - 0xFEE0 : unit))
                            : unit)),
                };
                Assert.Equal(expected, new string(term, 0, length));
            }
        },
        iter: 2000);

    [Fact]
    public void The_token_stream_gives_what_the_segmenter_gives() => AnyText.Sample(
        text =>
        {
            var expected = new StringBuilder();
            var term = new char[Segmenter.Window];
            foreach (var word in new Segmenter().Segment(text))
            {
                int length = word.CopyTerm(text.AsSpan(word.Start, word.Length), term);
                if (SmartChineseAnalyzer.DefaultStopSet.Contains(term, 0, length) || char.IsAsciiLetter(term[0]))
                    continue;
                expected.Append(term, 0, length).Append('/').Append(word.Start).Append('-').Append(word.End).Append(' ');
            }
            using var analyzer = new SmartChineseAnalyzer(LuceneVersion.LUCENE_48);
            string printed = Tokens.Print(analyzer, text);
            Assert.Equal(
                expected.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries),
                printed.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(token => !char.IsAsciiLetter(token[0])));
        },
        iter: 500);

    [Fact]
    public void A_used_segmenter_answers_as_a_new_one()
    {
        var used = new Segmenter();
        AnyText.Sample(
            text =>
            {
                var fresh = new List<Word>();
                foreach (var word in new Segmenter().Segment(text))
                    fresh.Add(word);
                var again = new List<Word>();
                foreach (var word in used.Segment(text))
                    again.Add(word);
                Assert.Equal(fresh, again);
            },
            iter: 500,
            threads: 1);
    }

    [Fact]
    public void Segmenting_allocates_nothing_once_warm()
    {
        var segmenter = new Segmenter();
        string text = string.Concat(Enumerable.Repeat("一种锂离子电池用硅碳复合负极材料，容量为160mAh/g。", 200));
        int expected = Count(segmenter, text);
        long before = GC.GetAllocatedBytesForCurrentThread();
        int found = Count(segmenter, text);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(expected, found);
    }

    private static int Count(Segmenter segmenter, string text)
    {
        int count = 0;
        foreach (var _ in segmenter.Segment(text))
            count++;
        return count;
    }

    private static bool Blank(ReadOnlySpan<char> text) => text.IndexOfAnyExcept(" \t\r\n\u3000") < 0;
}
