using Matchmaking.Importing;
using Matchmaking.Patents;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Matchmaking.Tests.Importing;

/// <summary>A patent is one application, whatever number names it and in whatever order sources come.</summary>
public sealed class ImportMergeTests : IDisposable
{
    private readonly TestStore _store = new();

    [Fact]
    public async Task Two_that_turn_out_to_be_one_are_merged_into_the_older()
    {
        await _store.PatentsAsync("公开号,标题,公开日,摘要\nCN102889890A,系统,2013-01-23,摘要一\n");
        await _store.PatentsAsync("申请号,标题,法律状态,法律状态公告日\nCN201110213000.8,系统,专利权的终止,2021-05-01\n".Replace("CN201110213000.8", Number("201110213000"), StringComparison.Ordinal));
        Guid older, younger;
        await using (var store = _store.Factory.Open("test"))
        {
            older = (await store.Patents.SingleAsync(p => p.PublicationNumber != null)).Id;
            younger = (await store.Patents.SingleAsync(p => p.ApplicationNumber != null)).Id;
        }

        var summary = await _store.PatentsAsync($"申请号,授权公告号,标题,授权公告日\n{Number("201110213000")},CN102889890B,系统和方法,2019-07-09\n");

        Assert.Equal((1, 0, 1), (summary.Read, summary.Added, summary.Updated));
        await using var after = _store.Factory.Open("test");
        var patent = await after.Patents.Include(p => p.Publications).Include(p => p.LegalEvents).SingleAsync();
        Assert.Equal((older, Number("201110213000"), "CN102889890B"), (patent.Id, patent.ApplicationNumber, patent.PublicationNumber));
        Assert.Equal("摘要一", patent.Abstract);
        Assert.Equal(["CN102889890A", "CN102889890B"], patent.Publications.Select(p => p.Number).Order());
        Assert.Equal((LegalStatus.Lapsed, new DateOnly(2021, 5, 1)), (patent.LegalStatus, patent.LegalStatusOn));
        Assert.Single(patent.LegalEvents);
        Assert.Equal((new DateOnly(2013, 1, 23), new DateOnly(2019, 7, 9)), (patent.PublishedOn, patent.GrantedOn));
        Assert.Equal([(younger, older)], (await after.PatentAliases.ToListAsync()).Select(a => (a.Id, a.PatentId)));
    }

    [Fact]
    public async Task The_same_patent_twice_in_a_file_is_one_and_the_file_again_changes_nothing()
    {
        var text = "申请号,公开号,标题,摘要,申请人\n"
            + $"{Number("201910000001")},,甲,,甲乙大学\n"
            + $"{Number("201910000001")},CN109999999A,甲的另一名称,补的摘要,丙丁大学\n"
            + ",CN109999999B,第三个名称,,\n";
        var first = await _store.PatentsAsync(text);
        Assert.Equal((3, 1, 2, 0), (first.Read, first.Added, first.Updated, first.Unchanged));
        var feed = await FeedAsync();
        var again = await _store.PatentsAsync(text);
        Assert.Equal((3, 0, 0, 3), (again.Read, again.Added, again.Updated, again.Unchanged));
        Assert.Equal(feed, await FeedAsync());
        await using var store = _store.Factory.Open("test");
        var patent = await store.Patents.Include(p => p.Holder).SingleAsync();
        Assert.Equal(("甲", "补的摘要", "甲乙大学", "CN109999999B"), (patent.Title, patent.Abstract, patent.Holder!.Name, patent.PublicationNumber));
    }

