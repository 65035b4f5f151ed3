using CsCheck;
using Xunit;

namespace Matchmaking.Tests.Transport.Streams;

/// <summary>Nothing outlives its connection, nothing is said after complete, and who reads slowly slows only the source.</summary>
public sealed class LifeTests
{
    [Fact]
    public async Task A_reader_who_reads_nothing_stops_the_source_and_is_cut_off()
    {
        await using var service = await NumbersService.StartAsync(options => options.Streams.SendTimeout = TimeSpan.FromMilliseconds(500));
        using var socket = await RawSocket.InitialisedAsync(service);
        await socket.SubscribeAsync("1", "subscription { numbers(size: 65536) }");
        Assert.Equal("next:1", await socket.HearAsync());
        await service.NothingRunsAsync();
        // What the two ends' socket buffers hold, and not the endless rest.
        Assert.InRange(service.Pulled, 1, 400);
    }

    [Fact]
    public async Task Two_operations_of_a_slow_reader_wait_both()
    {
        await using var service = await NumbersService.StartAsync(options => options.Streams.SendTimeout = TimeSpan.FromMilliseconds(500));
        using var socket = await RawSocket.InitialisedAsync(service);
        for (var id = 0; id < 50; id++)
            await socket.SubscribeAsync($"{id}", "subscription { numbers(size: 65536) }");
        Assert.StartsWith("next:", await socket.HearAsync(), StringComparison.Ordinal);
        await service.NothingRunsAsync();
        Assert.InRange(service.Pulled, 50, 450);
    }

    [Fact]
    public async Task Thousands_of_operations_come_and_go_on_one_socket()
    {
        await using var service = await NumbersService.StartAsync();
        using var socket = await RawSocket.InitialisedAsync(service);
        var sending = Task.Run(async () =>
        {
            for (var i = 0; i < 3000; i++)
            {
                await socket.SubscribeAsync($"{i}", i % 3 == 0 ? "subscription { silent }" : i % 3 == 1 ? NumbersService.Endless : "{ wait }");
                await socket.CompleteAsync($"{i}");
            }
            await socket.SubscribeAsync("last", "{ hello }");
        });
        string? heard;
        do
            heard = await socket.HearAsync();
        while (heard != "complete:last");
        await sending;
        // The socket is still open: what ran has ended by itself.
        await service.NothingRunsAsync();
        await socket.LeaveAsync();
    }

    [Fact]
    public async Task Nothing_is_said_of_an_operation_after_its_complete()
    {
        await using var service = await NumbersService.StartAsync();
        using var socket = await RawSocket.InitialisedAsync(service);
        for (var i = 0; i < 60; i++)
            await socket.SubscribeAsync($"{i}", $"subscription {{ numbers(to: {i % 7}) }}");
        var ended = new HashSet<string>();
        var counts = new int[60];
        while (ended.Count < 60)
        {
            var heard = (await socket.HearAsync())!.Split(':');
            Assert.DoesNotContain(heard[1], ended);
            if (heard[0] == "complete")
                ended.Add(heard[1]);
            else
                counts[int.Parse(heard[1], System.Globalization.CultureInfo.InvariantCulture)]++;
        }
        Assert.Equal(Enumerable.Range(0, 60).Select(i => i % 7), counts);
        await socket.SendAsync("""{"type":"ping"}""");
        Assert.Equal("pong", await socket.HearAsync());
    }

    [Fact]
    public async Task A_server_that_stops_says_so()
    {
        await using var service = await NumbersService.StartAsync();
        using var socket = await RawSocket.InitialisedAsync(service);
        await socket.SubscribeAsync("1", "subscription { silent }");
        var closing = socket.CloseAsync();
        await service.StopAsync();
        Assert.Equal((1001, "The server stops; connect again"), await closing);
        await service.NothingRunsAsync();
    }

    [Fact]
    public async Task Whatever_a_client_says_the_server_lives_and_nothing_is_left_running()
    {
        await using var service = await NumbersService.StartAsync(options => options.Streams.MaxOperations = 3);
        int[] codes = [1000, 1007, 1009, 4400, 4401, 4409, 4429];
        var id = Gen.Int[0, 4];
        var message = Gen.Frequency(
            (1, Gen.Const("""{"type":"connection_init"}""")),
            (1, Gen.Const("""{"type":"ping","payload":{}}""")),
            (1, Gen.Const("""{"type":"pong"}""")),
            (6, Gen.Select(id, Gen.OneOfConst("{ hello }", "{ wait }", "{ nothing", "subscription { silent }", "subscription { numbers }", "subscription { numbers(to: 2) }", "subscription { breaks }"),
                (i, query) => $$$"""{"id":"{{{i}}}","type":"subscribe","payload":{"query":"{{{query}}}"}}""")),
            (4, id.Select(i => $$"""{"id":"{{i}}","type":"complete"}""")),
            (1, Gen.String[0, 40].Select(text => text.Replace('\uFFFF', ' '))));
        await message.Array[0, 25].SampleAsync(async messages =>
        {
            using var socket = await RawSocket.InitialisedAsync(service);
            // Read beside: a server that waits for its reader would read no more itself.
            var hearing = Task.Run(async () =>
            {
                while (await socket.ReceiveAsync() is not null)
                {
                    // Anything may come.
                }
            });
            try
            {
                foreach (var each in messages)
                    await socket.SendAsync(each);
                await socket.SayGoodbyeAsync();
            }
            catch (System.Net.WebSockets.WebSocketException)
            {
                // Closed meanwhile.
            }
            await hearing;
            Assert.Contains(socket.Closed!.Value.Code, codes);
        }, iter: 150, threads: 1);
        await service.NothingRunsAsync();
        using var after = await RawSocket.InitialisedAsync(service);
        await after.SubscribeAsync("1", "{ hello }");
        Assert.Equal("next:1", await after.HearAsync());
    }
}
