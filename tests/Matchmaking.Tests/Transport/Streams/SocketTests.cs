using System.Net.WebSockets;
using System.Text;
using Matchmaking.Transport;
using Xunit;

namespace Matchmaking.Tests.Transport.Streams;

/// <summary>Each rule of <c>graphql-transport-ws</c>: what is said, and what the server answers or closes with.</summary>
public sealed class SocketTests
{
    private const string Init = """{"type":"connection_init"}""";

    [Theory]
    [InlineData(4401, """{"id":"1","type":"subscribe","payload":{"query":"{ hello }"}}""")]
    [InlineData(4429, Init, Init)]
    [InlineData(4400, "no JSON")]
    [InlineData(4400, "")]
    [InlineData(4400, "[]")]
    [InlineData(4400, "{}")]
    [InlineData(4400, """{"type":7}""")]
    [InlineData(4400, """{"type":"nothing"}""")]
    [InlineData(4400, """{"type":"connection_ack"}""")]
    [InlineData(4400, """{"type":"connection_init","payload":"token"}""")]
    [InlineData(4400, """{"type":"ping","payload":1}""")]
    [InlineData(4400, """{"type":"pong","payload":[]}""")]
    [InlineData(4400, """{"type":"complete"}""")]
    [InlineData(4400, """{"type":"next","id":"1","payload":{}}""")]
    [InlineData(4400, """{"type":"\ud800"}""")]
    [InlineData(4400, Init, """{"type":"subscribe","payload":{"query":"{ hello }"}}""")]
    [InlineData(4400, Init, """{"id":"","type":"subscribe","payload":{"query":"{ hello }"}}""")]
    [InlineData(4400, Init, """{"id":1,"type":"subscribe","payload":{"query":"{ hello }"}}""")]
    [InlineData(4400, Init, """{"id":"1","type":"subscribe"}""")]
    [InlineData(4400, Init, """{"id":"1","type":"subscribe","payload":{}}""")]
    [InlineData(4400, Init, """{"id":"1","type":"subscribe","payload":{"query":7}}""")]
    [InlineData(4400, Init, """{"id":"1","type":"subscribe","payload":{"query":"{ hello }","variables":[]}}""")]
    public async Task Closes_with(int code, params string[] messages)
    {
        await using var service = await NumbersService.StartAsync();
        using var socket = await RawSocket.OpenAsync(service);
        foreach (var message in messages)
        {
            await socket.SendAsync(message);
            if (message == Init && messages[^1] != Init)
                Assert.Equal("connection_ack", await socket.HearAsync());
        }
        Assert.Equal(code, (await socket.CloseAsync()).Code);
    }

    [Fact]
    public async Task Closes_what_is_taken_too_large_binary_or_no_unicode()
    {
        await using var service = await NumbersService.StartAsync(options => options.Streams.MaxMessageBytes = 2000);
        using var taken = await RawSocket.InitialisedAsync(service);
        await taken.SubscribeAsync("一", "subscription { silent }");
        await taken.SubscribeAsync("一", "{ hello }");
        Assert.Equal((4409, "Subscriber for 一 already exists"), await taken.CloseAsync());
        using var large = await RawSocket.OpenAsync(service);
        await large.SendAsync(new string(' ', 2001));
        Assert.Equal((1009, "A message is larger than 2000 bytes"), await large.CloseAsync());
        using var binary = await RawSocket.OpenAsync(service);
        await binary.SendAsync(Encoding.UTF8.GetBytes(Init), WebSocketMessageType.Binary);
        Assert.Equal(4400, (await binary.CloseAsync()).Code);
        using var invalid = await RawSocket.OpenAsync(service);
        await invalid.SendAsync([(byte)'"', 0xC3, 0x28, (byte)'"'], WebSocketMessageType.Text);
        try
        {
            Assert.Equal(1007, (await invalid.CloseAsync()).Code);
        }
        catch (WebSocketException e)
        {
            // The framework says 1007 and hangs up without waiting for the client to read it.
            Assert.Equal(WebSocketError.ConnectionClosedPrematurely, e.WebSocketErrorCode);
        }
        await service.NothingRunsAsync();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("graphql-ws")]
    public async Task Another_protocol_isnt_acceptable(string? protocol)
    {
        await using var service = await NumbersService.StartAsync();
        using var socket = await RawSocket.OpenAsync(service, protocol);
        Assert.Equal((4406, "Subprotocol not acceptable"), await socket.CloseAsync());
    }

    [Fact]
    public async Task Who_says_nothing_in_time_or_nothing_more_is_closed()
    {
        await using var service = await NumbersService.StartAsync(options => options.Streams.InitTimeout = options.Streams.KeepAlive = TimeSpan.FromMilliseconds(200));
        using var mute = await RawSocket.OpenAsync(service);
        Assert.Equal((4408, "Connection initialisation timeout"), await mute.CloseAsync());
        using var silent = await RawSocket.InitialisedAsync(service);
        Assert.Equal("ping", (await silent.ReceiveAsync())!["type"]!.GetValue<string>());
        Assert.Equal(4499, (await silent.CloseAsync()).Code);
    }

