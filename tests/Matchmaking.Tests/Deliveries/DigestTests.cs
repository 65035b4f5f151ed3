using System.Net;
using Matchmaking.Deliveries;
using Matchmaking.Needs;
using Matchmaking.Tests.Running;
using Matchmaking.Tests.Store;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using Xunit;

namespace Matchmaking.Tests.Deliveries;

public sealed class SqliteDigestTests() : DigestTests(new SqliteDatabase());

public sealed class PostgreSqlDigestTests() : DigestTests(new PostgreSqlDatabase());

/// <summary>What is recommended is mailed, several in one mail, at its time, once, and never nothing.</summary>
public abstract class DigestTests(TestDatabase database)
{
    [SkippableFact]
    public async Task A_day_is_told_in_one_mail_in_the_morning_and_nothing_isnt_told()
    {
        await using var mails = new FakeMailServer();
        // Ten in the morning in China.
        await using var service = await Told.ServeAsync(database, mails.Settings);
        await CreateAsync(service, "rd@example.cn", "DAILY");
        await CreateAsync(service, "boss@example.cn", "WEEKLY");
        await CreateAsync(service, "tto@example.cn", "DAILY", $"institutionId: \"{Told.Institution}\"");
        await service.NeedAsync();
        await service.NeedAsync(visibility: NeedVisibility.Confidential, title: "机密<b>负极</b>&材料\u4e00𠮷");
        for (var i = 0; i < 2; i++)
            await service.PublishAsync(i, i == 0 ? "膨胀小的硅碳<负极>材料𠮷" : null);
        await MailedAsync(service);
        Assert.Empty(mails.Mails);
        service.Clock.Now = new DateTimeOffset(2026, 11, 23, 23, 59, 59, TimeSpan.Zero);
        await MailedAsync(service);
        Assert.Empty(mails.Mails);
        service.Clock.Now = new DateTimeOffset(2026, 11, 24, 0, 0, 0, TimeSpan.Zero);
        await MailedAsync(service);
        Assert.Equal(["<rd@example.cn>", "<tto@example.cn>"], mails.Mails.Select(m => m.To).Order());
        var mail = mails.Mails.Single(m => m.To == "<rd@example.cn>").Message;
        Assert.Equal("4件专利与贵企业的技术需求匹配", mail.Subject);
        Assert.Contains("膨胀小的硅碳<负极>材料𠮷", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains("专利权人：示例大学", mail.TextBody, StringComparison.Ordinal);
        Assert.DoesNotContain("<负极>", mail.HtmlBody, StringComparison.Ordinal);
        Assert.Contains("膨胀小的硅碳<负极>材料𠮷", WebUtility.HtmlDecode(mail.HtmlBody), StringComparison.Ordinal);
        Assert.Contains("机密<b>负极</b>&材料一𠮷", WebUtility.HtmlDecode(mail.HtmlBody), StringComparison.Ordinal);
        var toInstitution = mails.Mails.Single(m => m.To == "<tto@example.cn>").Message;
        Assert.StartsWith("2项", toInstitution.Subject, StringComparison.Ordinal);
        Assert.DoesNotContain("机密", toInstitution.TextBody + toInstitution.HtmlBody, StringComparison.Ordinal);
        // The next morning there is nothing new, and on Monday the week is told.
        service.Clock.Now = service.Clock.Now.AddDays(1);
        await MailedAsync(service);
        Assert.Equal(2, mails.Mails.Count);
        service.Clock.Now = new DateTimeOffset(2026, 11, 30, 0, 0, 0, TimeSpan.Zero);
        await MailedAsync(service);
        Assert.Equal("<boss@example.cn>", mails.Mails.Last().To);
        Assert.Equal(3, mails.Mails.Count);
    }

    [SkippableFact]
    public async Task What_the_server_doesnt_take_comes_later_as_the_same_mail_and_nothing_is_told_twice()
    {
        await using var mails = new FakeMailServer();
        await using var service = await Told.ServeAsync(database, mails.Settings);
        await CreateAsync(service, "rd@example.cn", "IMMEDIATE");
        await service.NeedAsync();
        mails.Answer = () => "451 4.3.0 later";
        await service.PublishAsync(0);
        await MailedAsync(service);
        Assert.Single(mails.Mails);
        await service.PublishAsync(1);
        // Taken, but the yes is lost: from here the two can't be told apart.
        mails.Answer = () => null;
        service.Clock.Now = service.Clock.Now.AddMinutes(10);
        await MailedAsync(service);
        Assert.Equal(2, mails.Mails.Count);
        mails.Answer = () => "250 2.0.0 taken";
        service.Clock.Now = service.Clock.Now.AddMinutes(10);
        await MailedAsync(service);
        Assert.Equal(3, mails.Mails.Count);
        Assert.Single(mails.Mails.Select(m => m.Message.MessageId).Distinct());
        Assert.All(mails.Mails, m => Assert.StartsWith("1件", m.Message.Subject, StringComparison.Ordinal));
        service.Clock.Now = service.Clock.Now.AddMinutes(10);
        await MailedAsync(service);
        Assert.Equal(4, mails.Mails.Count);
        Assert.NotEqual(mails.Mails.First().Message.MessageId, mails.Mails.Last().Message.MessageId);
        Assert.Contains("硅碳负极材料1", mails.Mails.Last().Message.TextBody, StringComparison.Ordinal);
        service.Clock.Now = service.Clock.Now.AddMinutes(10);
        await MailedAsync(service);
        Assert.Equal(4, mails.Mails.Count);
    }

    [SkippableFact]
    public async Task A_mail_under_way_when_the_process_died_goes_out_as_the_same_one()
    {
        await using var mails = new FakeMailServer();
        await using var service = await Told.ServeAsync(database, mails.Settings);
        await CreateAsync(service, "rd@example.cn", "IMMEDIATE");
        await service.NeedAsync();
        await service.PublishAsync(0);
        await MailedAsync(service);
        var first = mails.Mails.Single().Message.MessageId;
        // As a process leaves it that dies between the server's yes and its own note: the place not moved, the mail noted.
        await using (var store = service.Stores.Open("test"))
        {
            var now = store.Now;
            await store.Digests.ExecuteUpdateAsync(d => d.SetProperty(x => x.SendingTo, x => x.Position).SetProperty(x => x.SendingSince, now).SetProperty(x => x.Position, 0).SetProperty(x => x.DueAt, now));
        }
        await service.PublishAsync(1);
        await MailedAsync(service);
        // Another process may have it in hand: not before it must be dead …
        Assert.Single(mails.Mails);
        service.Clock.Now = service.Clock.Now.AddMinutes(11);
        await MailedAsync(service);
        // … and then with the same content under the same id, and what is new after it.
        Assert.Equal(first, mails.Mails.ElementAt(1).Message.MessageId);
        Assert.StartsWith("1件", mails.Mails.ElementAt(1).Message.Subject, StringComparison.Ordinal);
        service.Clock.Now = service.Clock.Now.AddMinutes(6);
        await MailedAsync(service);
        Assert.Equal(3, mails.Mails.Count);
        Assert.Contains("硅碳负极材料1", mails.Mails.Last().Message.TextBody, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_link_in_each_mail_ends_them_by_a_click_and_not_by_a_look()
    {
        await using var mails = new FakeMailServer();
        await using var service = await Told.ServeAsync(database, mails.Settings);
        var id = await CreateAsync(service, "rd@example.cn", "IMMEDIATE");
        await service.NeedAsync();
        await service.PublishAsync(0);
        await MailedAsync(service);
        var mail = mails.Mails.Single().Message;
        var link = mail.Headers[HeaderId.ListUnsubscribe]!.Trim('<', '>');
        Assert.StartsWith("https://matchmaking.example/base/digests/unsubscribe/", link, StringComparison.Ordinal);
        Assert.Contains(link, mail.TextBody, StringComparison.Ordinal);
        Assert.Contains(link, mail.HtmlBody, StringComparison.Ordinal);
        var path = new Uri(new Uri(link).AbsolutePath["/base".Length..], UriKind.Relative);
        Assert.Contains("<button>", await service.Http.GetStringAsync(path), StringComparison.Ordinal);
        await service.PublishAsync(1);
        service.Clock.Now = service.Clock.Now.AddMinutes(10);
        await MailedAsync(service);
        Assert.Equal(2, mails.Mails.Count);
        using (var form = new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]))
        using (var ended = await service.Http.PostAsync(path, form))
            Assert.Contains("已退订", await ended.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await service.PublishAsync(2);
        service.Clock.Now = service.Clock.Now.AddMinutes(10);
        await MailedAsync(service);
        Assert.Equal(2, mails.Mails.Count);
        using (var unknown = await service.Http.GetAsync(new Uri("/digests/unsubscribe/" + Tokens.New(), UriKind.Relative)))
            Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        // Its owner may let them go on, from where they stopped.
        await service.DoAsync("updateDigest", $"id: \"{id}\", isUnsubscribed: false", "digest { unsubscribedAt }");
        await MailedAsync(service);
        Assert.Equal(3, mails.Mails.Count);
        await service.DoAsync("deleteDigest", $"id: \"{id}\"", "digest { id }");
    }

    private static async Task<string> CreateAsync(RunningService service, string address, string frequency, string? owner = null) => (string)(await service.DoAsync(
        "createDigest", $"{owner ?? $"enterpriseId: \"{Told.Enterprise}\""}, address: \"{address}\", frequency: {frequency}", "digest { id }"))["digest"]!["id"]!;

    private static async Task MailedAsync(RunningService service)
    {
        await service.MatchedAsync();
        await service.Services.GetRequiredService<DigestSignal>().IdleAsync(TimeSpan.FromMinutes(2), CancellationToken.None);
    }
}

/// <summary>What an address may be, and when mails go out.</summary>
public sealed class DigestRuleTests
{
    [Theory]
    [InlineData("info@example.cn", true)]
    [InlineData("a.b+c@mail.example.com", true)]
    [InlineData("", false)]
    [InlineData("info", false)]
    [InlineData("info@", false)]
    [InlineData("@example.cn", false)]
    [InlineData("a@b@example.cn", false)]
    [InlineData("某人 <info@example.cn>", false)]
    [InlineData("info@example.cn, other@example.cn", false)]
    [InlineData("info@example.cn\r\nBcc: other@example.cn", false)]
    [InlineData("info@example.cn\nSubject: x", false)]
    [InlineData("\"a\r\nb\"@example.cn", false)]
    [InlineData("group: info@example.cn;", false)]
    [InlineData("info@exam ple.cn", false)]
    [InlineData("info@[127.0.0.1]", false)]
    [InlineData("info@example.cn>", false)]
    public void An_address_is_one_and_nothing_else(string text, bool good) => Assert.Equal(good, DigestMutations.IsAddress(text));

