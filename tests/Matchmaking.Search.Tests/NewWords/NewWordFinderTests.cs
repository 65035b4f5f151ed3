using CsCheck;
using Matchmaking.Search.NewWords;

namespace Matchmaking.Search.Tests.NewWords;

// A stock of invented sentences around words that no lexicon has: 铕钬镥 in any company, 锂锰氧 only within 锂锰氧膜.
public sealed class NewWordFinderTests
{
    private const string Company = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥";

    [Fact]
    public void A_word_that_holds_together_in_changing_company_is_proposed_with_its_figures()
    {
        var finder = Read();
        var found = finder.Find(least: 5, information: 3, entropy: 2);
        var word = Assert.Single(found, word => word.Text == "铕钬镥");
        Assert.Equal(Company.Length, word.Frequency);
        // Its neighbours never repeat on either side.
        Assert.Equal(Math.Log2(Company.Length), word.LeftEntropy, 9);
        Assert.Equal(Math.Log2(Company.Length), word.RightEntropy, 9);
        // All its parts stand nowhere else, so the cuts are alike.
        Assert.Equal(Math.Log2(finder.Characters / (double)Company.Length), word.Information, 9);
    }

    [Fact]
    public void A_piece_of_a_word_isnt_one()
    {
        var found = Read().Find(least: 5, information: 3, entropy: 2).Select(word => word.Text).ToList();
        Assert.Contains("锂锰氧膜", found);
        Assert.DoesNotContain("锂锰氧", found);
        Assert.DoesNotContain("锰氧膜", found);
        Assert.DoesNotContain("铕钬", found);
    }

    [Fact]
    public void What_the_lexicon_has_or_begins_with_a_stop_word_is_left_out()
    {
        var finder = new NewWordFinder();
        foreach (var unit in Company)
        {
            finder.Add($"{unit}方法{unit}的铕钬镥{unit}ＬｉＦｅＰＯ４{unit}钙钛矿{unit}");
            finder.Add($"{unit}铕钬镥的");
        }

        var found = finder.Find(least: 5, information: 0, entropy: 1).Select(word => word.Text).ToList();
        Assert.Contains("铕钬镥", found);
        Assert.DoesNotContain("方法", found);
        Assert.DoesNotContain("钙钛矿", found);
        Assert.DoesNotContain("的铕钬镥", found);
    }

    [Fact]
    public void No_more_is_kept_than_was_allowed()
    {
        var finder = new NewWordFinder(mostCharacters: 100);
        Assert.True(finder.Add(new string('钙', 60)));
        Assert.False(finder.Add(new string('钛', 60)));
        Assert.False(finder.Add("矿"));
        Assert.InRange(finder.Characters, 60, 100);
        Assert.NotNull(finder.Find(2, 0, 0));
    }

    [Fact]
    public void Frequencies_are_those_of_the_text()
    {
        Gen.Char["铕钬镥锂，"].Array[0, 60].Select(units => new string(units)).Sample(text =>
        {
            var finder = new NewWordFinder();
            finder.Add(text);
            foreach (var word in finder.Find(least: 1, information: double.NegativeInfinity, entropy: 0))
            {
                Assert.Equal(Enumerable.Range(0, text.Length).Count(at => text.AsSpan(at).StartsWith(word.Text, StringComparison.Ordinal)), word.Frequency);
                Assert.InRange(word.LeftEntropy, 0, Math.Log2(word.Frequency) + 1e-9);
                Assert.InRange(word.RightEntropy, 0, Math.Log2(word.Frequency) + 1e-9);
            }
        });
    }

    private static NewWordFinder Read()
    {
        var finder = new NewWordFinder();
        foreach (var (i, unit) in Company.Index())
        {
            var other = Company[(i + 7) % Company.Length];
            finder.Add($"{unit}铕钬镥{other}，{other}锂锰氧膜{unit}。Ｃ１２{unit}");
        }

        return finder;
    }
}
