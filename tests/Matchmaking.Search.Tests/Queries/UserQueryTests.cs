using Matchmaking.Search.Queries;

namespace Matchmaking.Search.Tests.Queries;

public sealed class UserQueryTests
{
    [Theory]
    [InlineData("", 0, "empty")]
    [InlineData("  　 ", 0, "empty")]
    [InlineData("电池 \"石墨烯", 3, "never closed")]
    [InlineData("电池 “石墨烯", 3, "never closed")]
    [InlineData("5\"管", 1, "never closed")]
    [InlineData("\"\"", 0, "nothing between")]
    [InlineData("+“ ”", 1, "nothing between")]
    [InlineData("电池 + 石墨烯", 3, "stands alone")]
    [InlineData("电池 -", 3, "stands alone")]
    [InlineData("电池 －", 3, "stands alone")]
    [InlineData("+-电池", 0, "stands alone")]
    [InlineData("*", 0, "stands alone")]
    [InlineData("电池 ＊", 3, "stands alone")]
    [InlineData("a*b", 1, "may only end")]
    [InlineData("a**", 1, "may only end")]
    [InlineData(":电池", 0, "missing before")]
    [InlineData("+：电池", 1, "missing before")]
    [InlineData("title:", 5, "Nothing follows")]
    [InlineData("标题： 电池", 2, "Nothing follows")]
    [InlineData("见 http://x", 2, "no field \"http\"")]
    [InlineData("锂 颜色:红", 2, "no field \"颜色\"")]
    [InlineData("-电池 -title:石墨烯", 0, "only says what not")]
    [InlineData("year:近年", 5, "\"year\" wants")]
    [InlineData("电池 年份:2022..2019", 6, "\"year\" wants")]
    [InlineData("year:201*", 5, "\"year\" wants")]
    [InlineData("year:..", 5, "\"year\" wants")]
    [InlineData("year:99999999999999999999", 5, "\"year\" wants")]
    [InlineData("ipc:\" . \"x 电池 *", 14, "stands alone")]
    public void What_is_wrong_is_said_and_where(string text, int position, string message)
    {
        var failure = Assert.Throws<QuerySyntaxException>(() => Parse(text));
        Assert.Equal(position, failure.Position);
        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Too_long_a_query_is_refused()
    {
        Parse(new string('a', 1000));
        Assert.Equal(1000, Assert.Throws<QuerySyntaxException>(() => Parse(new string('a', 1001))).Position);
    }

    [Fact]
    public void Too_many_clauses_are_refused()
    {
        var hundred = string.Concat(Enumerable.Repeat("a ", 100));
        Parse(hundred);
        Assert.Equal(200, Assert.Throws<QuerySyntaxException>(() => Parse(hundred + "b")).Position);
    }

    [Theory]
    [InlineData("电池 石墨烯", "电池|石墨烯")]
    [InlineData("+电池 -title:石墨烯 \"锂 电池\"", "+电池|-title:石墨烯|\"锂 电池\"")]
    [InlineData("＋电池　－标题：石墨烯 “锂 电池”", "+电池|-title:石墨烯|\"锂 电池\"")]
    [InlineData("LiFe* 标题:锂＊", "LiFe*|title:锂*")]
    [InlineData("ipc:H01M TITLE:\"a b\"", "ipc:H01M|title:\"a b\"")]
    [InlineData("比例1:2 10:1", "比例1:2|10:1")]
    [InlineData("锂-硫 a+b C++", "锂-硫|a+b|C++")]
    [InlineData("电池\"石墨烯\"薄膜", "电池|\"石墨烯\"|薄膜")]
    [InlineData("number:CN201710117081.7", "number:201710117081")]
    [InlineData("电池 CN 2017 1 0117081.7 锂", "电池|number:201710117081|锂")]
    [InlineData("+201710117081", "+number:201710117081")]
    [InlineData("\"2017101170817\"", "number:201710117081")]
    [InlineData("year:２０１９..2022", "year:２０１９..2022")]
    public void A_query_reads_as(string text, string clauses) =>
        Assert.Equal(clauses, string.Join('|', Parse(text).Clauses.Select(Write)));

    [Theory]
    [InlineData("2019", 2019L, 2019L)]
    [InlineData("2019..2022", 2019L, 2022L)]
    [InlineData("２０１９．．２０２２", 2019L, 2022L)]
    [InlineData("2019～2022", 2019L, 2022L)]
    [InlineData("2019至2022", 2019L, 2022L)]
    [InlineData("2019..", 2019L, null)]
    [InlineData("..2022", null, 2022L)]
    [InlineData("-5..-3", -5L, -3L)]
    public void A_range_reads_as(string text, long? minimum, long? maximum) =>
        Assert.Equal((minimum, maximum), UserQuery.ReadRange(text));

    private static UserQuery Parse(string text) => UserQuery.Parse(Samples.Schema, Samples.Analyzer, text);

    private static string Write(QueryClause clause)
    {
        var sign = clause.Sign switch
        {
            ClauseSign.Must => "+",
            ClauseSign.Not => "-",
            _ => "",
        };
        var field = clause.Field is null ? "" : clause.Field.Name + ":";
        return sign + field + clause.Kind switch
        {
            ClauseKind.Phrase => $"\"{clause.Value}\"",
            ClauseKind.Prefix => clause.Value + "*",
            _ => clause.Value,
        };
    }
}
