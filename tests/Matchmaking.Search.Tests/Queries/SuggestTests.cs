using Lucene.Net.Store;
using Matchmaking.Search.Queries;

namespace Matchmaking.Search.Tests.Queries;

public sealed class SuggestTests
{
    [Theory]
    [InlineData("石墨稀", "石墨烯")]
    [InlineData("+石墨稀 -水泥", "+石墨烯 -水泥")]
    [InlineData("title:石墨 电池", "title:石墨烯 电池")]
    [InlineData("lifpeo4", "lifepo4")]
    [InlineData("石墨烯", "")]
    [InlineData("完全不同", "")]
    [InlineData("-石墨稀 电池", "")]
    [InlineData("\"石墨稀\" 电池", "")]
    public void A_word_that_finds_nothing_is_replaced(string text, string expected)
    {
        using var index = Samples.Build(new RAMDirectory(), [Samples.Document(1, "石墨烯 电池"), Samples.Document(2, "石墨烯 LiFePO4")]);
        using var snapshot = index.Acquire();
        Assert.Equal(
            expected.Length == 0 ? [] : [expected],
            snapshot.Suggest(UserQuery.Parse(Samples.Schema, Samples.Analyzer, text)));
    }
}
