using Matchmaking.Importing;
using Matchmaking.Needs;
using Matchmaking.Organizations;
using Matchmaking.Patents;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Matchmaking.Tests.Importing;

public sealed class ImportOthersTests : IDisposable
{
    private const string Enterprises = "统一社会信用代码,企业名称,省份,城市,所属行业,从业人员,营业收入（万元）,资产总额（元）,资质\n"
        + "91500100MAEXGL621J,重庆某农机有限公司,,重庆市,C3572,86人,4200,35000000,科技型中小企业;专精特新中小企业\n"
        + "91500100MAEXGL621K,错码公司,,,,,,,\n"
        + "91371100MAEXP2UT2M,日照某公司,山东省,日照,Z9999,,,,\n";

    private const string Needs = "需求编号,需求名称,需求描述,企业名称,统一社会信用代码,所属行业,可接受转化方式,预算（万元）,最低技术就绪度,意向地区,截止日期,可见范围,关键词\n"
        + "N1,柑橘采摘,想要能采摘柑橘的机械手,,91500100MAEXGL621J,C3572,转让;普通许可,80,6级,重庆市、四川,2027/1/31,保密,柑橘;采摘\n"
        + "N2,无描述,,,,,,,,,,,\n"
        + "N3,可见不明,文字,,,,,,,,,随便,\n"
        + ",无企业,第三种文字,不在库的公司,,,,面议,,不限,,匿名,\n";

    private readonly TestStore _store = new();

    [Fact]
    public async Task Enterprises_and_their_needs_go_in_with_all_they_say()
    {
        var enterprises = await _store.ImportAsync(ImportKind.Enterprises, _store.File("e.csv", Enterprises));
        Assert.Equal((3, 1, 2), (enterprises.Read, enterprises.Added, enterprises.Rejected));
        Assert.Equal(["统一社会信用代码", "所属行业"], _store.Rejects().Select(r => r[1]));
        var needs = await _store.ImportAsync(ImportKind.Needs, _store.File("n.csv", Needs));
        Assert.Equal((4, 3, 1), (needs.Read, needs.Added, needs.Rejected));
        Assert.Equal(["可见范围"], _store.Rejects().Select(r => r[1]));
        Assert.Contains(needs.Notes, n => n is { Key: "needs without a description, described by their title", Value: 1 });

        await using var store = _store.Factory.Open("test");
        var enterprise = await store.Enterprises.SingleAsync();
        Assert.Equal(("重庆", 86, 42_000_000m, 35_000_000m), (enterprise.Province, enterprise.Employees, enterprise.Revenue, enterprise.TotalAssets));
        Assert.Equal([Qualification.TechSme, Qualification.SpecializedSme], enterprise.Qualifications);
        var need = await store.Needs.SingleAsync(n => n.SourceId == "N1");
        Assert.Equal((enterprise.Id, NeedStatus.Open, NeedVisibility.Confidential, 800_000m, 6), (need.EnterpriseId, need.Status, need.Visibility, need.Budget, need.MinReadiness));
        Assert.Equal([TransferMode.Assignment, TransferMode.License], need.AcceptedModes);
        Assert.Equal(["重庆", "四川"], need.Provinces);
        Assert.Equal(new DateOnly(2027, 1, 31), need.Deadline);
        Assert.Equal(3, (await _store.ImportAsync(ImportKind.Needs, _store.File("n.csv", Needs))).Unchanged);
    }

    [Fact]
    public async Task A_need_without_an_industry_has_its_enterprises_whichever_file_comes_first_but_not_an_anonymous_one()
    {
        const string file = "需求编号,需求名称,需求描述,企业名称,统一社会信用代码,所属行业,可见范围\n"
            + "N1,柑橘采摘,机械手,重庆某农机有限公司,91500100MAEXGL621J,,\nN2,柑橘分选,机械手,重庆某农机有限公司,91500100MAEXGL621J,C3491,\nN3,柑橘清洗,机械手,重庆某农机有限公司,91500100MAEXGL621J,,匿名\n";
        async Task<IReadOnlyList<string?>> IndustriesAsync()
        {
            await using var store = _store.Factory.Open("test");
            return await store.Needs.OrderBy(n => n.SourceId).Select(n => n.IndustryCode).ToListAsync();
        }
        await _store.ImportAsync(ImportKind.Needs, _store.File("n.csv", file));
        Assert.Equal([null, "C3491", null], await IndustriesAsync());
        await _store.ImportAsync(ImportKind.Enterprises, _store.File("e.csv", Enterprises));
        Assert.Equal(["C3572", "C3491", null], await IndustriesAsync());
        Assert.Equal(3, (await _store.ImportAsync(ImportKind.Needs, _store.File("n.csv", file))).Unchanged);
        var more = await _store.ImportAsync(ImportKind.Needs, _store.File("n.csv", file.Replace("N1,", "N4,", StringComparison.Ordinal).Replace("采摘,机械手,重庆某农机有限公司,91500100MAEXGL621J,,", "采摘,机械手,重庆某农机有限公司,91500100MAEXGL621J,,公开", StringComparison.Ordinal)));
        Assert.Equal((1, 2), (more.Added, more.Unchanged));
        Assert.Equal(["C3572", "C3491", null, "C3572"], await IndustriesAsync());
    }

    [Fact]
    public async Task A_description_beyond_its_bound_is_refused_with_the_bound()
    {
        var text = $"{{\"id\":\"1\",\"title\":\"长\",\"text\":\"{new string('字', 100_000)}\"}}\n{{\"id\":\"2\",\"title\":\"对\",\"text\":\"电池🔋𠮷\\u0007\"}}\n{{\"id\":3\n";
        var summary = await _store.ImportAsync(ImportKind.Needs, _store.File("n.jsonl", text));
        Assert.Equal((3, 1, 2), (summary.Read, summary.Added, summary.Rejected));
        Assert.Contains("100,000 characters long; at most 20,000", _store.Rejects()[0][3], StringComparison.Ordinal);
        Assert.Contains("not a JSON object", _store.Rejects()[1][3], StringComparison.Ordinal);
        await using var store = _store.Factory.Open("test");
        Assert.Equal("电池🔋𠮷", (await store.Needs.SingleAsync()).Description);
    }

    [Fact]
    public async Task A_full_official_table_opens_its_codes()
    {
        var summary = await _store.ImportAsync(ImportKind.Industries, _store.File("i.tsv", "code\tlevel\tname\nC\t门类\t制造业\nC3999\t小类\t某种\nCXX\t小类\t坏\n"));
        Assert.Equal((3, 2, 1), (summary.Read, summary.Added, summary.Rejected));
        var ipc = await _store.ImportAsync(ImportKind.Ipc, _store.File("ipc.tsv", "code\tlevel\ttitle\nH01M\tsubclass\t电池\nH01M4/36\tgroup\t作为活性物质\n"));
        Assert.Equal(2, ipc.Added);
        await using var store = _store.Factory.Open("test");
        Assert.Equal(["H01M", "H01M 4/36"], await store.ReferenceCodes.Where(c => c.System == "ipc").OrderBy(c => c.Code).Select(c => c.Code).ToListAsync());
    }

    public void Dispose() => _store.Dispose();
}
