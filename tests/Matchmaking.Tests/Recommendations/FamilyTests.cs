using Matchmaking.Patents;
using Matchmaking.Recommendations;
using Xunit;

namespace Matchmaking.Tests.Recommendations;

/// <summary>Which patents are taken for one family, by what can be seen of them.</summary>
public sealed class FamilyTests
{
    private static readonly Guid University = Guid.NewGuid();
    private static readonly DateOnly Day = new(2021, 5, 6);

    [Theory]
    // The same title, however it is written: a divisional keeps it.
    [InlineData("一种石墨烯散热膜", "一种石墨烯散热膜", true)]
    [InlineData("一种石墨烯散热膜", "石墨烯散热膜", true)]
    [InlineData("一种ＬＥＤ封装结构（改进型）", "一种led封装结构 (改进型)", true)]
    [InlineData("一种石墨烯散热膜", "一种石墨烯导热膜", false)]
    [InlineData("𬭊基靶材", "𬭊基靶材", true)]
    [InlineData("𬭊基靶材", "𬭳基靶材", false)]
    public void The_same_title_of_the_same_people(string a, string b, bool kin) => Assert.Equal(kin, Made(a).IsOf(Made(b, day: new DateOnly(2023, 1, 1))));

    [Theory]
    // One technique as an invention and as a utility model.
    [InlineData("一种真空压铸装置及方法", "一种真空压铸装置", true)]
    [InlineData("一种真空压铸装置及其控制方法", "一种真空压铸装置", true)]
    [InlineData("一种硅碳负极及其制备方法和应用", "一种硅碳负极及其制备方法", true)]
    [InlineData("一种真空压铸装置", "一种真空压铸模具", false)]
    [InlineData("一种压铸件与其模具", "一种压铸件", false)]
    public void The_same_subject_filed_on_the_same_day(string a, string b, bool kin)
    {
        Assert.Equal(kin, Made(a).IsOf(Made(b)));
        Assert.False(Made(a).IsOf(Made(b, day: Day.AddDays(1))));
        Assert.False(Made(a).IsOf(Made(b, day: null)));
    }

    [Fact]
    public void Other_people_are_another_family_and_unknown_ones_none()
    {
        Assert.False(Made("一种石墨烯的制备方法").IsOf(Made("一种石墨烯的制备方法", inventors: ["李四"])));
        Assert.False(Made("一种石墨烯的制备方法").IsOf(Made("一种石墨烯的制备方法", holder: Guid.NewGuid())));
        Assert.True(Made("一种石墨烯的制备方法", inventors: ["张三", "王 五"]).IsOf(Made("一种石墨烯的制备方法", inventors: ["王五", "张三"])));
        Assert.True(Made("石墨烯", holder: null).IsOf(Made("石墨烯", holder: null)));
        Assert.False(Made("石墨烯", holder: null, inventors: []).IsOf(Made("石墨烯", holder: null, inventors: [])));
        Assert.True(Made("石墨烯", inventors: []).IsOf(Made("石墨烯", inventors: [])));
        Assert.False(default(Kin).IsOf(default));
    }

    [Theory]
    [InlineData("一种方法", "方法")]
    [InlineData("及其方法", "及其方法")]
    [InlineData("。。。", "")]
    [InlineData("", "")]
    public void Odd_titles_stay_what_they_are(string title, string subject) => Assert.Equal(subject, PatentTitle.Subject(PatentTitle.Normalized(title)));

    private static Kin Made(string title, string[]? inventors = null) => Made(title, University, Day, inventors);

    private static Kin Made(string title, Guid? holder, string[]? inventors = null) => Made(title, holder, Day, inventors);

    private static Kin Made(string title, DateOnly? day, string[]? inventors = null) => Made(title, University, day, inventors);

    private static Kin Made(string title, Guid? holder, DateOnly? day, string[]? inventors) =>
        Families.Of(new Patent { Title = title, HolderId = holder, FiledOn = day, Inventors = [.. inventors ?? ["张三"]] });
}