    [Theory]
    [InlineData(DigestFrequency.Daily, "2026-11-23T23:59:59Z", "2026-11-24T00:00:00Z")]
    [InlineData(DigestFrequency.Daily, "2026-11-24T00:00:00Z", "2026-11-25T00:00:00Z")]
    [InlineData(DigestFrequency.Weekly, "2026-11-22T23:59:59Z", "2026-11-23T00:00:00Z")]
    [InlineData(DigestFrequency.Weekly, "2026-11-23T00:00:00Z", "2026-11-30T00:00:00Z")]
    [InlineData(DigestFrequency.Immediate, "2026-11-23T02:00:00Z", "2026-11-23T02:05:00Z")]
    public void Mornings_are_chinese(DigestFrequency frequency, string now, string next) =>
        Assert.Equal(Instant(next), DigestTimes.Next(frequency, Instant(now)));

    private static DateTime Instant(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture).UtcDateTime;

    [Fact]
    public async Task Without_a_mail_server_there_are_no_digests()
    {
        await using var service = await Told.ServeAsync(new SqliteDatabase());
        var error = (await service.TryAsync("createDigest", $"enterpriseId: \"{Told.Enterprise}\", address: \"info@example.cn\"", "digest { id }", "... on WrongStateError { state }"))["errors"]![0]!;
        Assert.Equal("NO_MAIL_SERVER", (string)error["state"]!);
    }
}
