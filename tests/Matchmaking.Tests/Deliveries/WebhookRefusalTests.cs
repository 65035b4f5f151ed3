using System.Net;
using System.Net.Sockets;
using Matchmaking.Deliveries;
using Matchmaking.Tests.Running;
using Matchmaking.Tests.Store;
using Xunit;

namespace Matchmaking.Tests.Deliveries;

/// <summary>Where a webhook may lead, and that nothing gets past it.</summary>
public sealed class WebhookRefusalTests
{
    [Theory]
    [InlineData("8.8.8.8", true)]
    [InlineData("1.1.1.1", true)]
    [InlineData("223.5.5.5", true)]
    [InlineData("172.32.0.1", true)]
    [InlineData("100.128.0.1", true)]
    [InlineData("2400:3200::1", true)]
    [InlineData("::ffff:8.8.8.8", true)]
    [InlineData("2002:0808:0808::1", true)]
    [InlineData("0.0.0.0", false)]
    [InlineData("10.0.0.1", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("100.127.255.255", false)]
    [InlineData("127.0.0.1", false)]
    [InlineData("127.255.255.254", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("172.16.0.1", false)]
    [InlineData("172.31.255.255", false)]
    [InlineData("192.0.0.170", false)]
    [InlineData("192.0.2.1", false)]
    [InlineData("192.168.1.1", false)]
    [InlineData("198.18.0.1", false)]
    [InlineData("198.51.100.1", false)]
    [InlineData("203.0.113.9", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("239.255.255.255", false)]
    [InlineData("240.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("::", false)]
    [InlineData("::1", false)]
    [InlineData("::ffff:127.0.0.1", false)]
    [InlineData("::ffff:10.1.2.3", false)]
    [InlineData("::ffff:169.254.169.254", false)]
    [InlineData("::127.0.0.1", false)]
    [InlineData("64:ff9b::7f00:1", false)]
    [InlineData("64:ff9b:1::1", false)]
    [InlineData("2002:7f00:1::", false)]
    [InlineData("2002:0a00:0001::1", false)]
    [InlineData("2001::1", false)]
    [InlineData("2001:db8::1", false)]
    [InlineData("3fff::1", false)]
    [InlineData("fc00::1", false)]
    [InlineData("fd12:3456::1", false)]
    [InlineData("fe80::1", false)]
    [InlineData("fec0::1", false)]
    [InlineData("ff02::1", false)]
    [InlineData("100::1", false)]
    public void Only_the_public_network_is_public(string address, bool isPublic) => Assert.Equal(isPublic, PublicAddresses.Holds(IPAddress.Parse(address)));

    [Theory]
    [InlineData("https://hooks.example.cn/a?b=c", null)]
    [InlineData("https://8.8.8.8:8443/", null)]
    [InlineData("http://hooks.example.cn/", "TLS")]
    [InlineData("ftp://hooks.example.cn/", "https")]
    [InlineData("hooks.example.cn", "https")]
    [InlineData("https://", "https")]
    [InlineData("https://user:password@hooks.example.cn/", "user")]
    [InlineData("https://127.0.0.1/", "public")]
    [InlineData("https://2130706433/", "public")]
    [InlineData("https://0x7f.1/", "public")]
    [InlineData("https://[::1]/", "public")]
    [InlineData("https://[::ffff:10.0.0.1]/", "public")]
    [InlineData("https://169.254.169.254/latest/meta-data/", "public")]
    public async Task An_address_that_cant_be_is_refused_when_it_is_registered(string url, string? because)
    {
        await using var service = await Told.ServeAsync(new SqliteDatabase(), "--Matchmaking:Deliveries:AllowHttp", "false", "--Matchmaking:Deliveries:AllowPrivateAddresses", "false");
        var answer = await service.TryAsync("createWebhook", $"enterpriseId: \"{Told.Enterprise}\", url: \"{url}\"", "registration { secret }", "... on InvalidInputError { field value }");
        if (because is null)
        {
            Assert.NotNull(answer["registration"]);
            return;
        }
        var error = Assert.Single(answer["errors"]!.AsArray())!;
        Assert.Equal(("INVALID_INPUT", "url"), ((string)error["code"]!, (string)error["field"]!));
        Assert.Contains(because, (string)error["message"]!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::1")]
    public async Task A_name_that_leads_inside_is_found_out_when_it_is_connected_to(string inside)
    {
        await using var receiver = await Receiver.StartAsync();
        var asked = 0;
        // Public when it was looked at, inside when it matters.
        using var sender = new WebhookSender(new DeliverySettings { AllowHttp = true }, TimeProvider.System, (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse(++asked == 0 ? "8.8.8.8" : inside)]));
        var url = $"http://rebinding.example:{new Uri(receiver.Url).Port}/";
        Assert.Null(sender.Refusal(url));
        Assert.Equal(DeliveryFault.ForbiddenAddress, (await PostAsync(sender, url)).Fault);
        Assert.Empty(receiver.All);
    }

    [Fact]
    public async Task Of_a_names_addresses_only_those_are_connected_to_that_were_checked()
    {
        await using var receiver = await Receiver.StartAsync();
        using var sender = new WebhookSender(new DeliverySettings { AllowHttp = true, Timeout = TimeSpan.FromSeconds(1) }, TimeProvider.System,
            (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse("127.0.0.1"), IPAddress.Parse("10.0.0.1"), IPAddress.Parse("::1")]));
        Assert.Equal(DeliveryFault.ForbiddenAddress, (await PostAsync(sender, $"http://mixed.example:{new Uri(receiver.Url).Port}/")).Fault);
        Assert.Empty(receiver.All);
    }

    [Fact]
    public async Task Redirects_arent_followed_and_endless_answers_arent_read()
    {
        await using var receiver = await Receiver.StartAsync();
        using var sender = Open();
        receiver.Answer = context =>
        {
            context.Response.Redirect("/elsewhere");
            return Task.CompletedTask;
        };
        Assert.Equal((DeliveryFault.Status, 302), Shown(await PostAsync(sender, receiver.Url)));
        Assert.Equal("/hook", Assert.Single(receiver.All).Path);
        receiver.Answer = async context =>
        {
            var block = new byte[64 << 10];
            while (!context.RequestAborted.IsCancellationRequested)
                await context.Response.Body.WriteAsync(block);
        };
        Assert.Equal((null, 200), Shown(await PostAsync(sender, receiver.Url)));
        receiver.Answer = context => Task.FromResult(context.Response.Headers["X-Long"] = new string('x', 64 << 10));
        Assert.Equal(DeliveryFault.Protocol, (await PostAsync(sender, receiver.Url)).Fault);
    }

    [Fact]
    public async Task Who_doesnt_answer_in_time_or_at_all_has_failed()
    {
        await using var receiver = await Receiver.StartAsync();
        using var sender = Open(seconds: 1);
        receiver.Answer = context => Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        Assert.Equal(DeliveryFault.Timeout, (await PostAsync(sender, receiver.Url)).Fault);
        using var nobody = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        nobody.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        Assert.Equal(DeliveryFault.Unreachable, (await PostAsync(sender, $"http://127.0.0.1:{((IPEndPoint)nobody.LocalEndPoint!).Port}/")).Fault);
        Assert.Equal(DeliveryFault.Tls, (await PostAsync(sender, receiver.Url.Replace("http", "https", StringComparison.Ordinal))).Fault);
    }

    [Fact]
    public void The_signature_is_what_another_program_counts()
    {
        // printf '1764115200.{"a":"专利"}' | openssl dgst -sha256 -hmac whsec_test
        var signature = Signature.Of("{\"a\":\"专利\"}"u8, DateTimeOffset.FromUnixTimeSeconds(1764115200), "whsec_test");
        Assert.Equal("t=1764115200,v1=f84975ebd53210666bf39cf4f4ef7b04059e6ddfc48acb5d3dd4c83aa0064cbe", signature);
    }

    [Fact]
    public void Waits_double_up_to_four_hours_and_differ()
    {
        Assert.Equal([5, 10, 20, 40], Enumerable.Range(1, 4).Select(n => Patience.After(n, 0).TotalSeconds));
        Assert.Equal([15, 30, 60, 120], Enumerable.Range(1, 4).Select(n => Patience.After(n, 1).TotalSeconds));
        Assert.Equal((2, 6), (Patience.After(30, 0).TotalHours, Patience.After(int.MaxValue, 1).TotalHours));
    }

    [Theory]
    [InlineData("--Matchmaking:Deliveries:AllowHttp", "maybe")]
    [InlineData("--Matchmaking:Deliveries:Timeout", "0")]
    [InlineData("--Matchmaking:Deliveries:PublicUrl", "matchmaking.example")]
    [InlineData("--Matchmaking:Deliveries:Smtp:Host", "mail.example")]
    public async Task A_setting_that_cant_be_used_stops_the_start_and_is_named(string setting, string value)
    {
        var fault = await Assert.ThrowsAsync<Matchmaking.Store.ConfigurationException>(() => RunningService.StartAsync(args: [setting, value]));
        Assert.Contains("Matchmaking:Deliveries:", fault.Message, StringComparison.Ordinal);
    }

    private static (DeliveryFault?, int?) Shown(Attempt attempt) => (attempt.Fault, attempt.Status);

    private static WebhookSender Open(double seconds = 10) =>
        new(new DeliverySettings { AllowHttp = true, AllowPrivateAddresses = true, Timeout = TimeSpan.FromSeconds(seconds) }, TimeProvider.System);

    private static Task<Attempt> PostAsync(WebhookSender sender, string url) =>
        sender.PostAsync(new Webhook { Url = url, Secret = Signature.NewSecret() }, WebhookMessage.Ping(Guid.NewGuid(), DateTime.UtcNow), CancellationToken.None);
}
