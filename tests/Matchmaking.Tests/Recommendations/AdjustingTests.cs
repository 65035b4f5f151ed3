using CsCheck;
using Matchmaking.Recommendations;
using Xunit;

namespace Matchmaking.Tests.Recommendations;

/// <summary>What answers change: each rule by an example, and what holds of them all.</summary>
public sealed class AdjustingTests
{
    private static readonly DateTime Now = new(2026, 11, 23, 2, 0, 0, DateTimeKind.Utc);
    private static readonly Guid Mine = Key(0);

    /// <summary>The answer, what the pair has in common with what was answered, and what comes of it: points, or null for held.</summary>
    public static TheoryData<string, string, double?> Rules => new()
    {
        { "INTERESTED", "holder", 4 },
        { "INTERESTED", "class", 4 },
        { "INTERESTED", "holder class", 8 },
        { "INTERESTED", "same", 10 },
        { "INTERESTED", "", 0 },
        { "NOT_RELEVANT", "holder", -3 },
        { "NOT_RELEVANT", "class", -8 },
        { "NOT_RELEVANT", "holder class", -11 },
        { "NOT_RELEVANT", "same", null },
        { "NOT_RELEVANT", "family", null },
        { "NOT_RELEVANT", "same otherNeed", -20 },
        { "TOO_EARLY", "same", null },
        { "TOO_EARLY", "same ready", 0 },
        { "TOO_EARLY", "family", null },
        { "TOO_EARLY", "", -10 },
        { "TOO_EARLY", "ready", 0 },
        { "PRICE", "same", null },
        { "PRICE", "same dearer", null },
        { "PRICE", "same cheaper", 0 },
        { "PRICE", "same negotiable", 0 },
        { "PRICE", "family", null },
        { "PRICE", "holder class", 0 },
        { "MODE_NOT_OFFERED", "same", null },
        { "MODE_NOT_OFFERED", "same modes", 0 },
        { "MODE_NOT_OFFERED", "holder class", 0 },
        { "DESCRIPTION_UNCLEAR", "same", null },
        { "DESCRIPTION_UNCLEAR", "same otherPatent", -10 },
        { "BENEFIT_UNCLEAR", "family", null },
        { "ROUTE_UNCLEAR", "holder class", 0 },
        { "ALREADY_SOLVED", "", null },
        { "ALREADY_SOLVED", "otherNeed", 0 },
    };

    /// <summary>What answers teach the ranking: every way to answer is one of fit, of offer or of neither.</summary>
    [Theory]
    [InlineData(RecommendationState.Interested, null, 3)]
    [InlineData(RecommendationState.Declined, DeclineReason.TooEarly, 2)]
    [InlineData(RecommendationState.Declined, DeclineReason.Price, 2)]
    [InlineData(RecommendationState.Declined, DeclineReason.ModeNotOffered, 2)]
    [InlineData(RecommendationState.Declined, DeclineReason.NotRelevant, 0)]
    [InlineData(RecommendationState.Declined, DeclineReason.AlreadySolved, null)]
    [InlineData(RecommendationState.Declined, DeclineReason.BenefitUnclear, null)]
    [InlineData(RecommendationState.Declined, DeclineReason.RouteUnclear, null)]
    [InlineData(RecommendationState.Declined, DeclineReason.DescriptionUnclear, null)]
    public void Grade(RecommendationState verdict, DeclineReason? reason, int? grade) => Assert.Equal(grade, new Feedback { Verdict = verdict, Reason = reason }.Grade);

    [Theory, MemberData(nameof(Rules))]
    public void An_answer_changes_what_its_rule_says(string answer, string common, double? points)
    {
        var adjusted = Adjust([Given(answer)], common);
        Assert.Equal(points is null, adjusted.HeldBecause is not null);
        Assert.Equal(points ?? 0, adjusted.Adjustment.Points);
        Assert.Equal(points is null or 0 ? 0 : 1, adjusted.Adjustment.Components.Count);
    }

    [Fact]
    public void It_is_said_in_chinese_what_was_answered_and_how_often()
    {
        var component = Assert.Single(Adjust([Given("NOT_RELEVANT"), Given("NOT_RELEVANT", patent: 2)], "class").Adjustment.Components);
        Assert.Equal(("notRelevant", -16d, "2件同一专利权人、同一技术领域或同族的专利曾答复“不相关”"), (component.Name, component.Points, component.Detail));
    }

    [Theory]
    [InlineData(0, -8)]
    [InlineData(90, -4)]
    [InlineData(180, -2)]
    [InlineData(720, -0.03)]
    [InlineData(731, 0)]
    public void An_answer_fades_by_half_in_ninety_days(int days, double points) =>
        Assert.Equal(points, Adjust([Given("NOT_RELEVANT", at: Now.AddDays(-days))], "class").Adjustment.Points);

