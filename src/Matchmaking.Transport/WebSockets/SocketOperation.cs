namespace Matchmaking.Transport.WebSockets;

/// <summary>One operation of a socket, from <c>subscribe</c> to its end.</summary>
internal sealed class SocketOperation(string id)
{
    // Neither timed nor linked, so that it needs no disposing and can be cancelled whenever it is.
    private readonly CancellationTokenSource _cancellation = new();
    private volatile bool _ended;

    public string Id => id;

    public CancellationToken Cancellation => _cancellation.Token;

    /// <summary>Whether the client has been told the last it will hear, or wants to hear no more.</summary>
    public bool Ended => _ended;

    /// <summary>Says that nothing more is to be sent.</summary>
    public void End() => _ended = true;

    /// <summary>Ends it and stops what runs, on another thread: what is registered for it may take its time.</summary>
    public void Cancel()
    {
        _ended = true;
        _ = _cancellation.CancelAsync();
    }
}
