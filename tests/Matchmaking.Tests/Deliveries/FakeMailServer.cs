using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using MimeKit;

namespace Matchmaking.Tests.Deliveries;

/// <summary>A small SMTP server (RFC 5321) on a real socket, that keeps what it took.</summary>
public sealed class FakeMailServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _serving;

    public FakeMailServer()
    {
        _listener.Start();
        _serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>What it answers to the end of a mail; null hangs up instead, having taken it.</summary>
    public Func<string?> Answer { get; set; } = () => "250 2.0.0 taken";

    /// <summary>Every mail whose end came, be it taken or not, with whom it was for.</summary>
    public ConcurrentQueue<(string To, MimeMessage Message)> Mails { get; } = [];

    public string[] Settings =>
    [
        "--Matchmaking:Deliveries:Smtp:Host", "127.0.0.1", "--Matchmaking:Deliveries:Smtp:Port", Port.ToString(System.Globalization.CultureInfo.InvariantCulture),
        "--Matchmaking:Deliveries:Smtp:Security", "None", "--Matchmaking:Deliveries:Smtp:From", "专利推荐 <noreply@matchmaking.example>",
        "--Matchmaking:Deliveries:PublicUrl", "https://matchmaking.example/base",
    ];

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _serving;
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                await TalkAsync(client);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or IOException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        await using var stream = client.GetStream();
        using var reader = new StreamReader(stream, Encoding.Latin1);
        async Task SayAsync(string line) => await stream.WriteAsync(Encoding.ASCII.GetBytes(line + "\r\n"), _stop.Token);
        await SayAsync("220 fake ESMTP");
        var to = "";
        while (await reader.ReadLineAsync(_stop.Token) is { } line)
        {
            switch (line.Split(' ', ':')[0].ToUpperInvariant())
            {
                case "EHLO":
                    await SayAsync("250-fake");
                    await SayAsync("250 8BITMIME");
                    break;
                case "RCPT":
                    to += line["RCPT TO:".Length..];
                    await SayAsync("250 ok");
                    break;
                case "DATA":
                    await SayAsync("354 go on");
                    var data = new StringBuilder();
                    while (await reader.ReadLineAsync(_stop.Token) is { } part && part != ".")
                        data.Append(part.StartsWith('.') ? part[1..] : part).Append("\r\n");
                    using (var bytes = new MemoryStream(Encoding.Latin1.GetBytes(data.ToString())))
                        Mails.Enqueue((to, await MimeMessage.LoadAsync(bytes, _stop.Token)));
                    to = "";
                    if (Answer() is not { } answer)
                        return;
                    await SayAsync(answer);
                    break;
                case "QUIT":
                    await SayAsync("221 bye");
                    return;
                default:
                    await SayAsync("250 ok");
                    break;
            }
        }
    }
}