    [Fact]
    public void Who_changes_their_mind_is_taken_at_their_last_word()
    {
        var declined = Given("NOT_RELEVANT", at: Now.AddDays(-2));
        Assert.NotNull(Adjust([declined], "same").HeldBecause);
        Assert.Equal(10, Math.Round(Adjust([Given("INTERESTED", at: Now), declined], "same").Adjustment.Points));
    }

    [Fact]
    public void A_boost_lets_nothing_in_and_a_penalty_keeps_out()
    {
        var boosted = Adjust([Given("INTERESTED")], "holder class");
        Assert.False(boosted.IsTold(59, 60));
        Assert.True(boosted.IsTold(60, 60));
        Assert.Equal((70, 100), (boosted.Order(62), boosted.Order(97)));
        var lowered = Adjust([Given("NOT_RELEVANT")], "class");
        Assert.False(lowered.IsTold(67, 60));
        Assert.True(lowered.IsTold(68, 60));
    }

    [Fact]
    public void Whatever_was_answered_points_are_bounded_add_up_and_dont_depend_on_the_order()
    {
        Gen.Select(Answers, Commons).Sample((answers, common) =>
        {
            var adjusted = Adjust(answers, common);
            Assert.InRange(adjusted.Adjustment.Points, Adjusting.MostPenalty, Adjusting.MostBoost);
            Assert.Equal(adjusted.Adjustment.Points, Math.Round(adjusted.Adjustment.Components.Sum(c => c.Points), 2));
            Assert.All(adjusted.Adjustment.Components, c => Assert.NotEqual(0, c.Points));
            var turned = Adjust([.. answers.Reverse()], common);
            Assert.Equal(adjusted.Adjustment.Components, turned.Adjustment.Components);
            // Of several reasons to hold, any may be named.
            Assert.Equal(adjusted.HeldBecause is null, turned.HeldBecause is null);
        });
    }

    [Fact]
    public void To_be_interested_in_another_never_lowers_and_to_find_another_irrelevant_never_raises()
    {
        Gen.Select(Answers, Commons).Sample((answers, common) =>
        {
            var before = Adjust(answers, common);
            if (before.HeldBecause is not null)
                return;
            Assert.True(Adjust([.. answers, Given("INTERESTED", patent: 99)], common).Adjustment.Points >= before.Adjustment.Points);
            if (!common.Contains("same", StringComparison.Ordinal) && !common.Contains("family", StringComparison.Ordinal))
                Assert.True(Adjust([.. answers, Given("NOT_RELEVANT", patent: 99)], common).Adjustment.Points <= before.Adjustment.Points);
        });
    }

    [Fact]
    public void Nothing_answered_changes_nothing() => Assert.Same(Adjusted.Unchanged, Adjust([], "same"));

    private static Gen<Answer[]> Answers => Gen.Select(
        Gen.OneOfConst("INTERESTED", "NOT_RELEVANT", "TOO_EARLY", "PRICE", "MODE_NOT_OFFERED", "DESCRIPTION_UNCLEAR"), Gen.Int[1, 6], Gen.Int[0, 900],
        (verdict, patent, days) => Given(verdict, patent, Now.AddDays(-days))).Array[0, 12];

    private static Gen<string> Commons => Gen.OneOfConst("holder", "class", "holder class", "", "same", "family", "same cheaper ready modes otherPatent otherNeed");

    /// <summary>An answer to a patent of another holder and class, at level 4, for 100 yuan, by licence.</summary>
    private static Answer Given(string answer, int patent = 1, DateTime? at = null) => new(
        answer == "INTERESTED" ? RecommendationState.Interested : RecommendationState.Declined,
        answer == "INTERESTED" ? null : Enum.Parse<DeclineReason>(answer.Replace("_", "", StringComparison.Ordinal), ignoreCase: true),
        at ?? Now, 1, 1, new PatentFacts(Key(patent), new Kin(7, null), Key(50), ["H01M"], new Offer { Readiness = 4, AskingPrice = 100, Modes = "License" }));

    private static Adjusted Adjust(Answer[] answers, string common)
    {
        bool Has(string word) => common.Split(' ').Contains(word);
        var patent = new PatentFacts(
            Has("same") ? Key(1) : Mine, new Kin(Has("family") || Has("same") ? 7 : 8, null), Has("holder") || Has("same") ? Key(50) : Key(51), Has("class") || Has("same") ? ["H01M"] : ["G06F"],
            new Offer { Readiness = Has("ready") ? 6 : 4, AskingPrice = Has("cheaper") ? 90 : Has("dearer") ? 110 : Has("negotiable") ? null : 100, Modes = Has("modes") ? "License,Transfer" : "License" });
        return Adjusting.Of(answers, Has("otherNeed") ? 2 : 1, Has("otherPatent") ? 2 : 1, patent, Now);
    }

    private static Guid Key(int number) => new(number, 0, 0, new byte[8]);
}
