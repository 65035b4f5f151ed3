using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Matchmaking.Tests.Transport.Fuzzing;

/// <summary>A bare HTTP/1.1 client that sends any bytes and reads one answer after the other from the same connection.</summary>
internal sealed class KeepAliveSocket(string host, int port) : IDisposable
{
    private readonly byte[] _buffer = new byte[1 << 16];
    private TcpClient? _client;
    private NetworkStream? _stream;
    private int _start;
    private int _end;

    /// <summary>Sends a request; its answer, or null where the server closed the connection without one.</summary>
    /// <param name="broken">Whether the server may rightly wait for more: then nothing more is sent after a moment without an answer.</param>
    public async Task<(int Status, string Body)?> SendAsync(byte[] request, bool broken, CancellationToken cancellation)
    {
        try
        {
            if (_client is null)
            {
                _client = new TcpClient { NoDelay = true };
                await _client.ConnectAsync(host, port, cancellation);
                _stream = _client.GetStream();
                _start = _end = 0;
            }
            await _stream!.WriteAsync(request, cancellation);
            if (broken)
                await EndIfSilentAsync(cancellation);
            var answer = await ReadAsync(request.AsSpan().StartsWith("HEAD "u8), cancellation);
            // What follows a broken request is nobody's answer.
            if (broken)
                Close();
            return answer;
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            Close();
            return null;
        }
        catch
        {
            Close();
            throw;
        }
    }

    public void Dispose() => Close();

    private async Task EndIfSilentAsync(CancellationToken cancellation)
    {
        var answered = _client!.Client.Poll(TimeSpan.Zero, SelectMode.SelectRead);
        for (var i = 0; i < 10 && !answered; i++)
        {
            await Task.Delay(10, cancellation);
            answered = _client.Client.Poll(TimeSpan.Zero, SelectMode.SelectRead);
        }
        if (!answered)
            _client.Client.Shutdown(SocketShutdown.Send);
    }

    private async Task<(int, string)?> ReadAsync(bool headOnly, CancellationToken cancellation)
    {
        while (true)
        {
            var status = await LineAsync(cancellation);
            if (status.Length < 12)
                throw new IOException($"No status line: {status}");
            var code = int.Parse(status.AsSpan(9, 3), CultureInfo.InvariantCulture);
            var (length, chunked, close) = (0, false, false);
            while (await LineAsync(cancellation) is { Length: > 0 } header)
            {
                if (header.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))
                    length = int.Parse(header.AsSpan(15), CultureInfo.InvariantCulture);
                chunked |= header.Equals("Transfer-Encoding: chunked", StringComparison.OrdinalIgnoreCase);
                close |= header.Equals("Connection: close", StringComparison.OrdinalIgnoreCase);
            }
            if (code == 100)
                continue;
            var body = new MemoryStream();
            if (headOnly || code is 204 or 304)
                length = 0;
            else if (chunked)
            {
                while (int.Parse(await LineAsync(cancellation), NumberStyles.HexNumber, CultureInfo.InvariantCulture) is > 0 and var size)
                {
                    await CopyAsync(body, size, cancellation);
                    await LineAsync(cancellation);
                }
                await LineAsync(cancellation);
            }
            await CopyAsync(body, length, cancellation);
            if (close)
                Close();
            return (code, Encoding.UTF8.GetString(body.GetBuffer(), 0, (int)body.Length));
        }
    }

    private async Task<string> LineAsync(CancellationToken cancellation)
    {
        var line = new StringBuilder();
        while (true)
        {
            if (_start == _end)
                await FillAsync(cancellation);
            var c = (char)_buffer[_start++];
            if (c == '\n')
                return line.ToString();
            if (c != '\r')
                line.Append(c);
        }
    }

    private async Task CopyAsync(MemoryStream to, int count, CancellationToken cancellation)
    {
        while (count > 0)
        {
            if (_start == _end)
                await FillAsync(cancellation);
            var take = Math.Min(count, _end - _start);
            to.Write(_buffer, _start, take);
            _start += take;
            count -= take;
        }
    }

    private async Task FillAsync(CancellationToken cancellation)
    {
        _start = 0;
        _end = await _stream!.ReadAsync(_buffer, cancellation);
        if (_end == 0)
            throw new IOException("The connection was closed.");
    }

    private void Close()
    {
        _client?.Dispose();
        _client = null;
    }
}
