using Matchmaking.Search.Analysis;

namespace Matchmaking.Search.Tests.Analysis;

public class TextFoldingTests
{
    [Theory]
    [InlineData("ＡｂＣ１２３", "abc123")]
    [InlineData("Übergröße Café", "ubergrosse cafe")]
    [InlineData("e\u0301", "e")]
    [InlineData("H₂O x² ½", "h2o x2 1/2")]
    [InlineData("㎡ ℃ Ⅲ ﬁ", "m2 °c iii fi")]
    [InlineData("①步骤", " 步骤")]
    [InlineData("電動汽車與儲能", "电动汽车与储能")]
    [InlineData("零\u200B宽", "零宽")]
    [InlineData("𝐀𠮷", "a𠮷")]
    [InlineData("，。％（）", "，。％（）")]
    [InlineData("ΩΜμµ", "ωμμμ")]
    [InlineData("\uD840", "\uD840")]
    [InlineData("\uDC00a", "\uDC00a")]
    [InlineData("", "")]
    public void Spellings_of_one_thing_come_together(string text, string folded) => Assert.Equal(folded, TextFolding.Fold(text));

    [Fact]
    public void Folding_twice_changes_nothing_more()
    {
        for (int character = 0; character < 0x30000; character++)
        {
            if (character is >= 0xD800 and < 0xE000)
                continue;
            string once = TextFolding.Fold(char.ConvertFromUtf32(character));
            Assert.True(once == TextFolding.Fold(once), $"U+{character:X4}");
        }
    }
}