    [Fact]
    public async Task A_later_source_never_blanks_and_an_older_one_never_undoes()
    {
        await _store.PatentsAsync($"申请号,标题,摘要,IPC分类号,公开（公告）号,公开（公告）日,技术就绪度\n{Number("201910000001")},新名,摘要,H01M4/36;H01M10/05,CN109999999B,2020-01-01,6\n");
        var summary = await _store.PatentsAsync($"申请号,标题,摘要,IPC分类号,公开（公告）号,公开（公告）日,技术就绪度\n{Number("201910000001")},旧名,,H01M,CN109999999A,2019-01-01,\n");
        Assert.Equal(1, summary.Updated);
        await using var store = _store.Factory.Open("test");
        var patent = await store.Patents.SingleAsync();
        Assert.Equal(("新名", "摘要", 6, LegalStatus.Granted), (patent.Title, patent.Abstract, patent.Readiness, patent.LegalStatus));
        Assert.Equal(["H01M 4/36", "H01M 10/05"], patent.IpcCodes);
        Assert.Equal((new DateOnly(2019, 1, 1), new DateOnly(2020, 1, 1)), (patent.PublishedOn, patent.GrantedOn));
    }

    [Fact]
    public async Task A_transfer_is_an_event_and_no_status()
    {
        await _store.PatentsAsync($"申请号,标题,法律状态,法律状态公告日\n{Number("201910000001")},甲,授权,20190601\n");
        await _store.PatentsAsync($"申请号,标题,法律状态,法律状态公告日\n{Number("201910000001")},甲,专利申请权、专利权的转移,20200601\n");
        await using var store = _store.Factory.Open("test");
        var patent = await store.Patents.Include(p => p.LegalEvents).SingleAsync();
        Assert.Equal((LegalStatus.Granted, new DateOnly(2019, 6, 1)), (patent.LegalStatus, patent.LegalStatusOn));
        Assert.Equal(2, patent.LegalEvents.Count);
    }

    [Fact]
    public async Task A_publication_of_another_application_is_refused()
    {
        await _store.PatentsAsync($"申请号,公开号,标题\n{Number("201910000001")},CN109999999A,甲\n");
        var summary = await _store.PatentsAsync($"申请号,公开号,标题\n{Number("201910000002")},CN109999999B,乙\n");
        Assert.Equal((0, 1), (summary.Added, summary.Rejected));
        Assert.Contains(Number("201910000001"), Assert.Single(_store.Rejects())[3], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_first_institution_is_the_holder_and_an_official_list_completes_it()
    {
        await _store.PatentsAsync($"申请号,标题,申请人\n{Number("201910000001")},甲,北京金吕能源科技有限公司 ; 北京科技大学 ; 南京大学\n");
        await using (var store = _store.Factory.Open("test"))
        {
            var patent = await store.Patents.Include(p => p.Holder).SingleAsync();
            Assert.Equal("北京科技大学", patent.Holder!.Name);
            Assert.StartsWith("UNLISTED-", patent.Holder.Code, StringComparison.Ordinal);
            Assert.Equal(["北京金吕能源科技有限公司", "南京大学"], patent.CoHolders);
        }
        var summary = await _store.ImportAsync(ImportKind.Institutions, _store.File("i.csv", "机构代码,机构名称,类型,省份,城市\n4111010008,北京科技大学,高校,北京市,北京市\n"));
        Assert.Equal((0, 1), (summary.Added, summary.Updated));
        await using var after = _store.Factory.Open("test");
        Assert.Equal("4111010008", (await after.Institutions.SingleAsync()).Code);
    }

    [Fact]
    public async Task A_sheet_without_numbers_is_kept_and_recognised_again()
    {
        const string text = "title,author,com\n一种材料,张三;李四,浙江大学\n一种材料,王五,某公司\n";
        Assert.Equal(2, (await _store.PatentsAsync(text)).Added);
        Assert.Equal(2, (await _store.PatentsAsync(text)).Unchanged);
    }

    public void Dispose() => _store.Dispose();

    private static string Number(string core) => $"CN{core}.{PatentNumber.CheckDigit(core)}";

    private async Task<long> FeedAsync()
    {
        await using var store = _store.Factory.Open("test");
        return await store.Changes.LongCountAsync();
    }
}