    [Fact]
    public async Task Who_connects_is_decided_by_the_service()
    {
        await using var service = await NumbersService.StartAsync(options => options.OnConnect = async (context, payload, _) =>
        {
            await Task.Yield();
            return payload?["token"] switch
            {
                "good" => default,
                "brief" => new Admission(Until: DateTimeOffset.UtcNow),
                "broken" => throw new InvalidDataException("a secret of ours"),
                _ => new Admission($"{context.Request.Path} isn't for you"),
            };
        });
        foreach (var (token, expected) in (IEnumerable<(string, (int, string))>)
            [("bad", (4403, "/graphql isn't for you")), ("brief", (4403, "The right to this connection has ended")), ("broken", (4500, "Internal server error"))])
        {
            using var socket = await RawSocket.OpenAsync(service);
            await socket.SendAsync($$$"""{"type":"connection_init","payload":{"token":"{{{token}}}"}}""");
            Assert.Equal(expected, await socket.CloseAsync());
        }
        using var good = await RawSocket.OpenAsync(service);
        await good.SendAsync("""{"type":"connection_init","payload":{"token":"good"}}""");
        Assert.Equal("connection_ack", await good.HearAsync());
    }

    [Fact]
    public async Task Queries_subscriptions_errors_and_pings()
    {
        await using var service = await NumbersService.StartAsync();
        using var socket = await RawSocket.InitialisedAsync(service);
        await socket.SendAsync("""{"type":"ping","payload":{"是":[1]}}""");
        Assert.Equal("""{"type":"pong","payload":{"是":[1]}}""", Shown((await socket.ReceiveAsync())!));
        await socket.SubscribeAsync("a", "{ hello }");
        Assert.Equal("""{"id":"a","type":"next","payload":{"data":{"hello":"世界"}}}""", Shown((await socket.ReceiveAsync())!));
        Assert.Equal("complete:a", await socket.HearAsync());
        await socket.SubscribeAsync("a", "{ nothing }");
        var refused = (await socket.ReceiveAsync())!;
        Assert.Equal("error", refused["type"]!.GetValue<string>());
        Assert.Contains("nothing", Assert.Single(refused["payload"]!.AsArray())!["message"]!.GetValue<string>(), StringComparison.Ordinal);
        await socket.SubscribeAsync("a", "subscription { numbers(to: 3) }");
        foreach (var expected in (IEnumerable<string>)["next:a", "next:a", "next:a", "complete:a"])
            Assert.Equal(expected, await socket.HearAsync());
        Assert.Equal(0, service.SharedScopes);
        await socket.SubscribeAsync("b", "subscription { breaks }");
        Assert.Equal("next:b", await socket.HearAsync());
        var broken = (await socket.ReceiveAsync())!;
        Assert.Equal("error", broken["type"]!.GetValue<string>());
        Assert.Equal("Unexpected Execution Error", broken["payload"]![0]!["message"]!.GetValue<string>());
        Assert.DoesNotContain("secret", broken.ToJsonString(), StringComparison.Ordinal);
        await socket.LeaveAsync();
    }

    [Fact]
    public async Task Bounds_of_operations_connections_time_and_origins()
    {
        await using var service = await NumbersService.StartAsync(options =>
        {
            (options.Streams.MaxOperations, options.Streams.MaxConnections, options.Streams.AllowedOrigins) = (2, 1, "https://a.example https://b.example");
            options.Timeout = TimeSpan.FromMilliseconds(200);
        });
        await Assert.ThrowsAsync<WebSocketException>(() => RawSocket.OpenAsync(service, origin: "https://c.example"));
        using var socket = await RawSocket.OpenAsync(service, origin: "https://b.example");
        await socket.SendAsync(Init);
        Assert.Equal("connection_ack", await socket.HearAsync());
        await Assert.ThrowsAsync<WebSocketException>(() => RawSocket.OpenAsync(service));
        await socket.SubscribeAsync("1", "subscription { silent }");
        await socket.SubscribeAsync("2", "subscription { silent }");
        await socket.SubscribeAsync("3", "{ hello }");
        var refused = (await socket.ReceiveAsync())!;
        Assert.Equal(("error", "3", "TOO_MANY_OPERATIONS"), (refused["type"]!.GetValue<string>(), refused["id"]!.GetValue<string>(), refused["payload"]![0]!["extensions"]!["code"]!.GetValue<string>()));
        await socket.CompleteAsync("1");
        await socket.SubscribeAsync("3", "{ wait }");
        var late = (await socket.ReceiveAsync())!;
        Assert.Equal(("error", "HC0045"), (late["type"]!.GetValue<string>(), late["payload"]![0]!["extensions"]!["code"]!.GetValue<string>()));
        await socket.LeaveAsync();
        await service.NothingRunsAsync();
    }

    private static string Shown(System.Text.Json.Nodes.JsonNode node) => node.ToJsonString(new() { Encoder = PlainJsonEncoder.Instance });
}
