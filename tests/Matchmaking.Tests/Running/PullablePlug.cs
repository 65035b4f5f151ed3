using System.Net;
using System.Net.Sockets;

namespace Matchmaking.Tests.Running;

/// <summary>A wire to a server that can be pulled out and put in again.</summary>
public sealed class PullablePlug : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _over = new();
    private readonly Lock _lock = new();
    private readonly HashSet<TcpClient> _open = [];
    private readonly string _host;
    private readonly int _port;
    private readonly Task _accepting;
    private bool _pulled;

    public PullablePlug(string host, int port)
    {
        (_host, _port) = (host, port);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Where this end of the wire is.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Cuts what is open, and whatever tries from now on.</summary>
    public void Pull()
    {
        lock (_lock)
        {
            _pulled = true;
            foreach (var client in _open)
                client.Close();
            _open.Clear();
        }
    }

    public void PutIn()
    {
        lock (_lock)
            _pulled = false;
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        Pull();
        _listener.Stop();
        await _accepting;
        _over.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = CarryAsync(await _listener.AcceptTcpClientAsync(_over.Token));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Over.
        }
    }

    private async Task CarryAsync(TcpClient near)
    {
        using var far = new TcpClient();
        using (near)
        {
            try
            {
                lock (_lock)
                {
                    if (_pulled)
                        return;
                    _open.Add(near);
                    _open.Add(far);
                }
                await far.ConnectAsync(_host, _port, _over.Token);
                await Task.WhenAny(near.GetStream().CopyToAsync(far.GetStream(), _over.Token), far.GetStream().CopyToAsync(near.GetStream(), _over.Token));
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or IOException or ObjectDisposedException or InvalidOperationException)
            {
                // Pulled.
            }
            lock (_lock)
            {
                _open.Remove(near);
                _open.Remove(far);
            }
        }
    }
}
